// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.fixture.MpaasFixture.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.MpaasConfig;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pushes for later. It is a Saturday, 08:20 in Shanghai and 00:20 UTC.
class StrategyParamsTest {
  private static final Instant DUE = MpaasFixture.START.plus(Duration.ofHours(5));

  private MpaasFixture fixture = MpaasFixture.open();

  @BeforeEach
  void template() {
    fixture.createTemplate();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private SignedRequest push(String kind) {
    return switch (kind) {
      case "SIMPLE" -> fixture.pushSimple().param("TargetMsgkey", "{\"ada\":\"m1\"}");
      case "TEMPLATE" ->
          fixture
              .templatePush("PushTemplate")
              .param("TargetMsgkey", "{\"ada\":\"m1\"}")
              .param("TemplateKeyValue", "{\"name\":\"张三\",\"money\":\"200\"}");
      case "MULTIPLE" -> fixture.pushMultiple();
      default -> fixture.pushBroadcast();
    };
  }

  private static SignedRequest once(SignedRequest push, Instant due) {
    return push.param("StrategyType", "1")
        .param("StrategyContent", "{\"fixedTime\":%d}".formatted(due.toEpochMilli()));
  }

  private static long day(String date) {
    return Instant.parse(date + "T12:00:00Z").toEpochMilli();
  }

  private static SignedRequest cycle(SignedRequest push, String first, String last, String every) {
    return push.param("StrategyType", "2")
        .param(
            "StrategyContent",
            "{\"startTime\":%d,\"endTime\":%d,%s,\"time\":\"09:45:11\"}"
                .formatted(day(first), day(last), every));
  }

  private List<Occurrence> occurrences(Answer answer) {
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    return fixture
        .engine
        .schedules()
        .ofSchedule(new AppId(MpaasFixture.APP), ScheduleId.parse(answer.data()).orElseThrow())
        .stream()
        .map(ScheduledOccurrence::occurrence)
        .toList();
  }

  private List<String> times(Answer answer) {
    return occurrences(answer).stream().map(occurrence -> occurrence.dueAt().toString()).toList();
  }

  private void passAt(Instant time) {
    fixture.clock.advance(Duration.between(fixture.clock.instant(), time));
    fixture.engine.schedules().runOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SIMPLE", "TEMPLATE", "MULTIPLE", "BROADCAST"})
  void push_takesPlaceAtItsTime_withItsLateness(String kind) {
    TestDevice ada = fixture.connect(fixture.register("d1", "ada"));

    Answer answer = once(push(kind), DUE).send();

    assertThat(answer.data()).matches("[0-9a-f]{32}");
    passAt(DUE.minusMillis(1));
    assertThat(bodies(ada)).isEmpty();
    passAt(DUE.plusMillis(700));
    fixture.engine.schedules().runOnce();
    assertThat(bodies(ada)).hasSize(1);
    assertThat(occurrences(answer))
        .singleElement()
        .satisfies(
            occurrence -> {
              assertThat(occurrence.id().value()).isEqualTo(answer.data());
              OccurrenceStatus.Fired fired = (OccurrenceStatus.Fired) occurrence.status();
              assertThat(Duration.between(occurrence.dueAt(), fired.at()).toMillis())
                  .isEqualTo(700);
              assertThat(fixture.task(fired.task().toString()).source().kind())
                  .isEqualTo(Source.Kind.valueOf(kind));
              assertThat(fixture.task(fired.task().toString()).expiresAt())
                  .isEqualTo(DUE.plusSeconds(300));
            });
  }

  @Test
  void messageOfAPushThatHasTakenPlace_isRevokedByItsId() {
    fixture.register("d1", "ada");
    once(push("SIMPLE"), DUE).send();
    SignedRequest revoke =
        fixture.action("RevokePushMessage").param("MessageId", "m1").param("TargetId", "ada");
    assertThat(revoke.send().outcome()).isEqualTo("3028 INVALID_PARAM");

    passAt(DUE);

    assertThat(revoke.param("SignatureNonce", "n").send().outcome()).isEqualTo("OK SUCCESS");
  }

  @Test
  void template_isFilledWhenThePushIsTaken() {
    TestDevice ada = fixture.connect(fixture.register("d1", "ada"));
    once(push("TEMPLATE"), DUE).send();
    fixture.action("DeleteTemplate").param("TemplateName", "won").send();

    passAt(DUE);

    assertThat(bodies(ada)).containsExactly("恭喜中奖200元");
  }

  @Test
  void fixedTime_isToTheSecond() {
    assertThat(times(once(push("SIMPLE"), DUE.plusMillis(999)).send()))
        .containsExactly(DUE.toString());
  }

  @Test
  void daily_isEveryDayFromTheFirstToTheLast_inTheVendorsZone() {
    Answer answer = cycle(push("BROADCAST"), "2026-11-21", "2026-11-23", "\"circleType\":1").send();

    assertThat(times(answer))
        .containsExactly("2026-11-21T01:45:11Z", "2026-11-22T01:45:11Z", "2026-11-23T01:45:11Z");
    assertThat(occurrences(answer))
        .extracting(Occurrence::id)
        .doesNotHaveDuplicates()
        .doesNotContain(ScheduleId.parse(answer.data()).orElseThrow());
  }

  @Test
  void weekly_isOnTheDaysNamed_fromMonday1ToSunday7() {
    Answer answer =
        cycle(
                push("MULTIPLE"),
                "2026-11-21",
                "2026-11-30",
                "\"circleType\":2,\"circleValue\":[1,7]")
            .send();

    assertThat(times(answer))
        .containsExactly(
            "2026-11-22T01:45:11Z",
            "2026-11-23T01:45:11Z",
            "2026-11-29T01:45:11Z",
            "2026-11-30T01:45:11Z");
  }

  @Test
  void monthly_skipsDaysThatAMonthLacks() {
    Answer answer =
        cycle(
                push("TEMPLATE"),
                "2026-11-21",
                "2027-05-20",
                "\"circleType\":3,\"circleValue\":[30,31]")
            .send();

    assertThat(times(answer))
        .containsExactly(
            "2026-11-30T01:45:11Z",
            "2026-12-30T01:45:11Z",
            "2026-12-31T01:45:11Z",
            "2027-01-30T01:45:11Z",
            "2027-01-31T01:45:11Z",
            "2027-03-30T01:45:11Z",
            "2027-03-31T01:45:11Z",
            "2027-04-30T01:45:11Z");
  }

  @Test
  void firingsOfTodayThatAreOver_areLeftOut() {
    fixture.clock.advance(Duration.ofHours(3));

    assertThat(times(cycle(push("SIMPLE"), "2026-11-21", "2026-11-22", "\"circleType\":1").send()))
        .containsExactly("2026-11-22T01:45:11Z");
  }

  @Test
  void zone_isTheOneThatIsSet() {
    MpaasConfig d = MpaasConfig.DEFAULT;
    fixture.close();
    fixture =
        MpaasFixture.open(
            new MpaasConfig(
                d.maxLifetime(),
                d.maxPayloadBytes(),
                0,
                d.maxNonces(),
                d.maxMultiple(),
                ZoneId.of("America/New_York"),
                ""));
    SignedRequest push = fixture.pushSimple().param("StrategyType", "2");
    // In New York it is still the 20th.
    String content = "{\"startTime\":%d,\"endTime\":%d,\"circleType\":1,\"time\":\"23:00:00\"}";
    long now = MpaasFixture.START.toEpochMilli();

    assertThat(times(push.param("StrategyContent", content.formatted(now, now)).send()))
        .containsExactly("2026-11-21T04:00:00Z");
  }

  @Test
  void vendorsOwnSample_isTaken_withTheMembersItDoesNotNeed() {
    String content =
        ("{\"fixedTime\":1630303126000,\"startTime\":%d,\"endTime\":%d,"
                + "\"circleType\":1,\"circleValue\":[1, 7],\"time\":\"13:45:11\"}")
            .formatted(day("2026-11-21"), day("2026-11-22"));

    Answer answer =
        push("SIMPLE").param("StrategyType", "2").param("StrategyContent", content).send();

    assertThat(times(answer)).containsExactly("2026-11-21T05:45:11Z", "2026-11-22T05:45:11Z");
  }

  @Test
  void cycle_reachesEveryoneEachTime() {
    TestDevice ada = fixture.connect(fixture.register("d1", "ada"));
    Answer answer = cycle(push("MULTIPLE"), "2026-11-21", "2026-11-23", "\"circleType\":1").send();

    for (Occurrence occurrence : occurrences(answer)) {
      passAt(occurrence.dueAt());
    }

    assertThat(bodies(ada)).hasSize(3);
  }

  @Test
  void ruleOfABroadcast_reachesBackFromEachFiring() {
    Registration first = fixture.register(Platform.ANDROID, "d1", Optional.of("ada"));
    SignedRequest push = fixture.pushBroadcast().param("BindPeriod", "1");
    Answer answer = cycle(push, "2026-11-25", "2026-12-05", "\"circleType\":1").send();
    List<Occurrence> all = occurrences(answer);

    // Bound on the 21st, the phone is within 7 days of the firings from the 25th to the 27th.
    TestDevice device = fixture.connect(first);
    for (Occurrence occurrence : all) {
      passAt(occurrence.dueAt());
    }

    assertThat(all).hasSize(11);
    assertThat(bodies(device)).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | x",
        "1 | []",
        "1 | {}",
        "1 | {\"fixedTime\":\"soon\"}",
        "1 | {\"fixedTime\":1.5}",
        "1 | {\"fixedTime\":99999999999999999999}",
        "1 | {\"fixedTime\":1630303126000}",
        "1 | {\"fixedTime\":9223372036854775807}",
        "1 | {\"fixedTime\":-9223372036854775808}",
        "2 | {}",
        "2 | {START,\"circleType\":1,\"time\":\"13:45:11\"}",
        "2 | {END,\"circleType\":1,\"time\":\"13:45:11\"}",
        "2 | {START,END,\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":0,\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":4,\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":4294967297,\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":1}",
        "2 | {START,END,\"circleType\":1,\"time\":\"13:45\"}",
        "2 | {START,END,\"circleType\":1,\"time\":\"24:00:00\"}",
        "2 | {START,END,\"circleType\":1,\"time\":\"1:45:11\"}",
        "2 | {START,END,\"circleType\":2,\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":2,\"circleValue\":[],\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":2,\"circleValue\":1,\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":2,\"circleValue\":[0],\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":2,\"circleValue\":[8],\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":2,\"circleValue\":[\"mon\"],\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":3,\"circleValue\":[32],\"time\":\"13:45:11\"}",
        "2 | {PAST,END,\"circleType\":1,\"time\":\"13:45:11\"}",
        "2 | {LATER,END,\"circleType\":1,\"time\":\"13:45:11\"}",
        "2 | {START,FAR,\"circleType\":1,\"time\":\"13:45:11\"}",
        "2 | {START,\"endTime\":9223372036854775807,\"circleType\":1,\"time\":\"13:45:11\"}",
        "2 | {START,END,\"circleType\":3,\"circleValue\":[1],\"time\":\"13:45:11\"}",
      })
  void strategyThatCannotBe_isInvalid(String type, String content) {
    String filled =
        content
            .replace("START", "\"startTime\":" + day("2026-11-21"))
            .replace("PAST", "\"startTime\":" + day("2026-11-20"))
            .replace("LATER", "\"startTime\":" + day("2026-11-24"))
            .replace("END", "\"endTime\":" + day("2026-11-23"))
            .replace("FAR", "\"endTime\":" + day("2027-05-21"));
    for (String kind : List.of("SIMPLE", "TEMPLATE", "MULTIPLE", "BROADCAST")) {
      Answer answer =
          push(kind).param("StrategyType", type).param("StrategyContent", filled).send();

      assertThat(answer.outcome()).isEqualTo("3028 INVALID_PARAM");
      assertThat(answer.resultMsg()).startsWith("INVALID_PARAM: StrategyContent ");
    }
    assertThat(fixture.countTasksAndOccurrences()).as("nothing was stored").isZero();
  }

  @Test
  void strategyWithoutContent_isInvalid() {
    for (String type : List.of("1", "2")) {
      assertThat(push("MULTIPLE").param("StrategyType", type).send().resultMsg())
          .isEqualTo("INVALID_PARAM: StrategyType " + type + " needs StrategyContent");
    }
  }

  @Test
  void bounds_beginTodayAndEndWithinAHundredAndEightyDays() {
    assertThat(
            times(
                cycle(
                        push("SIMPLE"),
                        "2026-11-21",
                        "2027-05-20",
                        "\"circleType\":3,\"circleValue\":[20]")
                    .send()))
        .hasSize(6)
        .last()
        .isEqualTo("2027-05-20T01:45:11Z");
  }

  @Test
  void pushThatCouldNotTakePlace_isRefusedAtOnce() {
    assertThat(once(push("SIMPLE").param("ExpiredSeconds", "0"), DUE).send().outcome())
        .isEqualTo("3020 EXPIREDSECONDS_WRONG");
    assertThat(once(push("BROADCAST").param("DeliveryType", "3"), DUE).send().outcome())
        .isEqualTo("3030 BROADCAST_ONLY_SUPPORT_BY_DEVICE");
    assertThat(fixture.countTasksAndOccurrences()).isZero();
  }

  @Test
  void pushesToCome_areAtMostAHundred() {
    for (int i = 0; i < 100; i++) {
      once(push("BROADCAST").param("Msgkey", "b" + i), DUE.plusSeconds(i)).send();
    }
    Answer oneMore = once(push("BROADCAST"), DUE).send();

    assertThat(oneMore.outcome()).isEqualTo("3028 INVALID_PARAM");
    assertThat(oneMore.resultMsg())
        .isEqualTo(
            "INVALID_PARAM: StrategyType is for later, and 100 pushes are waiting for their time"
                + " already");
    assertThat(fixture.countTasksAndOccurrences()).isEqualTo(100);
    passAt(DUE);
    assertThat(once(push("BROADCAST"), DUE.plusSeconds(1)).send().outcome())
        .isEqualTo("OK SUCCESS");
  }
}
