// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.http.Reply;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTest {
  private final V2ApiFixture api = new V2ApiFixture();
  private final TestDevice phone = api.fixture.connect(api.fixture.android("ada"));

  @AfterEach
  void close() {
    api.close();
  }

  private static String notification(String more) {
    return "'push_message':{'notification':{'title':'T','body':'B'," + more + "}}";
  }

  private Notification shown(String more) {
    api.pushed(phone.registration().id().value(), notification(more));
    return (Notification) phone.contents().getLast();
  }

  @Test
  void notification_isShown() {
    Notification plain = shown("'click_type':'none'");
    assertThat(plain.title()).isEqualTo("T");
    assertThat(plain.body()).isEqualTo("B");
    assertThat(plain.silent()).isFalse();
    assertThat(plain.click()).isEmpty();

    assertThat(shown("'click_type':'url','url':'https://x.example/'").click())
        .contains(new Click(Action.URL, "https://x.example/"));
    assertThat(shown("'click_type':'intent','intent':'intent:#Intent;end'").click())
        .contains(new Click(Action.INTENT, "intent:#Intent;end"));
    assertThat(shown("'click_type':'payload','payload':'{}'").extras())
        .isEqualTo(Map.of("payload", "{}"));
    assertThat(shown("'click_type':'startapp','channel_level':'1'").silent()).isTrue();
    Notification big = shown("'click_type':'none','big_text':'long'");
    assertThat(big.body()).isEqualTo("long");
    assertThat(big.appearance().style()).isEqualTo(Style.BIG_TEXT);
    Notification picture =
        shown("'click_type':'none','big_image':'https://p','logo_url':'https://l'");
    assertThat(picture.appearance().style()).isEqualTo(Style.PICTURE);
    assertThat(picture.appearance().images()).containsValue("https://p");
    assertThat(picture.appearance().icons()).containsValue("https://l");
  }

  @Test
  void emoji_countAsOneCharacterEach() {
    String members =
        "'push_message':{'notification':{'title':'%s','body':'%s','click_type':'none'}}";
    api.pushed(
        phone.registration().id().value(), members.formatted("😀".repeat(50), "😀".repeat(256)));

    assertThat(((Notification) phone.contents().getLast()).title()).isEqualTo("😀".repeat(50));
    String more =
        api.body(
            V2ApiFixture.cids(phone.registration().id().value()),
            members.formatted("😀".repeat(51), "b"));
    assertThat(V2ApiFixture.code(api.call("POST", "/push/single/cid", more))).isEqualTo(20001);
  }

  @Test
  void sameNotifyId_replacesTheEarlierNotification() {
    var away = api.fixture.android("bob");
    api.pushed(away.id().value(), notification("'click_type':'none','notify_id':'42'"));
    String newer =
        api.pushed(away.id().value(), notification("'click_type':'none','notify_id':42"));
    api.pushed(away.id().value(), notification("'click_type':'none','notify_id':43"));

    assertThat(api.fixture.tasks(away)).hasSize(2).contains(V2ApiFixture.number(newer));
  }

  @Test
  void sameCollapseId_replaces_onIphonesOnly() {
    var iphone = api.fixture.phone(Platform.IOS, Optional.empty());
    var android = api.fixture.android("bob");
    String answer =
        "'push_message':{'transmission':'t'},'push_channel':{'ios':{"
            + "'aps':{'alert':'a'},'apns-collapse-id':'parcel'}}";
    api.push("all", "'all'", answer);
    api.push("all", "'all'", answer);

    assertThat(api.fixture.tasks(iphone)).hasSize(1);
    assertThat(api.fixture.tasks(android)).hasSize(2);
  }

  @Test
  void iosAndHarmony_haveTheirOwnContent() {
    TestDevice iphone = api.fixture.connect(api.fixture.phone(Platform.IOS, Optional.empty()));
    TestDevice harmonyPhone =
        api.fixture.connect(api.fixture.phone(Platform.HARMONY, Optional.empty()));

    api.push(
        "all",
        "'all'",
        "'push_message':{'transmission':'t'},'push_channel':{"
            + "'ios':{'type':'notify','aps':{'alert':{'title':'iT','body':'iB'},'sound':'default'},'payload':'p'},"
            + "'harmony':{'notification':{'title':'hT','body':'hB','click_type':'want','want':'{}'}},"
            + "'android':{'ups':{'transmission':'x','options':{'HW':{'a':1}}}}}");

    assertThat(phone.contents()).containsExactly(new DataMessage("t", Map.of()));
    Notification ios = (Notification) iphone.contents().getFirst();
    assertThat(ios.title()).isEqualTo("iT");
    assertThat(ios.extras()).isEqualTo(Map.of("payload", "p"));
    Notification harmony = (Notification) harmonyPhone.contents().getFirst();
    assertThat(harmony.body()).isEqualTo("hB");
    assertThat(harmony.click()).contains(new Click(Action.INTENT, "{}"));
  }

  @Test
  void voip_isADataMessage() {
    TestDevice iphone = api.fixture.connect(api.fixture.phone(Platform.IOS, Optional.empty()));

    api.pushed(
        iphone.registration().id().value(),
        V2ApiFixture.TEXT
            + ",'push_channel':{'ios':{'type':'voip','payload':'call','aps':{'alert':'x'}}}");

    assertThat(iphone.contents()).containsExactly((Content) new DataMessage("call", Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|push_message.notification can not be empty",
        "{'transmission':'a','notification':{}}|push_message.transmission is invalid",
        "{'transmission':''}|push_message.transmission can not be empty",
        "{'network_type':2,'transmission':'a'}|push_message.network_type is invalid",
        "{'duration':'1-2','transmission':'a'}|push_message.duration is invalid",
        "{'duration':'x','transmission':'a'}|push_message.duration is invalid",
        "{'transmission':{}}|push_message.transmission type error",
        "{'notification':[]}|push_message.notification type error",
        "{'notification':{'body':'b','click_type':'none'}}|push_message.notification.title can not"
            + " be empty",
        "{'notification':{'title':'t','click_type':'none'}}|push_message.notification.body can not"
            + " be empty",
        "{'notification':{'title':'t','body':'b'}}|push_message.notification.click_type can not be"
            + " empty",
        "{'notification':{'title':'t','body':'b','click_type':'x'}}|push_message.notification.click_type"
            + " is invalid",
        "{'notification':{'title':'t','body':'b','click_type':'url'}}|push_message.notification.url"
            + " can not be empty",
        "{'notification':{'title':'t','body':'b','click_type':'intent'}}|push_message.notification.intent"
            + " can not be empty",
        "{'notification':{'title':'t','body':'b','click_type':'payload_custom'}}|push_message.notification.payload"
            + " can not be empty",
        "{'notification':{'title':'t','body':'b','click_type':'none','channel_level':5}}|push_message.notification.channel_level"
            + " is invalid",
        "{'notification':{'title':'t','body':'b','click_type':'none','notify_id':-1}}|push_message.notification.notify_id"
            + " is invalid",
        "{'notification':{'title':'t','body':'b','click_type':'none','notify_id':'x'}}|push_message.notification.notify_id"
            + " type error",
        "{'notification':{'title':'t','body':'b','click_type':'none','badge_add_num':0}}|push_message.notification.badge_add_num"
            + " is invalid",
        "{'notification':{'title':'t','body':'b','click_type':'none','big_text':'a','big_image':'b'}}|push_message.notification.big_text"
            + " is invalid",
        "{'revoke':{}}|push_message.revoke.old_task_id can not be empty"
      })
  void invalidMessage_namesItsField(String message, String answer) {
    assertRefused("'push_message':" + message, answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'settings':{'ttl':-2}|settings.ttl is invalid",
        "'settings':{'ttl':259200001}|settings.ttl is invalid",
        "'settings':{'ttl':'x'}|settings.ttl type error",
        "'settings':{'strategy':{'default':5}}|settings.strategy.default is invalid",
        "'settings':{'strategy':{'hw':0}}|settings.strategy.hw is invalid",
        "'settings':{'strategy':1}|settings.strategy type error",
        "'settings':{'speed':-1}|settings.speed is invalid",
        "'settings':{'active_days':2}|settings.active_days is invalid",
        "'push_channel':{'android':{'ups':{}}}|push_channel.android.ups.notification can not be"
            + " empty",
        "'push_channel':{'android':{'ups':{'transmission':'a','revoke':{}}}}|push_channel.android.ups.revoke"
            + " is invalid",
        "'push_channel':{'android':{'ups':{'transmission':'a','options':{'HW':1}}}}|push_channel.android.ups.options.HW"
            + " type error",
        "'push_channel':{'ios':{'type':'x'}}|push_channel.ios.type is invalid",
        "'push_channel':{'ios':{'aps':{'content-available':2}}}|push_channel.ios.aps.content-available"
            + " is invalid",
        "'push_channel':{'ios':{'multimedia':[{},{},{},{}]}}|push_channel.ios.multimedia is"
            + " invalid",
        "'push_channel':{'harmony':{}}|push_channel.harmony.notification can not be empty",
        "'push_channel':{'harmony':{'notification':{'title':'t','body':'b','click_type':'want'}}}|push_channel.harmony.notification.want"
            + " can not be empty",
        "'request_id':'short'|request_id is invalid",
        "'request_id':''|request_id can not be empty",
        "'group_name':{}|group_name type error"
      })
  void invalidOptions_nameTheirField(String more, String answer) {
    assertRefused(V2ApiFixture.TEXT + "," + more, answer);
  }

  private void assertRefused(String more, String answer) {
    String start =
        more.contains("'request_id'") ? "{" : "{'request_id':'1234567890-" + more.hashCode() + "',";
    Reply reply =
        api.call(
            "POST",
            "/push/single/cid",
            start
                + "'audience':"
                + V2ApiFixture.cids(phone.registration().id().value())
                + ","
                + more
                + "}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(reply)).startsWith(answer);
    assertThat(phone.contents()).isEmpty();
  }

  @Test
  void lengths_areLimited() {
    for (String[] field :
        new String[][] {
          {"title", "51"},
          {"body", "257"},
          {"big_text", "513"},
          {"logo", "65"},
          {"logo_url", "257"},
          {"channel_id", "65"},
          {"payload", "3073"}
        }) {
      String text = "x".repeat(Integer.parseInt(field[1]));
      String body =
          "'push_message':{'notification':{"
              + (field[0].equals("title") ? "" : "'title':'t',")
              + (field[0].equals("body") ? "" : "'body':'b',")
              + "'click_type':'none','"
              + field[0]
              + "':'"
              + text
              + "'}}";
      assertRefused(body, "push_message.notification." + field[0] + " is invalid");
    }
    assertRefused(
        "'push_message':{'transmission':'" + "x".repeat(3_073) + "'}",
        "push_message.transmission is invalid");
  }
}
