// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.recall;

import static dev.boomerang.dialect.mpaas.fixture.MpaasFixture.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.engine.recall.RecallReport.Part;
import dev.boomerang.kit.fixture.TestDevice;
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
  private final MpaasFixture fixture = MpaasFixture.open();

  @BeforeEach
  void template() {
    fixture.createTemplate();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Answer revoke(String task) {
    return fixture.action("RevokePushTask").param("TaskId", task).send();
  }

  /// To be pushed in an hour.
  private String scheduled() {
    Instant due = MpaasFixture.START.plus(Duration.ofHours(1));
    Answer answer =
        fixture
            .pushMultiple()
            .param("StrategyType", "1")
            .param("StrategyContent", "{\"fixedTime\":" + due.toEpochMilli() + "}")
            .send();
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    return answer.data();
  }

  private void fire() {
    fixture.clock.advance(Duration.ofHours(1));
    fixture.engine.schedules().runOnce();
  }

  @Test
  void revoke_tellsWhereTheReportIs_andAgainTheSame() {
    fixture.register("d1", "ada");
    String task = fixture.pushMultiple().send().data();

    Answer answer = revoke(task);

    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    var report =
        fixture
            .engine
            .recalls()
            .find(new AppId(MpaasFixture.APP), RecallId.parse(answer.data()).orElseThrow())
            .orElseThrow()
            .report();
    assertThat(report.count(Part.PREVENTED)).isEqualTo(1);
    assertThat(revoke(task).data()).isEqualTo(answer.data());
  }

  @Test
  void revoke_takesASimplePushsTaskToo() {
    assertThat(revoke(fixture.pushSimple().send().data()).outcome()).isEqualTo("OK SUCCESS");
  }

  @Test
  void pushToCome_isCancelled() {
    TestDevice ada = fixture.connect(fixture.register("d1", "ada"));
    String schedule = scheduled();

    Answer answer = revoke(schedule);
    fire();

    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    assertThat(answer.data()).isEqualTo(schedule);
    assertThat(bodies(ada)).isEmpty();
    assertThat(revoke(schedule).data()).isEqualTo(schedule);
  }

  @Test
  void pushThatHasCome_isRecalled_byTheIdItAnswered() {
    TestDevice ada = fixture.connect(fixture.register("d1", "ada"));
    String schedule = scheduled();
    fire();
    assertThat(bodies(ada)).hasSize(1);

    assertThat(revoke(schedule).outcome()).isEqualTo("OK SUCCESS");
    assertThat(ada.withdrawn()).hasSize(1);
  }

  @Test
  void revoke_worksForSevenDays() {
    String first = fixture.pushMultiple().send().data();
    String second = fixture.pushSimple().send().data();
    String schedule = scheduled();
    fire();
    fixture.clock.advance(Duration.ofDays(7).minusHours(1));
    assertThat(revoke(first).outcome()).isEqualTo("OK SUCCESS");

    fixture.clock.advance(Duration.ofHours(1).plusSeconds(1));
    assertThat(revoke(second).resultMsg())
        .isEqualTo("INVALID_PARAM: TaskId is that of a task older than 7 days");
    assertThat(revoke(schedule).resultMsg())
        .isEqualTo("INVALID_PARAM: TaskId is that of a task older than 7 days");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"20842863", "x", "0", "903bf653c1b5442b9ba07684767bf9c2", "99999999999999999999"})
  void taskNobodyKnows_isInvalid(String task) {
    Answer answer = revoke(task);

    assertThat(answer.outcome()).isEqualTo("3028 INVALID_PARAM");
    assertThat(answer.resultMsg())
        .isEqualTo("INVALID_PARAM: TaskId is not that of a task of this app");
  }

  @Test
  void blankTask_isInvalid() {
    assertThat(revoke(" ").resultMsg()).isEqualTo("INVALID_PARAM: TaskId must not be blank");
  }

  @Test
  void anotherAppsTask_isOneNobodyKnows() {
    TestDevice ada = fixture.connect(fixture.register("d1", "ada"));
    String task = fixture.pushMultiple().send().data();
    String schedule = scheduled();

    for (String id : new String[] {task, schedule}) {
      assertThat(fixture.otherAppAction("RevokePushTask").param("TaskId", id).send().outcome())
          .isEqualTo("3028 INVALID_PARAM");
    }
    fire();
    assertThat(ada.withdrawn()).isEmpty();
    assertThat(fixture.countTasksAndOccurrences()).isEqualTo(2);
  }
}
