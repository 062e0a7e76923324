// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.recall;

import static dev.boomerang.dialect.mpaas.fixture.MpaasFixture.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.engine.recall.RecallReport;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a cycle pushed is taken back by the caller's own message id, all of it or one firing.
class RevokeCycleTest {
  private static final AppId APP = new AppId(MpaasFixture.APP);

  private final MpaasFixture fixture = MpaasFixture.open();
  private final Registration ada = fixture.register("d1", "ada");
  private final Registration bob = fixture.register("d2", "bob");

  @AfterEach
  void close() {
    fixture.close();
  }

  /// Each with the target and the message id of ada's, and of another target.
  private static Stream<Arguments> pushes() {
    return Stream.of(
        Arguments.of("PushSimple", "3", "ada", "bob"),
        Arguments.of("PushSimple", "1", "d1", "d2"),
        Arguments.of("PushTemplate", "3", "ada", "bob"),
        Arguments.of("PushTemplate", "1", "d1", "d2"),
        Arguments.of("PushMultiple", "3", "ada", "bob"));
  }

  private SignedRequest push(String action, String type, String target, String other) {
    if (action.equals("PushSimple")) {
      return fixture
          .pushSimple()
          .param("DeliveryType", type)
          .param("TargetMsgkey", targets(target, other));
    }
    fixture.createTemplate();
    return action.equals("PushMultiple")
        ? fixture.pushMultiple()
        : fixture
            .templatePush(action)
            .param("DeliveryType", type)
            .param("TemplateKeyValue", "{\"name\":\"A\",\"money\":\"1\"}")
            .param("TargetMsgkey", targets(target, other));
  }

  private static String targets(String target, String other) {
    return "{\"%s\":\"k1\",\"%s\":\"k2\"}".formatted(target, other);
  }

  /// Daily at 09:00 in Shanghai, the first in 40 minutes. Returns the schedule's id.
  private String daily(SignedRequest push, int days) {
    long start = MpaasFixture.START.toEpochMilli();
    long end = MpaasFixture.START.plus(Duration.ofDays(days - 1)).toEpochMilli();
    Answer answer =
        push.param("ExpiredSeconds", "2000000")
            .param("StrategyType", "2")
            .param(
                "StrategyContent",
                "{\"startTime\":%d,\"endTime\":%d,\"circleType\":1,\"time\":\"09:00:00\"}"
                    .formatted(start, end))
            .send();
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    return answer.data();
  }

  private void fire(int days) {
    fixture.clock.advance(Duration.ofMinutes(40));
    fixture.engine.schedules().runOnce();
    for (int day = 1; day < days; day++) {
      fixture.clock.advance(Duration.ofDays(1));
      fixture.engine.schedules().runOnce();
    }
  }

  private List<Occurrence> occurrences(String schedule) {
    return fixture
        .engine
        .schedules()
        .ofSchedule(APP, ScheduleId.parse(schedule).orElseThrow())
        .stream()
        .map(ScheduledOccurrence::occurrence)
        .toList();
  }

  private List<TaskId> fired(String schedule) {
    return occurrences(schedule).stream()
        .flatMap(
            each ->
                each.status() instanceof OccurrenceStatus.Fired(var task, var _)
                    ? Stream.of(task)
                    : Stream.of())
        .toList();
  }

  private Answer revoke(String messageId, String target) {
    return fixture
        .action("RevokePushMessage")
        .param("MessageId", messageId)
        .param("TargetId", target)
        .send();
  }

  @ParameterizedTest
  @MethodSource("pushes")
  void bareId_takesBackEveryFiring_forThatTargetOnly(
      String action, String type, String target, String other) {
    daily(push(action, type, target, other), 3);
    fire(3);

    assertThat(revoke("k1", target).outcome()).isEqualTo("OK SUCCESS");

    assertThat(bodies(fixture.connect(ada))).isEmpty();
    assertThat(bodies(fixture.connect(bob))).hasSize(3);
    assertThat(revoke("k1", other).outcome()).isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void bareId_againAnswersTheSame_andTakesBackWhatCameSince() {
    daily(push("PushSimple", "3", "ada", "bob"), 3);
    fire(2);

    Answer first = revoke("k1", "ada");
    Answer again = revoke("k1", "ada");

    assertThat(again.data()).isEqualTo(first.data());
    fixture.clock.advance(Duration.ofDays(1));
    fixture.engine.schedules().runOnce();
    TestDevice device = fixture.connect(ada);
    assertThat(bodies(device)).hasSize(1);
    assertThat(revoke("k1", "ada").data()).isNotEqualTo(first.data());
    assertThat(device.withdrawn()).hasSize(1);
  }

  @Test
  void idOfAFiring_takesBackThatOne() {
    String schedule = daily(push("PushSimple", "3", "ada", "bob"), 3);
    fire(3);
    String second = occurrences(schedule).get(1).id().value();

    assertThat(revoke("k1-" + second, "ada").outcome()).isEqualTo("OK SUCCESS");

    RecallReport report = report(fired(schedule).get(1));
    assertThat(report.count(RecallReport.Part.PREVENTED)).isEqualTo(1);
    assertThat(bodies(fixture.connect(ada))).hasSize(2);
    assertThat(bodies(fixture.connect(bob))).hasSize(3);
  }

  private RecallReport report(TaskId task) {
    return fixture.engine.recalls().recall(APP, task, new Scope.OneMessage(0), "test")
            instanceof RecallResult.Active(var _, var report)
        ? report
        : new RecallReport(Map.of());
  }

  @Test
  void firingsOfMoreThanSevenDays_stay() {
    String schedule = daily(push("PushSimple", "3", "ada", "bob"), 10);
    fire(10);
    assertThat(fired(schedule)).hasSize(10);

    assertThat(revoke("k1", "ada").outcome()).isEqualTo("OK SUCCESS");

    // Those of the last seven days, the eighth day to the millisecond among them.
    assertThat(bodies(fixture.connect(ada))).hasSize(2);
    fixture.clock.advance(Duration.ofDays(7).plusSeconds(1));
    assertThat(revoke("k2", "bob").resultMsg())
        .isEqualTo("INVALID_PARAM: MessageId is that of a message older than 7 days");
  }

  @Test
  void onePushedUnderTheBareId_andFiringsOfACycle_areAllTakenBack() {
    daily(push("PushSimple", "3", "ada", "bob"), 1);
    fire(1);
    fixture.pushSimple().param("TargetMsgkey", "{\"ada\":\"k1\"}").send();

    assertThat(revoke("k1", "ada").outcome()).isEqualTo("OK SUCCESS");

    assertThat(bodies(fixture.connect(ada))).isEmpty();
  }

  @Test
  void idThatOnlyLooksLikeAFirings_isNotTakenBack() {
    fixture.pushSimple().param("TargetMsgkey", "{\"ada\":\"k1-" + "a".repeat(32) + "\"}").send();

    assertThat(revoke("k1", "ada").outcome()).isEqualTo("3028 INVALID_PARAM");
    assertThat(bodies(fixture.connect(ada))).hasSize(1);
  }

  @Test
  void anotherAppsCycle_isNotTouched() {
    daily(push("PushSimple", "3", "ada", "bob"), 1);
    fire(1);

    Answer answer =
        fixture
            .otherAppAction("RevokePushMessage")
            .param("MessageId", "k1")
            .param("TargetId", "ada")
            .send();

    assertThat(answer.outcome()).isEqualTo("3028 INVALID_PARAM");
    assertThat(bodies(fixture.connect(ada))).hasSize(1);
  }
}
