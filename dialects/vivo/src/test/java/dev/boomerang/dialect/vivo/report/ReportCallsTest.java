// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.report;

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
  private final VivoFixture world = new VivoFixture();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void statistics_countWhatBecameOfEach() {
    Registration waiting = world.phone("waiting");
    Registration shown = world.phone("shown");
    Registration opened = world.phone("opened");
    TaskId task = VivoFixture.taskId(world.post("/message/saveListPayload", world.message("")));
    VivoFixture.requireSuccess(
        world.post(
            "/message/pushToList",
            "{'requestId':'r','taskId':'%s','aliases':['waiting','shown','opened','nobody']}"
                .formatted(task)));
    world.receipt(shown, Receipt.Event.SHOWN);
    world.receipt(opened, Receipt.Event.OPENED);
    TaskId other = world.sent(waiting);

    JsonNode answer =
        VivoFixture.requireSuccess(
            world.get("/report/getStatistics?taskIds=" + task + "," + other + ",77,x"));

    assertThat(VivoFixture.texts(answer.path("statistics"), "taskId"))
        .containsExactly(task.toString(), other.toString());
    assertThat(answer.at("/statistics/0").toString())
        .isEqualTo(
            ("{\"taskId\":\"%s\",\"target\":4,\"valid\":3,\"send\":2,\"receive\":2,\"display\":2,"
                    + "\"click\":1,\"targetInvalid\":1,\"targetUnSub\":0,\"targetInActive\":0,"
                    + "\"covered\":0,\"controlled\":0,\"targetOffline\":0}")
                .formatted(task));
  }

  @Test
  void statistics_countWhomAListPassedOver() {
    Registration away = world.phone("away");
    world.clock.advance(Duration.ofDays(14).plusMillis(1));
    Registration off = world.phone("off");
    world.switchOff(off);
    Registration blocked = world.phone("blocked");
    world.engine.registrations().block(blocked.id(), true);
    world.phone("here");
    String token =
        VivoFixture.json(world.auth(VivoFixture.NUMBER, VivoFixture.KEY, VivoFixture.SECRET))
            .path("authToken")
            .asText();
    TaskId task =
        VivoFixture.taskId(world.as(token, "POST", "/message/saveListPayload", world.message("")));
    for (String names : new String[] {"'away','off','nobody'", "'blocked','here'"}) {
      VivoFixture.requireSuccess(
          world.as(
              token,
              "POST",
              "/message/pushToList",
              "{'requestId':'r','taskId':'%s','aliases':[%s]}".formatted(task, names)));
    }

    JsonNode answer =
        VivoFixture.requireSuccess(
            world.as(token, "GET", "/report/getStatistics?taskIds=" + task, ""));

    assertThat(answer.at("/statistics/0").toString())
        .isEqualTo(
            ("{\"taskId\":\"%s\",\"target\":5,\"valid\":1,\"send\":0,\"receive\":0,\"display\":0,"
                    + "\"click\":0,\"targetInvalid\":1,\"targetUnSub\":2,\"targetInActive\":1,"
                    + "\"covered\":0,\"controlled\":0,\"targetOffline\":0}")
                .formatted(task));
    assertThat(world.tasks(away)).isEmpty();
    assertThat(world.tasks(off)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/report/getStatistics%20?taskIds=A,B",
        "/report//getStatistics?taskIds=A%2CB",
        "//report/getStatistics/?taskIds=A,%20B"
      })
  void paths_andCommas_areReadTolerantly(String target) {
    Registration ada = world.phone("ada");
    String a = world.sent(ada).toString();
    String b = world.sent(ada).toString();

    JsonNode answer = VivoFixture.requireSuccess(world.get(target.replace("A", a).replace("B", b)));

    assertThat(VivoFixture.texts(answer.path("statistics"), "taskId")).containsExactly(a, b);
  }

  @Test
  void body_ofAGet_isReadWhereThereIsNoQuery() {
    TaskId task = world.sent(world.phone("ada"));
    String body = "{'taskIds':'" + task + "'}";

    JsonNode fromBody =
        VivoFixture.requireSuccess(world.as(world.token(), "GET", "/report/getStatistics", body));
    JsonNode fromQuery =
        VivoFixture.requireSuccess(
            world.as(world.token(), "GET", "/report/getStatistics?taskIds=" + task, "{'x':1}"));

    assertThat(fromBody).isEqualTo(fromQuery);
    assertThat(fromBody.path("statistics")).hasSize(1);
  }

  @Test
  void tasks_ofOthers_areNotTold() {
    TaskId task = world.sent(world.phone("ada"));

    JsonNode answer =
        VivoFixture.requireSuccess(
            world.as(world.bankToken(), "GET", "/report/getStatistics?taskIds=" + task, ""));

    assertThat(answer.path("statistics")).isEmpty();
  }
}
