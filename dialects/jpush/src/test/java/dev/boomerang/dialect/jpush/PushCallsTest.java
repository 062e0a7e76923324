// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.NotificationWithData;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushCallsTest {
  private static final String HELLO =
      "{'platform':'all','audience':{'alias':['ada']},'notification':{'alert':'hi'}%s}";

  private final JpushFixture jpushFixture = new JpushFixture();

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private Content content(Registration phone) {
    return jpushFixture.mailbox(phone).getFirst().content();
  }

  @Test
  void alert_isShownByEveryPlatform_underTheAppsName() {
    Registration ada = jpushFixture.android("ada");

    Reply reply = jpushFixture.push(HELLO.formatted(",'options':{'sendno':4294967294}"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(JpushFixture.json(reply).path("sendno").textValue()).isEqualTo("4294967294");
    assertThat(JpushFixture.json(reply).path("msg_id").isTextual()).isTrue();
    assertThat(JpushFixture.json(reply)).hasSize(2);
    assertThat(content(ada)).isEqualTo(Notification.of("The shop", "hi"));
  }

  /// JPush's documents count most names in bytes, of which an emoji has four.
  @Test
  void emoji_countByTheBytesThatTheDocumentsName() {
    Registration ada = jpushFixture.android("ada");
    String push =
        "{'platform':'all','audience':{'alias':['ada']},"
            + "'notification':{'android':{'alert':'hi','channel_id':'%s'}}}";

    assertThat(jpushFixture.push(push.formatted("😀".repeat(250))).status()).isEqualTo(200);
    assertThat(jpushFixture.push(push.formatted("😀".repeat(251))).status()).isEqualTo(400);
    assertThat(jpushFixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void platforms_getTheirOwn_andNoneThatHasNothingIsReached() {
    Registration android = jpushFixture.phone(Platform.ANDROID, Optional.of("ada"));
    Registration ios = jpushFixture.phone(Platform.IOS, Optional.of("ada"));
    Registration harmony = jpushFixture.phone(Platform.HARMONY, Optional.of("ada"));

    jpushFixture.pushed(
        "{'platform':['android','ios','hmos'],'audience':{'alias':['ada']},'notification':{"
            + "'android':{'alert':'A','title':'T','intent':{'url':'intent:#x'},'extras':{'n':5}},"
            + "'ios':{'alert':{'title':'IT','body':'IB'},'badge':'+1','content-available':1}}}");

    Notification shown = (Notification) content(android);
    assertThat(shown.title()).isEqualTo("T");
    assertThat(shown.extras()).isEqualTo(Map.of("n", "5"));
    assertThat(shown.click().orElseThrow().action()).isEqualTo(Content.Action.INTENT);
    assertThat(content(ios)).isEqualTo(Notification.of("IT", "IB"));
    assertThat(jpushFixture.mailbox(harmony)).isEmpty();
  }

  @Test
  void notificationAndMessage_comeAsOne() {
    Registration ada = jpushFixture.android("ada");

    jpushFixture.pushed(
        HELLO.formatted(",'message':{'msg_content':'m','title':'mt','extras':{'k':'v'}}"));

    assertThat(content(ada))
        .isEqualTo(
            new NotificationWithData(
                Notification.of("The shop", "hi"),
                new DataMessage("m", Map.of("k", "v", "jpush.title", "mt"))));
  }

  @Test
  void emptyAndroidAlert_isNotShown() {
    Registration ada = jpushFixture.android("ada");

    jpushFixture.pushed(
        "{'platform':['android'],'audience':'all','notification':{'android':{'alert':''}},"
            + "'message':{'msg_content':'m'}}");

    assertThat(content(ada)).isEqualTo(new DataMessage("m", Map.of()));
  }

  @Test
  void audience_membersAreJoinedByAnd() {
    Registration both = jpushFixture.android("al1", "t1", "t3");
    Registration not = jpushFixture.android("al1", "t1", "t3", "t4");
    Registration other = jpushFixture.android("al2", "t2", "t3");

    jpushFixture.pushed(
        "{'platform':['ios','android'],'audience':{'tag_not':['t4'],'alias':['al1'],"
            + "'tag_and':['t3'],'tag':['t1','t2'],'registration_id':[]},"
            + "'notification':{'alert':'combo'}}");

    assertThat(jpushFixture.mailbox(both)).hasSize(1);
    assertThat(jpushFixture.mailbox(not)).isEmpty();
    assertThat(jpushFixture.mailbox(other)).isEmpty();
  }

  @Test
  void all_reachesEveryone_alsoWithSomePlatformsOnly() {
    Registration android = jpushFixture.android("a");
    Registration ios = jpushFixture.phone(Platform.IOS, Optional.empty());

    TaskId all =
        jpushFixture.pushed("{'platform':'all','audience':'all','message':{'msg_content':'m'}}");
    TaskId one =
        jpushFixture.pushed("{'platform':['ios'],'audience':'all','message':{'msg_content':'m'}}");
    TaskId two =
        jpushFixture.pushed(
            "{'platform':['ios','hmos'],'audience':'all','message':{'msg_content':'m'}}");

    assertThat(jpushFixture.tasks(android)).containsExactly(all);
    assertThat(jpushFixture.tasks(ios)).containsExactly(all, one, two);
  }

  @Test
  void timeToLive0_isForThoseWhoAreConnected() {
    Registration ada = jpushFixture.android("ada");
    jpushFixture.pushed(HELLO.formatted(",'options':{'time_to_live':0}"));
    jpushFixture.clock.advance(Duration.ofSeconds(1));

    assertThat(jpushFixture.mailbox(ada)).isEmpty();
  }

  @Test
  void cid_again_getsTheFirstAnswer_andSendsNothing() {
    Registration ada = jpushFixture.android("ada");
    String cid =
        JpushFixture.json(
                jpushFixture.as(JpushFixture.KEY, "GET", "/v3/push/cid?count=3&type=push", ""))
            .path("cidlist")
            .get(2)
            .textValue();
    assertThat(cid).startsWith(JpushFixture.KEY + "-");

    TaskId first = jpushFixture.pushed(HELLO.formatted(",'cid':'" + cid + "'"));
    TaskId again = jpushFixture.pushed(HELLO.formatted(",'cid':'" + cid + "'"));

    assertThat(again).isEqualTo(first);
    assertThat(jpushFixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void validate_checksTheSame_andSendsNothing() {
    Registration ada = jpushFixture.android("ada");

    Reply good = jpushFixture.post("/v3/push/validate", HELLO.formatted(",'options':{'sendno':7}"));
    Reply bad =
        jpushFixture.post("/v3/push/validate", HELLO.formatted(",'options':{'time_to_live':-1}"));
    Reply nobody =
        jpushFixture.post("/v3/push/validate", HELLO.replace("ada", "eve").formatted(""));

    assertThat(good.status()).isEqualTo(200);
    assertThat(JpushFixture.json(good).path("sendno").textValue()).isEqualTo("7");
    assertThat(JpushFixture.code(bad)).isEqualTo(1003);
    assertThat(JpushFixture.code(nobody)).isEqualTo(1011);
    assertThat(JpushFixture.json(nobody).path("msg_id").textValue()).isEqualTo("0");
    assertThat(jpushFixture.mailbox(ada)).isEmpty();
  }

  @Test
  void batch_answersEachByItsCid_oneFaultStopsNoOther() {
    Registration ada = jpushFixture.android("ada");
    String one = jpushFixture.cid();
    String two = jpushFixture.cid();
    String three = jpushFixture.cid();

    Reply reply =
        jpushFixture.post(
            "/v3/push/batch/regid/single",
            ("{'pushlist':{'%s':{'platform':'all','target':'%s','notification':{'alert':'b'}},"
                    + "'%s':{'platform':'all','target':'rid','notification':{'alert':'b'}},"
                    + "'%s':{'target':'%s','notification':{'alert':'b'}}}}")
                .formatted(one, ada.id(), two, three, ada.id()));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(JpushFixture.json(reply).path(one)).hasSize(1);
    assertThat(JpushFixture.json(reply).path(one).path("msg_id").isTextual()).isTrue();
    assertThat(JpushFixture.json(reply).path(two).path("error").path("code").asInt())
        .isEqualTo(1003);
    assertThat(JpushFixture.json(reply).path(three).path("error").path("code").asInt())
        .isEqualTo(1002);
    assertThat(jpushFixture.mailbox(ada)).hasSize(1);
    Reply alias =
        jpushFixture.post(
            "/v3/push/batch/alias/single",
            "{'pushlist':{'%s':{'platform':'all','target':'ada','message':{'msg_content':'b'}}}}"
                .formatted(jpushFixture.cid()));
    assertThat(alias.status()).isEqualTo(200);
    assertThat(jpushFixture.mailbox(ada)).hasSize(2);
  }

  @Test
  void group_isTheAppOfItsKey_andCannotOverride() {
    Registration ada = jpushFixture.android("ada");
    String group = "group-" + JpushFixture.KEY;

    Reply reply = jpushFixture.as(group, "POST", "/v3/grouppush", HELLO.formatted(""));

    assertThat(JpushFixture.json(reply).path("group_msgid").isTextual()).isTrue();
    assertThat(JpushFixture.json(reply).path(JpushFixture.KEY).path("msg_id").isTextual()).isTrue();
    assertThat(jpushFixture.mailbox(ada)).hasSize(1);
    assertThat(
            JpushFixture.code(
                jpushFixture.as(
                    group,
                    "POST",
                    "/v3/grouppush",
                    HELLO.formatted(",'options':{'override_msg_id':5}"))))
        .isEqualTo(1003);
    assertThat(JpushFixture.code(jpushFixture.post("/v3/grouppush", HELLO.formatted(""))))
        .isEqualTo(1004);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | 1003 | JSON",
        "{} | 1002 | platform",
        "{'platform':'all'} | 1002 | notification",
        "{'platform':'all','message':{'msg_content':'m'}} | 1002 | audience",
        "{'platform':['palm'],'audience':'all','message':{'msg_content':'m'}} | 1003 | platform",
        "{'platform':[],'audience':'all','message':{'msg_content':'m'}} | 1003 | platform",
        "{'platform':'all','audience':{},'message':{'msg_content':'m'}} | 1002 | audience.tag",
        "{'platform':'all','audience':{'tag':[]},'message':{'msg_content':'m'}} | 1002 |"
            + " audience.tag",
        "{'platform':'all','audience':{'tag':['a b']},'message':{'msg_content':'m'}} | 1003 |"
            + " audience.tag",
        "{'platform':'all','audience':{'tag':['']},'message':{'msg_content':'m'}} | 1003 |"
            + " audience.tag",
        "{'platform':'all','audience':{'tag':['十四个汉字就超过了四十个字节']},"
            + "'message':{'msg_content':'m'}} | 1003 | audience.tag",
        "{'platform':'all','audience':{'segment':['s']},'message':{'msg_content':'m'}} | 1003 |"
            + " audience.segment",
        "{'platform':'all','audience':{'registration_id':['x']},'message':{'msg_content':'m'}} |"
            + " 1003 | The registration_id x is invalid!",
        "{'platform':'all','audience':{'tag':['nobody']},'message':{'msg_content':'m'}} | 1011 |"
            + " cannot find user by this audience",
        "{'platform':'all','audience':'all','message':{}} | 1002 | message.msg_content",
        "{'platform':['android'],'audience':'all','notification':{'android':{}}} | 1003 |"
            + " notification.android.alert",
        "{'platform':'all','audience':'all','notification':{'android':{'title':'t'}}} | 1003 |"
            + " notification.android.alert",
        "{'platform':'all','audience':'all','notification':{'ios':{}}} | 1003 |"
            + " notification.ios.alert",
        "{'platform':['ios'],'audience':'all','notification':{'ios':{'badge':11}}} | 1003 |"
            + " notification.ios.alert",
        "{'platform':'all','audience':'all','notification':{'ios':'a'}} | 1003 |"
            + " notification.ios",
        "{'platform':['hmos'],'audience':'all','notification':{'hmos':{}}} | 1003 |"
            + " notification.hmos.alert",
        "{'platform':['quickapp'],'audience':'all','notification':{'quickapp':{}}} | 1003 |"
            + " notification.quickapp.alert",
        "{'platform':'all','audience':'all','notification':{'winphone':{'title':'t'}}} | 1003 |"
            + " notification.winphone.alert",
        "{'platform':['android'],'audience':'all','notification':{'android':{'alert':null}},"
            + "'message':{'msg_content':'m'}} | 1003 | notification.android.alert",
        "{'platform':['android'],'audience':'all','notification':{'android':{'alert':'a',"
            + "'priority':3}}} | 1003 | notification.android.priority",
        "{'platform':['ios'],'audience':'all','notification':{'ios':{'alert':'a','badge':'x'}}} |"
            + " 1003 | notification.ios.badge",
        "{'platform':['hmos'],'audience':'all','notification':{'hmos':{'alert':''}}} | 1003 |"
            + " notification.hmos.alert",
        "{'platform':['quickapp'],'audience':'all','notification':{'quickapp':{'alert':'a'}}} |"
            + " 1002 | notification.quickapp.title",
        "{'platform':'all','audience':'all','notification':{'alert':'a'},"
            + "'options':{'time_to_live':864001}} | 1003 | options.time_to_live",
        "{'platform':'all','audience':'all','notification':{'alert':'a'},"
            + "'options':{'override_msg_id':9007199254740993}} | 1003 | override_msg_id",
        "{'platform':'all','audience':'all','notification':{'alert':'a'},"
            + "'options':{'big_push_duration':1401}} | 1003 | options.big_push_duration",
        "{'platform':'all','audience':'all','message':{'msg_content':'a'},"
            + "'inapp_message':{'inapp_message':true}} | 1003 | inapp_message",
        "{'platform':'all','audience':'all','notification':{'alert':'a'},'cid':'x'} | 1003 | cid",
        "{'platform':'all','audience':'all','notification':{'alert':'a'},"
            + "'sms_message':{'delay_time':90000}} | 1003 | sms_message.delay_time",
        "{'platform':['ios'],'audience':'all','live_activity':{}} | 1003 | live_activity",
      })
  void badPush_getsItsCode_andAMessageThatNamesTheField(String body, int code, String names) {
    jpushFixture.android("ada");

    for (String path : List.of("/v3/push", "/v3/push/validate")) {
      Reply reply = jpushFixture.post(path, body);

      assertThat(JpushFixture.code(reply)).as(JpushFixture.message(reply)).isEqualTo(code);
      assertThat(JpushFixture.message(reply)).contains(names);
      assertThat(reply.status()).isEqualTo(400);
    }
  }

  @Test
  void needBackup_isTakenAlone() {
    jpushFixture.android("ada");

    assertThat(jpushFixture.push(HELLO.formatted(",'options':{'need_backup':true}")).status())
        .isEqualTo(200);
    assertThat(
            JpushFixture.code(
                jpushFixture.push(HELLO.formatted(",'options':{'need_backup':'perhaps'}"))))
        .isEqualTo(1003);
  }

  @Test
  void tooLong_is1005() {
    jpushFixture.android("ada");
    Reply reply = jpushFixture.push(HELLO.replace("hi", "x".repeat(4_000)).formatted(""));

    assertThat(JpushFixture.code(reply)).isEqualTo(1005);
  }

  @Test
  void collapseId_countsBytes() {
    Reply reply =
        jpushFixture.push(
            HELLO.formatted(",'options':{'apns_collapse_id':'" + "推".repeat(22) + "'}"));

    assertThat(JpushFixture.code(reply)).isEqualTo(1003);
    assertThat(JpushFixture.message(reply)).contains("apns_collapse_id");
  }

  @Test
  void encryptedPush_isRefusedClearly() {
    Reply reply =
        jpushFixture.call(
            "POST",
            "/v3/push",
            JpushFixture.basic(JpushFixture.KEY, JpushFixture.SECRET).with("X-Encrypt-Type", "SM2"),
            "{}".getBytes(UTF_8));

    assertThat(JpushFixture.code(reply)).isEqualTo(1003);
    assertThat(JpushFixture.message(reply)).contains("X-Encrypt-Type");
  }
}
