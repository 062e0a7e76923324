// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.recall;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.code;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.taskId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecallCallsTest {
  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private DeliveryStatus status(TaskId task, Registration phone) {
    return fixture
        .engine
        .tasks()
        .delivery(VivoFixture.SHOP, task, phone.id())
        .orElseThrow()
        .state()
        .status();
  }

  /// A device counts as inactive after 7 days for a recall and after 14 days for a check.
  @Test
  void deviceInactiveForAWeek_isInvalidForRecycle_notForCheck() {
    Registration away = fixture.phone("away");
    fixture.clock.advance(Duration.ofDays(7));
    String token = fixture.newToken();
    TaskId task = taskId(fixture.as(token, "POST", "/message/all", fixture.message("")));
    String recycle =
        "{'taskId':'%s','userType':1,'userIds':['%s']}".formatted(task, away.id().value());
    assertThat(
            requireSuccess(fixture.as(token, "POST", "/message/recycle", recycle))
                .path("invalidUsers"))
        .isEmpty();

    fixture.clock.advance(Duration.ofMillis(1));

    assertThat(
            requireSuccess(fixture.as(token, "POST", "/message/recycle", recycle))
                .at("/invalidUsers/0/status")
                .asInt())
        .isEqualTo(3);
    String check = "{'userType':1,'userIds':['%s']}".formatted(away.id().value());
    assertThat(
            requireSuccess(fixture.as(token, "POST", "/invalidUser/check", check))
                .path("invalidUsers"))
        .isEmpty();
  }

  @Test
  void recycle_recallsWaitingAndSentMessages() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    Registration carl = fixture.phone("carl");
    TaskId list = fixture.saveListPayload();
    requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'requestId':'r','taskId':'%s','aliases':['ada','bob','carl']}".formatted(list)));
    fixture.report(bob, Receipt.Event.SHOWN);

    JsonNode answer = fixture.recycle(list, 2, "ada", "bob", "nobody");

    assertThat(answer.path("desc").asText()).isEqualTo("请求成功");
    assertThat(answer.path("invalidUsers").toString())
        .isEqualTo("[{\"status\":1,\"userid\":\"nobody\"}]");
    assertThat(status(list, ada)).isEqualTo(DeliveryStatus.RECALLED);
    assertThat(status(list, bob)).isEqualTo(DeliveryStatus.RECALLING);
    assertThat(status(list, carl)).isEqualTo(DeliveryStatus.QUEUED);
    assertThat(fixture.tasks(ada)).isEmpty();
    assertThat(fixture.tasks(carl)).containsExactly(list);
    assertThat(fixture.engine.devices().withdrawals(bob.id(), TaskId.NONE, 10)).hasSize(1);
    // Neither a second recall nor adding the users again changes anything.
    fixture.recycle(list, 1, ada.id().value());
    requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'requestId':'s','taskId':'%s','aliases':['ada','bob']}".formatted(list)));
    assertThat(fixture.tasks(ada)).isEmpty();
  }

  @Test
  void recycle_ofABroadcast_isForTheNamedUsersOnly() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    TaskId all = taskId(fixture.post("/message/all", fixture.message("")));

    fixture.recycle(all, 1, ada.id().value());

    assertThat(fixture.tasks(ada)).isEmpty();
    assertThat(fixture.tasks(bob)).containsExactly(all);
    assertThat(
            fixture.engine.tasks().delivery(VivoFixture.SHOP, all, ada.id()).orElseThrow().state())
        .isInstanceOfSatisfying(
            Recalled.class,
            state -> assertThat(state.outcome()).isEqualTo(Recalled.Outcome.PREVENTED));
  }

  @Test
  void recycle_reportsUsersThatAreOffOrInactive_andRecallsTheirMessages() {
    Registration off = fixture.phone("off");
    Registration away = fixture.phone("away");
    fixture.clock.advance(Duration.ofDays(10));
    String token = fixture.newToken();
    TaskId task =
        taskId(fixture.as(token, "POST", "/message/all", fixture.message("'timeToLive':604800")));
    fixture.switchOffNotifications(off);
    fixture.clock.advance(Duration.ofDays(5));
    token = fixture.newToken();

    JsonNode answer =
        requireSuccess(
            fixture.as(
                token,
                "POST",
                "/message/recycle",
                "{'taskId':%s,'userType':1,'userIds':['%s','%s']}"
                    .formatted(task, off.id(), away.id())));

    assertThat(answer.path("invalidUsers").toString())
        .isEqualTo(
            "[{\"status\":2,\"userid\":\"%s\"},{\"status\":3,\"userid\":\"%s\"}]"
                .formatted(off.id(), away.id()));
    assertThat(fixture.tasks(off)).isEmpty();
    assertThat(fixture.tasks(away)).isEmpty();
  }

  @Test
  void recycle_ofAnOldOrForeignTask_isRefused() {
    Registration ada = fixture.phone("ada");
    TaskId task = fixture.send(ada);
    String body = "{'taskId':%s,'userType':1,'userIds':['%s']}".formatted(task, ada.id());
    assertThat(code(fixture.as(fixture.bankToken(), "POST", "/message/recycle", body)))
        .isEqualTo(10151);

    fixture.clock.advance(Duration.ofDays(7).plusMillis(1));
    String token = fixture.newToken();

    assertThat(code(fixture.as(token, "POST", "/message/recycle", body))).isEqualTo(10151);
  }
}
