// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.report;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.taskId;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCallsTest {
  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void statistics_countDeliveriesByStatus() {
    Registration waiting = fixture.phone("waiting");
    Registration shown = fixture.phone("shown");
    Registration opened = fixture.phone("opened");
    TaskId task = fixture.saveListPayload();
    requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'requestId':'r','taskId':'%s','aliases':['waiting','shown','opened','nobody']}"
                .formatted(task)));
    fixture.report(shown, Receipt.Event.SHOWN);
    fixture.report(opened, Receipt.Event.OPENED);
    TaskId other = fixture.send(waiting);

    JsonNode answer =
        requireSuccess(
            fixture.get("/report/getStatistics?taskIds=" + task + "," + other + ",77,x"));

    assertThat(texts(answer.path("statistics"), "taskId"))
        .containsExactly(task.toString(), other.toString());
    assertThat(answer.at("/statistics/0").toString())
        .isEqualTo(
            ("{\"taskId\":\"%s\",\"target\":4,\"valid\":3,\"send\":2,\"receive\":2,\"display\":2,"
                    + "\"click\":1,\"targetInvalid\":1,\"targetUnSub\":0,\"targetInActive\":0,"
                    + "\"covered\":0,\"controlled\":0,\"targetOffline\":0}")
                .formatted(task));
  }

  @Test
  void statistics_countSkippedUsersByReason() {
    Registration away = fixture.phone("away");
    fixture.clock.advance(Duration.ofDays(14).plusMillis(1));
    Registration off = fixture.phone("off");
    fixture.switchOffNotifications(off);
    Registration blocked = fixture.phone("blocked");
    fixture.engine.registrations().block(blocked.id(), true);
    fixture.phone("here");
    String token = fixture.newToken();
    TaskId task =
        taskId(fixture.as(token, "POST", "/message/saveListPayload", fixture.message("")));
    for (String names : new String[] {"'away','off','nobody'", "'blocked','here'"}) {
      requireSuccess(
          fixture.as(
              token,
              "POST",
              "/message/pushToList",
              "{'requestId':'r','taskId':'%s','aliases':[%s]}".formatted(task, names)));
    }

    JsonNode answer =
        requireSuccess(fixture.as(token, "GET", "/report/getStatistics?taskIds=" + task, ""));

    assertThat(answer.at("/statistics/0").toString())
        .isEqualTo(
            ("{\"taskId\":\"%s\",\"target\":5,\"valid\":1,\"send\":0,\"receive\":0,\"display\":0,"
                    + "\"click\":0,\"targetInvalid\":1,\"targetUnSub\":2,\"targetInActive\":1,"
                    + "\"covered\":0,\"controlled\":0,\"targetOffline\":0}")
                .formatted(task));
    assertThat(fixture.tasks(away)).isEmpty();
    assertThat(fixture.tasks(off)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/report/getStatistics%20?taskIds=A,B",
        "/report//getStatistics?taskIds=A%2CB",
        "//report/getStatistics/?taskIds=A,%20B"
      })
  void paths_andCommas_areReadTolerantly(String target) {
    Registration ada = fixture.phone("ada");
    String a = fixture.send(ada).toString();
    String b = fixture.send(ada).toString();

    JsonNode answer = requireSuccess(fixture.get(target.replace("A", a).replace("B", b)));

    assertThat(texts(answer.path("statistics"), "taskId")).containsExactly(a, b);
  }

  @Test
  void body_ofAGet_isReadWhereThereIsNoQuery() {
    TaskId task = fixture.send(fixture.phone("ada"));
    String body = "{'taskIds':'" + task + "'}";

    JsonNode fromBody =
        requireSuccess(fixture.as(fixture.token(), "GET", "/report/getStatistics", body));
    JsonNode fromQuery =
        requireSuccess(
            fixture.as(fixture.token(), "GET", "/report/getStatistics?taskIds=" + task, "{'x':1}"));

    assertThat(fromBody).isEqualTo(fromQuery);
    assertThat(fromBody.path("statistics")).hasSize(1);
  }

  @Test
  void tasksOfOtherApps_areLeftOut() {
    TaskId task = fixture.send(fixture.phone("ada"));

    JsonNode answer =
        requireSuccess(
            fixture.as(fixture.bankToken(), "GET", "/report/getStatistics?taskIds=" + task, ""));

    assertThat(answer.path("statistics")).isEmpty();
  }
}
