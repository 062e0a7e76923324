// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.registration.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests the numbers of tasks, days and users.
class ReportCallsTest {
  private final WireFixture wire = new WireFixture();
  private final Registration ada = wire.fixture.android("ada");
  private final Registration bob = wire.fixture.android("bob");

  @AfterEach
  void close() {
    wire.close();
  }

  private String pushed() {
    wire.fixture.connect(ada);
    String task = wire.list(WireFixture.text("x") + ",'taskGroupName':'spring'");
    wire.toList(task, WireFixture.quoted(ada, bob), "");
    wire.fixture.engine.awaitIdle();
    return task;
  }

  private static void assertOneOfTwoReceived(JsonNode numbers) {
    assertThat(numbers.path("msgTotal").asText()).isEqualTo("2");
    assertThat(numbers.path("msgProcess").asText()).isEqualTo("1");
    assertThat(numbers.path("pushNum").asText()).isEqualTo("1");
    assertThat(numbers.path("clickNum").asText()).isEqualTo("0");
    assertThat(numbers.path("feedbackTotal").asText()).isEqualTo("1");
    assertThat(numbers.path("GT").path("sent").asText()).isEqualTo("1");
    assertThat(numbers.path("GT").path("feedback").asText()).isEqualTo("1");
    assertThat(numbers.path("GT").path("displayed").asText()).isEqualTo("0");
    assertThat(numbers.path("GT").path("clicked").asText()).isEqualTo("0");
  }

  @Test
  void task_hasItsNumbers() {
    String task = pushed();

    JsonNode answer = wire.call("getPushMsgResult", "'taskId':'" + task + "'");

    assertThat(answer.path("result").asText()).isEqualTo("ok");
    assertThat(answer.path("taskId").asText()).isEqualTo(task);
    assertOneOfTwoReceived(answer);
  }

  @Test
  void tasks_haveTheirNumbers_unknownOnesNone() {
    String task = pushed();

    JsonNode data =
        wire.call(
                "getPushMsgResultByTaskidList",
                "'taskIdList':['" + task + "','OSL-0101_x'],'actionIdList':null")
            .path("data");

    assertThat(data).hasSize(2);
    assertOneOfTwoReceived(data.get(0));
    assertThat(data.get(1).path("result").asText()).isEqualTo("NoSuchTaskId");
    assertThat(data.get(1).path("taskId").asText()).isEqualTo("OSL-0101_x");
  }

  @Test
  void group_hasTheSum() {
    pushed();

    JsonNode answer =
        wire.call("getPushResultByGroupName", WireFixture.APP + "'groupName':'spring'");

    assertOneOfTwoReceived(answer.path("data"));
  }

  @Test
  void day_hasItsNumbers() {
    pushed();

    JsonNode pushes =
        wire.call("queryAppPushData", WireFixture.APP + "'date':'20260101'").path("data");
    JsonNode users =
        wire.call("queryAppUserData", WireFixture.APP + "'date':'20260101'").path("data");

    assertThat(pushes.path("appId").asText()).isEqualTo("appIdX");
    assertThat(pushes.path("date").asText()).isEqualTo("20260101");
    assertThat(pushes.path("sendCount").asInt()).isEqualTo(2);
    assertThat(pushes.path("receiveCount").asInt()).isEqualTo(1);
    assertThat(users.path("newRegistCount").asInt()).isEqualTo(2);
    assertThat(users.path("registTotalCount").asInt()).isEqualTo(2);
    assertThat(wire.result("queryAppPushData", WireFixture.APP + "'date':'20270101'"))
        .isEqualTo("Error");
    assertThat(wire.result("queryAppPushData", WireFixture.APP + "'date':'2026-01-01'"))
        .isEqualTo("Error");
  }

  @Test
  void onlineUsers_areThoseOfThisMoment() {
    wire.fixture.connect(ada);

    JsonNode online = wire.call("getLast24HoursOnlineUser", "'appId':'appIdX'");

    assertThat(online.path("onlineStatics").path("1767254400000").asInt()).isEqualTo(1);
  }

  /// Checks that Python can evaluate the answers, as its oldest libraries do.
  @Test
  void answers_haveNoTrueFalseNull() {
    pushed();

    for (String call :
        new String[] {"getLast24HoursOnlineUser", "queryUserCount", "getPushResultByGroupName"}) {
      assertThat(wire.reply(call, WireFixture.APP + "'groupName':'spring'").body().text())
          .doesNotContainPattern("\\b(true|false|null)\\b");
    }
  }
}
