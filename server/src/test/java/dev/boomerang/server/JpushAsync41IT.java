// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/// jpush-async 4.1.0, the version that sends what its caller asks for: both its flavours.
class JpushAsync41IT extends JpushAsyncTests {

  JpushAsync41IT() {
    super("4.1.0");
  }

  @Test
  void error_hasTheStatus() throws Exception {
    String unknown = "{'call':['getDeviceTagAlias','123']}";

    assertThat(node.error(unknown).path("status").asInt()).isEqualTo(400);
  }

  @Test
  void reports_tellWhatBecameOfAPush() throws Exception {
    String task = sent(toDevice("counted"));
    JsonNode shown = server.next("notify");
    server.device().report(shown.path("delivery").asText(), "opened");
    server.await(task, "opened", 1);

    assertThat(report("getReportReceiveds", task).at("/0/android_received").asInt()).isEqualTo(1);
    assertThat(report("getReportReceivedDetail", task).at("/0/jpush_received").asInt())
        .isEqualTo(1);
    assertThat(report("getReportMessages", task).at("/0/android/click").asInt()).isEqualTo(1);
    assertThat(report("getReportMessagesDetail", task).at("/0/jpush/click").asInt()).isEqualTo(1);
  }

  private JsonNode report(String call, String task) throws Exception {
    return node.answer("{'call':['" + call + "','" + task + "']}");
  }

  @Test
  void users_areCountedByDay() throws Exception {
    String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();

    JsonNode users = node.answer("{'call':['getReportUsers','DAY','" + today + "',1]}");

    assertThat(users.at("/items/0/android/new").asInt()).isEqualTo(1);
  }

  @Test
  void alias_onAPlatform_isThoseOfThePlatform() throws Exception {
    String id = server.device().id();
    node.answer("{'call':['updateDeviceTagAlias','" + id + "','ada',false,[],[]]}");

    JsonNode onAndroid = node.answer("{'call':['getAliasDeviceList','ada','android,ios']}");
    JsonNode onIos = node.answer("{'call':['getAliasDeviceList','ada','ios']}");

    assertThat(onAndroid.path("registration_ids")).hasSize(1);
    assertThat(onIos.path("registration_ids")).isEmpty();
  }

  @Test
  void callbackFlavour_pushesAndIsTheSame() throws Exception {
    String pushed = "{'flavour':'JPush','push':[" + toDevice("called back") + "],'call':['send']}";

    assertThat(node.answer(pushed).path("msg_id").asText()).matches("[0-9]+");

    assertThat(server.next("notify").path("body").asText()).isEqualTo("called back");
    assertThat(
            node.error("{'flavour':'JPush','call':['getDeviceTagAlias','1']}")
                .path("message")
                .asText())
        .contains("7002");
  }

  @Test
  void callbackFlavour_hasCids() throws Exception {
    JsonNode cids = node.answer("{'flavour':'JPush','call':['getCid',3,'push']}");

    assertThat(cids.path("cidlist")).hasSize(3);
  }

  /// Each is two calls: the cids, then the pushes under them.
  @Test
  void callbackFlavour_pushesBatches() throws Exception {
    String id = server.device().id();
    node.answer("{'call':['updateDeviceTagAlias','" + id + "','ada',false,[],[]]}");
    String push = "[{'platform':'all','target':'%s','message':{'msg_content':'%s'}}]";

    JsonNode byId =
        node.answer(
            "{'flavour':'JPush','call':['batchPushByRegid'," + push.formatted(id, "one") + "]}");
    assertThat(server.next("data").path("body").asText()).isEqualTo("one");
    JsonNode byAlias =
        node.answer(
            "{'flavour':'JPush','call':['batchPushByAlias'," + push.formatted("ada", "two") + "]}");
    assertThat(server.next("data").path("body").asText()).isEqualTo("two");

    assertThat(byId.elements().next().path("msg_id").asText()).matches("[0-9]+");
    assertThat(byAlias.elements().next().path("msg_id").asText()).matches("[0-9]+");
  }
}
