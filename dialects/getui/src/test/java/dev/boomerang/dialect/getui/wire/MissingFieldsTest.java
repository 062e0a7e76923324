// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests what the V1 wire answers to empty lists and to values that it cannot take.
class MissingFieldsTest {
  private final WireFixture wire = new WireFixture();

  @AfterEach
  void close() {
    wire.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "changeTagAction|'tag':'t','operation':1,'cids':[]|TargetListIsNullOrSizeIs0|~~",
        "changeTagAction|'tag':'t','operation':'x','cids':['c']|Error|operation must be 1 to add or"
            + " 2 to remove",
        "setBadgeAction|'badge':'1','cid':[]|TargetListIsNullOrSizeIs0|~~",
        "setBadgeAction|'badge':'x','cid':['c']|Error|badge must be a number, +n or -n",
        "setBadgeAction|'badge':'1','cid':['c']|TokenMD5NoUsers|~~",
        "getPushMsgResultByTaskidList|'taskIdList':[]|taskIdNullError|~~",
        "queryUserCount|'conditions':[{'key':'tag','values':[]}]|conditions[0].values is not"
            + " null|~~"
      })
  void action_saysWhatIsWrong(String action, String fields, String result, String description) {
    JsonNode answer = wire.call(action, WireFixture.APP + fields);

    assertThat(answer.path("result").asText()).isEqualTo(result);
    assertThat(answer.path("desc").asText()).isEqualTo(description);
  }

  @Test
  void strategyThatIsNoObject_isAnError() {
    JsonNode answer =
        wire.push(wire.fixture.android("ada"), WireFixture.text("x") + ",'strategyJson':'1'");

    assertThat(answer.path("result").asText()).isEqualTo("Error");
    assertThat(answer.path("desc").asText()).isEqualTo("strategyJson must be JSON");
  }

  @Test
  void list_thatNamesTooManyInAll_isAnError_andPushesNothing() {
    var ada = wire.fixture.android("ada");
    String list = wire.list(WireFixture.text("x"));
    var aliases = new StringBuilder("'ada'");
    for (int i = 1; i < 1_000; i++) {
      aliases.append(",'a").append(i).append('\'');
    }

    JsonNode answer = wire.toList(list, WireFixture.quoted(ada), ",'aliasList':[" + aliases + "]");

    assertThat(answer.path("result").asText()).isEqualTo("Error");
    assertThat(answer.path("desc").asText()).isEqualTo("clientIdList must name at most 1000");
    assertThat(wire.fixture.mailbox(ada)).isEmpty();
  }

  @Test
  void listByTag_forNobodyWhoHasIt_saysSo() {
    var ada = wire.fixture.android("ada");
    String list = wire.list(WireFixture.text("x"));

    String result =
        wire.result(
            "pushMessageToListByTagAction",
            WireFixture.APP
                + "'contentId':'"
                + list
                + "','clientIdList':[{'"
                + ada.id()
                + "':'t'}]");

    assertThat(result).isEqualTo("TagsNoUsers");
    assertThat(wire.fixture.mailbox(ada)).isEmpty();
  }

  /// A push without text for the app is answered by what its devices show.
  @Test
  void scheduledNotification_isAnswered_byItsText() {
    String task =
        wire.prepare(
                WireFixture.message(WireMessages.notification(), ""), ",'pushTime':'202601011700'")
            .path("contentId")
            .asText();

    JsonNode answer =
        wire.call("getScheduleTaskAction", WireFixture.APP + "'taskId':'" + task + "'");

    assertThat(answer.at("/taskDetail/pushContent").asText()).isEqualTo("Text");
  }

  @Test
  void scheduledNotification_isAnswered_byItsPayload() {
    String task =
        wire.prepare(
                WireFixture.message(WireMessages.notification(), "own"),
                ",'pushTime':'202601011700'")
            .path("contentId")
            .asText();

    JsonNode answer =
        wire.call("getScheduleTaskAction", WireFixture.APP + "'taskId':'" + task + "'");

    assertThat(answer.at("/taskDetail/pushContent").asText()).isEqualTo("own");
  }

  @Test
  void listByTag_thatIsNoList_isAnError() {
    assertThat(wire.result("pushMessageToListByTagAction", WireFixture.APP + "'clientIdList':'x'"))
        .isEqualTo("Error");
  }
}
