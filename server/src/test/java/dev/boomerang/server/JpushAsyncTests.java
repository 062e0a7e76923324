// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every version of jpush-async can do, against the running server. None has a call to recall
/// a message, for files, images or the admin API; none lets `hmos` or `quickapp` into a platform
/// list. The promise flavour has no cids, no batches and no message ids of a schedule.
@Timeout(120)
abstract class JpushAsyncTests {
  @TempDir private Path folder;
  private final String version;
  JpushServer server;
  JpushAsync node;

  JpushAsyncTests(String version) {
    this.version = version;
  }

  @BeforeEach
  void start() throws Exception {
    server = JpushServer.start(folder, Map.of());
    node = JpushAsync.start(version, server);
  }

  @AfterEach
  void stop() {
    node.close();
    server.close();
  }

  /// The payload's steps up to a notification for the device.
  String toDevice(String alert) {
    return "['setPlatform','all'],['setAudience',{'registration_id':['"
        + server.device().id()
        + "']}],['setNotification','"
        + alert
        + "']";
  }

  String sent(String steps) throws Exception {
    String id = node.answer("{'push':[" + steps + "],'call':['send']}").path("msg_id").asText();
    assertThat(id).matches("[0-9]+");
    return id;
  }

  @Test
  void push_isShown_withItsTitleAndExtras() throws Exception {
    JsonNode answer =
        node.answer(
            """
            {'push': [['setPlatform','android','ios'], ['setAudience',{'registration_id':['%s']}],
              ['setNotification','common',{'android':{'alert':'正文 😀','title':'标题','builder_id':1,
                'extras':{'k':'v'},'priority':1,'alert_type':7,'channel_id':'c'}},
                {'ios':{'alert':{'title':'t','body':'b'},'sound':'s','badge':5,'mutable-content':true}}],
              ['setMessage','content','title','type',{'k':'v'}],
              ['setOptions',4294967294,60,null,false]],
             'call':['send']}
            """
                .formatted(server.device().id()));

    assertThat(answer.path("sendno").asText()).isEqualTo("4294967294");
    JsonNode shown = server.next("notify");
    assertThat(shown.path("task")).isEqualTo(answer.path("msg_id"));
    assertThat(shown.path("title").asText()).isEqualTo("标题");
    assertThat(shown.path("body").asText()).isEqualTo("正文 😀");
    assertThat(shown.at("/extras/k").asText()).isEqualTo("v");
  }

  @Test
  void data_arrives() throws Exception {
    sent("['setPlatform','all'],['setAudience','all'],['setMessage','for all']");

    assertThat(server.next("data").path("body").asText()).isEqualTo("for all");
  }

  @Test
  void validate_sendsNothing() throws Exception {
    String checked = "{'push':[" + toDevice("checked") + "],'call':['sendValidate']}";

    assertThat(node.answer(checked).path("msg_id").isTextual()).isTrue();
    sent(toDevice("sent"));

    assertThat(server.next("notify").path("body").asText()).isEqualTo("sent");
  }

  /// The client takes the id as a number only.
  @Test
  void override_takesTheOldOnesPlace() throws Exception {
    String old = sent(toDevice("old"));
    server.next("notify");

    sent(toDevice("new") + ",['setOptions',null,null," + old + "]");

    JsonNode shown = server.next("notify");
    assertThat(shown.path("slot").asText()).isEqualTo(old);
    assertThat(shown.path("body").asText()).isEqualTo("new");
  }

  @Test
  void push_thatIsRefused_isAnErrorWithTheCode() throws Exception {
    String nobody =
        "{'push':[['setPlatform','all'],['setAudience',{'tag':['nobody']}],['setMessage','m']],"
            + "'call':['send']}";

    JsonNode error = node.error(nobody);

    assertThat(error.path("name").asText()).isEqualTo("APIRequestError");
    assertThat(error.path("response").asText()).contains("1011");
  }

  @Test
  void groupPush_isShown() throws Exception {
    JsonNode answer =
        node.answer("{'isGroup':true,'push':[" + toDevice("grouped") + "],'call':['send']}");

    assertThat(answer.at("/" + server.key() + "/msg_id")).isEqualTo(answer.path("group_msgid"));
    assertThat(server.next("notify").path("body").asText()).isEqualTo("grouped");
  }

  @Test
  void device_hasItsAliasTagsAndMobile() throws Exception {
    String id = server.device().id();
    node.answer("{'call':['updateDeviceTagAlias','" + id + "','ada',false,['vip','t2'],[]]}");
    node.answer("{'call':['setMobile','" + id + "','13800000000']}");

    JsonNode device = node.answer("{'call':['getDeviceTagAlias','" + id + "']}");

    assertThat(device.toString())
        .isEqualTo(
            "{\"tags\":[\"t2\",\"tag_ada\",\"vip\"],\"alias\":\"ada\",\"mobile\":\"13800000000\"}");
    node.answer("{'call':['updateDeviceTagAlias','" + id + "','',true,[],[]]}");
    JsonNode cleared = node.answer("{'call':['getDeviceTagAlias','" + id + "']}");
    assertThat(cleared.path("tags").isArray()).isTrue();
    assertThat(cleared.path("tags")).isEmpty();
    assertThat(cleared.path("alias").isNull()).isTrue();
    JsonNode status = node.answer("{'call':['getDeviceStatus',['" + id + "']]}");
    assertThat(status.at("/res/" + id + "/online").asBoolean()).isTrue();
  }

  /// It writes two slashes in a row.
  @Test
  void tags_areKept() throws Exception {
    String id = server.device().id();
    node.answer("{'call':['addRemoveDevicesFromTag','vip',['" + id + "'],[]]}");
    assertThat(node.answer("{'call':['getTagList']}").path("tags").toString())
        .isEqualTo("[\"tag_ada\",\"vip\"]");
    assertThat(inVip(id)).isTrue();
    sent("['setPlatform','all'],['setAudience',{'tag':['vip']}],['setMessage','to vips']");
    assertThat(server.next("data").path("body").asText()).isEqualTo("to vips");

    node.answer("{'call':['addRemoveDevicesFromTag','vip',[],['" + id + "']]}");
    assertThat(inVip(id)).isFalse();
    node.answer("{'call':['addRemoveDevicesFromTag','vip',['" + id + "'],[]]}");
    node.answer("{'call':['deleteTag','vip']}");
    assertThat(inVip(id)).isFalse();
  }

  private boolean inVip(String id) throws Exception {
    return node.answer("{'call':['isDeviceInTag','vip','" + id + "']}").path("result").asBoolean();
  }

  @Test
  void aliases_areKept() throws Exception {
    String id = server.device().id();
    node.answer("{'call':['updateDeviceTagAlias','" + id + "','ada',false,[],[]]}");
    assertThat(aliased()).isEqualTo("[\"" + id + "\"]");
    sent("['setPlatform','all'],['setAudience',{'alias':['ada']}],['setMessage','to ada']");
    assertThat(server.next("data").path("body").asText()).isEqualTo("to ada");

    node.answer("{'call':['deleteAlias','ada']}");

    assertThat(aliased()).isEqualTo("[]");
  }

  private String aliased() throws Exception {
    return node.answer("{'call':['getAliasDeviceList','ada']}").path("registration_ids").toString();
  }

  @Test
  void schedule_isMadeChangedAndDeleted() throws Exception {
    String id =
        node.answer(
                "{'push':["
                    + toDevice("later")
                    + ",['setSingleSchedule','2027-01-01"
                    + " 00:00:00']],'call':['setSchedule','new_year',true]}")
            .path("schedule_id")
            .asText();
    JsonNode made = node.answer("{'call':['getSchedule','" + id + "']}");
    assertThat(made.at("/trigger/single/time").asText()).isEqualTo("2027-01-01 00:00:00");
    assertThat(made.at("/push/notification/alert").asText()).isEqualTo("later");
    assertThat(node.answer("{'call':['getScheduleList',1]}").path("total_count").asInt())
        .isEqualTo(1);

    JsonNode changed =
        node.answer(
            "{'push':[['setSingleSchedule','2027-02-02 00:00:00']],"
                + "'call':['updateSchedule','"
                + id
                + "','renamed',false]}");

    assertThat(changed.path("name").asText()).isEqualTo("renamed");
    assertThat(changed.path("enabled").asBoolean()).isFalse();
    assertThat(changed.at("/trigger/single/time").asText()).isEqualTo("2027-02-02 00:00:00");
    node.answer("{'call':['delSchedule','" + id + "']}");
    assertThat(node.error("{'call':['getSchedule','" + id + "']}").path("response").asText())
        .contains("8104");
  }

  @Test
  void periodicalSchedule_isMade() throws Exception {
    JsonNode made =
        node.answer(
            "{'push':["
                + toDevice("weekly")
                + ",['setPeriodicalSchedule','2027-01-01 00:00:00','2027-02-01"
                + " 00:00:00','09:00:00',"
                + "'WEEK',2,['MON','FRI']]],'call':['setSchedule','weekly',true]}");

    assertThat(made.path("name").asText()).isEqualTo("weekly");
    assertThat(made.path("schedule_id").asText()).hasSize(36);
  }

  @Test
  void status_ofAMessage_isThatOfTheDevice() throws Exception {
    String task = sent(toDevice("counted"));
    server.next("notify");
    server.await(task, "delivered", 1);

    JsonNode status =
        node.answer(
            "{'call':['getReportStatusMessage'," + task + ",['" + server.device().id() + "']]}");

    assertThat(status.at("/res/" + server.device().id() + "/status").asInt(-1)).isZero();
  }
}
