// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.Caller.Answer;
import dev.boomerang.engine.recall.RecallReport.Part;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.RecallId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokePushTaskTest {
  private final World world = World.open();

  @BeforeEach
  void template() {
    world.template();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Answer revoke(String task) {
    return world.call("RevokePushTask").with("TaskId", task).send();
  }

  /// To be pushed in an hour.
  private String scheduled() {
    Instant due = World.START.plus(Duration.ofHours(1));
    Answer answer =
        world
            .multiple()
            .with("StrategyType", "1")
            .with("StrategyContent", "{\"fixedTime\":" + due.toEpochMilli() + "}")
            .send();
    assertThat(answer.verdict()).isEqualTo("OK SUCCESS");
    return answer.data();
  }

  private void fire() {
    world.clock.advance(Duration.ofHours(1));
    world.engine.schedules().runOnce();
  }

  @Test
  void revoke_tellsWhereTheReportIs_andAgainTheSame() {
    world.device("d1", "ada");
    String task = world.multiple().send().data();

    Answer answer = revoke(task);

    assertThat(answer.verdict()).isEqualTo("OK SUCCESS");
    var report =
        world
            .engine
            .recalls()
            .find(new AppId(World.APP), RecallId.parse(answer.data()).orElseThrow())
            .orElseThrow()
            .report();
    assertThat(report.count(Part.PREVENTED)).isEqualTo(1);
    assertThat(revoke(task).data()).isEqualTo(answer.data());
  }

  @Test
  void revoke_takesASimplePushsTaskToo() {
    assertThat(revoke(world.push().send().data()).verdict()).isEqualTo("OK SUCCESS");
  }

  @Test
  void pushToCome_isCancelled() {
    Phone ada = new Phone(world, world.device("d1", "ada")).connect();
    String schedule = scheduled();

    Answer answer = revoke(schedule);
    fire();

    assertThat(answer.verdict()).isEqualTo("OK SUCCESS");
    assertThat(answer.data()).isEqualTo(schedule);
    assertThat(ada.bodies()).isEmpty();
    assertThat(revoke(schedule).data()).isEqualTo(schedule);
  }

  @Test
  void pushThatHasCome_isRecalled_byTheIdItAnswered() {
    Phone ada = new Phone(world, world.device("d1", "ada")).connect();
    String schedule = scheduled();
    fire();
    assertThat(ada.bodies()).hasSize(1);

    assertThat(revoke(schedule).verdict()).isEqualTo("OK SUCCESS");
    assertThat(ada.withdrawn()).isEqualTo(1);
  }

  @Test
  void revoke_worksForSevenDays() {
    String first = world.multiple().send().data();
    String second = world.push().send().data();
    String schedule = scheduled();
    fire();
    world.clock.advance(Duration.ofDays(7).minusHours(1));
    assertThat(revoke(first).verdict()).isEqualTo("OK SUCCESS");

    world.clock.advance(Duration.ofHours(1).plusSeconds(1));
    assertThat(revoke(second).why())
        .isEqualTo("INVALID_PARAM: TaskId is that of a task older than 7 days");
    assertThat(revoke(schedule).why())
        .isEqualTo("INVALID_PARAM: TaskId is that of a task older than 7 days");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"20842863", "x", "0", "903bf653c1b5442b9ba07684767bf9c2", "99999999999999999999"})
  void taskNobodyKnows_isInvalid(String task) {
    Answer answer = revoke(task);

    assertThat(answer.verdict()).isEqualTo("3028 INVALID_PARAM");
    assertThat(answer.why()).isEqualTo("INVALID_PARAM: TaskId is not that of a task of this app");
  }

  @Test
  void blankTask_isInvalid() {
    assertThat(revoke(" ").why()).isEqualTo("INVALID_PARAM: TaskId must not be blank");
  }

  @Test
  void anotherAppsTask_isOneNobodyKnows() {
    Phone ada = new Phone(world, world.device("d1", "ada")).connect();
    String task = world.multiple().send().data();
    String schedule = scheduled();

    for (String id : new String[] {task, schedule}) {
      assertThat(world.otherCall("RevokePushTask").with("TaskId", id).send().verdict())
          .isEqualTo("3028 INVALID_PARAM");
    }
    fire();
    assertThat(ada.withdrawn()).isZero();
    assertThat(world.stored()).isEqualTo(2);
  }
}
