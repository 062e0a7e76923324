// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushCallsTest {
  private final V1ApiFixture api = new V1ApiFixture();
  private final Registration ada = api.fixture.android("ada", "vip");
  private final Registration iris =
      api.fixture.phone(Platform.IOS, Optional.of("iris"), Optional.of("33010000"));
  private final String cid = ada.id().value();

  @AfterEach
  void close() {
    api.close();
  }

  private static TaskId number(JsonNode answer) {
    String name = answer.path("taskid").asText();
    return new TaskId(Long.parseLong(name.substring(name.lastIndexOf('_') + 1), 16));
  }

  @Test
  void single_toACid_andToAnAlias() {
    JsonNode away = api.post("/push_single", api.body("'cid':'" + cid + "'"));
    assertThat(away.path("taskid").asText()).matches("OSS-\\d{4}_[0-9a-f]{32}");
    assertThat(away.path("status").asText()).isEqualTo("successed_offline");

    TestDevice phone = api.fixture.connect(ada);
    JsonNode here = api.post("/push_single", api.body("'alias':'ada'"));
    assertThat(here.path("status").asText()).isEqualTo("successed_online");
    assertThat(phone.contents())
        .hasSize(2)
        .containsOnly((Content) new DataMessage("hello", Map.of()));
  }

  @Test
  void emoji_countAsOneCharacterEach() {
    String request = "'cid':'" + cid + "','task_name':'%s'";
    api.post("/push_single", api.body(request.formatted("😀".repeat(64))));

    assertThat(api.fixture.tasks(ada)).hasSize(1);
    String more = api.body(request.formatted("😀".repeat(65)));
    assertThat(GetuiFixture.json(api.call("POST", "/push_single", more)).path("result").asText())
        .isEqualTo("invalid_param");
  }

  @Test
  void sameRequest_isPushedOnce() {
    String body = api.body("'cid':'" + cid + "'");

    assertThat(api.post("/push_single", body)).isEqualTo(api.post("/push_single", body));

    assertThat(api.fixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void batch_hasATaskForEachItem() {
    String body =
        "{'need_detail':true,'msg_list':["
            + api.body("'cid':'" + cid + "'")
            + ","
            + api.body("'cid':'c1'")
            + "]}";

    JsonNode answer = api.post("/push_single_batch", body);

    assertThat(answer.path("cid_details").path(cid).asText()).isEqualTo("successed_offline");
    assertThat(answer.path("cid_details").path("c1").asText()).isEqualTo("successed_ignore");
    assertThat(answer.path("details")).hasSize(2);
    assertThat(api.fixture.tasks(ada)).containsExactly(number(answer));
  }

  @Test
  void list_isSavedAndPushed() {
    JsonNode saved = api.post("/save_list_body", "{'task_name':'grp'," + V1ApiFixture.TEXT + "}");
    String task = saved.path("taskid").asText();
    assertThat(task).startsWith("OSL-");

    JsonNode answer =
        api.post(
            "/push_list",
            "{'taskid':'" + task + "','cid':['" + cid + "','c1'],'need_detail':true}");
    assertThat(answer.path("cid_details").path(cid).asText()).isEqualTo("successed_offline");
    assertThat(answer.path("cid_details").path("c1").asText()).isEqualTo("successed_ignore");
    JsonNode byAlias =
        api.post(
            "/push_list", "{'taskid':'" + task + "','alias':['iris','nobody'],'need_detail':true}");
    assertThat(byAlias.path("alias_details").path("iris").asText()).isEqualTo("successed_offline");
    assertThat(byAlias.path("alias_details").path("nobody").asText()).isEqualTo("successed_ignore");

    assertThat(api.fixture.mailbox(ada)).hasSize(1);
    assertThat(api.fixture.mailbox(iris)).hasSize(1);
  }

  @Test
  void app_reachesAll_orWhoMatchesTheConditions() {
    TaskId all = number(api.post("/push_app", api.body("'condition':[]")));
    TaskId android =
        number(
            api.post(
                "/push_app",
                api.body("'condition':[{'key':'phonetype','values':['ANDROID'],'opt_type':0}]")));
    TaskId elsewhere =
        number(
            api.post(
                "/push_app",
                api.body("'condition':[{'key':'region','values':[33000000],'opt_type':2}]")));
    TaskId tagged = number(api.post("/push_by_tag", api.body("'tag':'vip','speed':0")));

    assertThat(api.fixture.tasks(ada)).containsExactlyInAnyOrder(all, android, elsewhere, tagged);
    assertThat(api.fixture.tasks(iris)).containsExactly(all);
  }

  @Test
  void offlineMessage_isKept_othersAreForConnectedUsers() {
    push("'is_offline':true,'offline_expire_time':3600000");
    push("'is_offline':false");
    api.fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(api.fixture.mailbox(ada)).hasSize(1);

    api.fixture.clock.advance(Duration.ofHours(1));
    assertThat(api.fixture.mailbox(ada)).isEmpty();
  }

  private void push(String message) {
    api.post(
        "/push_single",
        "{'message':{'msgtype':'transmission',"
            + message
            + "},'transmission':{'transmission_content':'x'},'cid':'"
            + cid
            + "'}");
  }

  private Notification shown(String type, String template) {
    TestDevice phone = api.fixture.connect(ada);
    api.post(
        "/push_single",
        "{'message':{'msgtype':'%s'},'%s':{%s},'cid':'%s'}".formatted(type, type, template, cid));
    return (Notification) phone.contents().getLast();
  }

  @Test
  void templates_areNotifications() {
    Notification plain =
        shown(
            "notification",
            "'transmission_type':true,'transmission_content':'pl','duration_begin':'2026-01-01"
                + " 00:00:00',"
                + "'style':{'type':0,'title':'T','text':'B','is_ring':false,'is_vibrate':false}");
    assertThat(plain.title()).isEqualTo("T");
    assertThat(plain.body()).isEqualTo("B");
    assertThat(plain.silent()).isTrue();
    assertThat(plain.extras()).isEqualTo(Map.of("payload", "pl"));

    assertThat(shown("link", "'url':'https://x','style':{'type':1,'title':'T','text':'B'}").click())
        .contains(new Click(Action.URL, "https://x"));
    Notification load =
        shown("notypopload", "'notytitle':'T','notycontent':'B','loadurl':'https://apk'");
    assertThat(load.click()).contains(new Click(Action.URL, "https://apk"));

    assertThat(
            shown("notification", "'style':{'type':4,'banner_url':'https://b'}")
                .appearance()
                .images())
        .containsValue("https://b");
    Notification big =
        shown(
            "notification",
            "'style':{'type':6,'title':'T','text':'B','big_style':2,'big_text':'long'}");
    assertThat(big.body()).isEqualTo("long");
    assertThat(big.appearance().style()).isEqualTo(Style.BIG_TEXT);
    assertThat(
            shown(
                    "notification",
                    "'style':{'type':6,'title':'T','text':'B','big_style':1,'big_image_url':'https://p'}")
                .appearance()
                .style())
        .isEqualTo(Style.PICTURE);
  }

  @Test
  void pushInfo_isShownOnIos() {
    TestDevice iphone = api.fixture.connect(iris);

    api.post(
        "/push_single",
        api.body(
            "'alias':'iris','push_info':{'aps':{'alert':{'title':'iT','body':'iB'},'autoBadge':'+1',"
                + "'content-available':1},'multimedia':[],'payload':'p'}"));

    Notification shown = (Notification) iphone.contents().getFirst();
    assertThat(shown.title()).isEqualTo("iT");
    assertThat(shown.body()).isEqualTo("iB");
    assertThat(shown.extras()).isEqualTo(Map.of("payload", "p"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|no_msg|message",
        "{'message':{}}|invalid_param|message.msgtype",
        "{'message':{'msgtype':'x'}}|invalid_param|message.msgtype",
        "{'message':{'msgtype':'link'}}|invalid_param|link",
        "{'message':{'msgtype':'link'},'link':{'style':{'title':'t','text':'b'}}}|invalid_param|link.url",
        "{'message':{'msgtype':'transmission','appkey':'other'},'transmission':{}}|appid_notmatch|the"
            + " app",
        "{'message':{'msgtype':'transmission'},'transmission':{}}|invalid_param|transmission.transmission_content",
        "{'message':{'msgtype':'transmission','offline_expire_time':259200001},'transmission':{'transmission_content':'a'}}|invalid_param|message.offline_expire_time",
        "{'message':{'msgtype':'transmission','is_offline':'x'},'transmission':{'transmission_content':'a'}}|invalid_param|message.is_offline",
        "{'message':{'msgtype':'notification'},'notification':{}}|invalid_param|notification.style",
        "{'message':{'msgtype':'notification'},'notification':{'style':{'type':2,'title':'t','text':'b'}}}|invalid_param|notification.style.type",
        "{'message':{'msgtype':'notification'},'notification':{'duration_end':'1','style':{}}}|invalid_param|notification.duration_end",
        "{'message':{'msgtype':'transmission'},'transmission':{'transmission_content':'a'}}|invalid_param|cid"
      })
  void invalidPush_saysWhy(String body, String result, String said) {
    JsonNode answer = GetuiFixture.json(api.call("POST", "/push_single", body));

    assertThat(answer.path("result").asText()).isEqualTo(result);
    assertThat(answer.path("desc").asText()).startsWith(said);
  }
}
