// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Source.Kind;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.schedule.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The list of schedules, and their cancellation.
class SchedulerActionsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Audience USER = named(TargetKind.USER, Optional.empty());

  private final MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Audience named(TargetKind targetKind, Optional<Platform> platform) {
    return new Audience.Targeted(targetKind, List.of(Target.of("user1024", "m1")), platform);
  }

  private ScheduleResult.Accepted schedule(Trigger trigger, Kind kind, Audience audience) {
    var push =
        new Push(
            new AppId(MpaasFixture.APP),
            "t",
            audience,
            Content.Notification.of("标题", "内容"),
            Push.Options.of(Source.of(ApiAction.ORIGIN, kind), HOUR));
    return (ScheduleResult.Accepted) fixture.engine.schedules().schedule(push, trigger);
  }

  private String once(Duration in) {
    var plan = new Trigger.Once(MpaasFixture.START.plus(in));
    return schedule(plan, Kind.SIMPLE, USER).schedule().id().value();
  }

  /// Daily at 09:00 in Shanghai, for so many days.
  private ScheduleResult.Accepted daily(int days) {
    LocalDate today = LocalDate.of(2026, 11, 21);
    return schedule(
        new Trigger.Cyclic(
            today,
            today.plusDays(days - 1),
            new Trigger.DayRule.Daily(),
            LocalTime.of(9, 0),
            ZoneId.of("Asia/Shanghai")),
        Kind.TEMPLATE,
        USER);
  }

  private static List<String> ids(ScheduleResult.Accepted accepted) {
    return accepted.occurrences().stream().map(planned -> planned.id().value()).toList();
  }

  private SignedRequest query() {
    return fixture
        .action("QueryPushSchedulerList")
        .param("StartTime", millis(MpaasFixture.START))
        .param("EndTime", millis(MpaasFixture.START.plus(Duration.ofDays(100))));
  }

  private static String millis(Instant time) {
    return Long.toString(time.toEpochMilli());
  }

  private Answer cancel(String ids) {
    return fixture.action("CancelPushScheduler").param("UniqueIds", ids).send();
  }

  private static List<String> listed(Answer answer) {
    return each(answer, "UniqueId");
  }

  private static List<String> each(Answer answer, String member) {
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    JsonNode list = answer.json().at("/ResultContent/Data/List");
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(member).asText())
        .toList();
  }

  private static int total(Answer answer) {
    return answer.json().at("/ResultContent/Data/TotalCount").asInt(-1);
  }

  // Lists

  @Test
  void fixedTime_isItsOwnParent_inTheVendorsTypes() {
    String id = once(HOUR);

    Answer answer = query().send();

    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactly("RequestId", "ResultCode", "ResultMessage", "ResultContent");
    assertThat(answer.json().path("ResultContent").toString())
        .isEqualTo(
            ("{\"Data\":{\"TotalCount\":1,\"List\":[{\"UniqueId\":\"%1$s\",\"ParentId\":\"%1$s\","
                    + "\"PushTime\":%2$d,\"PushTitle\":\"标题\",\"PushContent\":\"内容\",\"Type\":0,"
                    + "\"StrategyType\":1,\"ExecutedStatus\":\"0\",\"CreateType\":0,"
                    + "\"GmtCreate\":%3$d,\"DeliveryType\":3}]}}")
                .formatted(
                    id,
                    MpaasFixture.START.plus(HOUR).toEpochMilli(),
                    MpaasFixture.START.toEpochMilli()));
  }

  @Test
  void cycle_isListedByItsFirings_underOneParent() {
    ScheduleResult.Accepted cycle = daily(3);

    Answer answer = query().send();

    assertThat(listed(answer)).isEqualTo(ids(cycle)).doesNotHaveDuplicates();
    assertThat(each(answer, "ParentId")).containsOnly(cycle.schedule().id().value());
    assertThat(each(answer, "StrategyType")).containsOnly("2");
    assertThat(each(answer, "Type")).containsOnly("1");
    assertThat(each(answer, "PushTime"))
        .containsExactly(
            millis(Instant.parse("2026-11-21T01:00:00Z")),
            millis(Instant.parse("2026-11-22T01:00:00Z")),
            millis(Instant.parse("2026-11-23T01:00:00Z")));
  }

  static Stream<Arguments> audiences() {
    return Stream.of(
        Arguments.of(USER, "3"),
        Arguments.of(named(TargetKind.DEVICE, Optional.of(Platform.ANDROID)), "1"),
        Arguments.of(named(TargetKind.DEVICE, Optional.of(Platform.IOS)), "2"),
        Arguments.of(named(TargetKind.REGISTRATION, Optional.of(Platform.HARMONY)), "7"),
        Arguments.of(Audience.Everyone.all(Optional.of(Platform.ANDROID)), "1"),
        Arguments.of(Audience.Everyone.all(Optional.of(Platform.HARMONY)), "7"),
        Arguments.of(Audience.Everyone.all(Optional.empty()), ""),
        Arguments.of(named(TargetKind.DEVICE, Optional.empty()), ""),
        Arguments.of(named(TargetKind.ALIAS, Optional.of(Platform.IOS)), ""));
  }

  @ParameterizedTest
  @MethodSource("audiences")
  void deliveryType_isTheAudiences_andAbsentWhereTheVendorHasNone(Audience audience, String type) {
    Kind kind = audience instanceof Audience.Everyone ? Kind.BROADCAST : Kind.SIMPLE;
    schedule(new Trigger.Once(MpaasFixture.START.plus(HOUR)), kind, audience);

    assertThat(each(query().send(), "DeliveryType")).containsExactly(type);
  }

  @Test
  void type_isWhatKindOfPush() {
    Trigger trigger = new Trigger.Once(MpaasFixture.START.plus(HOUR));
    schedule(trigger, Kind.MULTIPLE, USER);
    schedule(trigger, Kind.BROADCAST, Audience.Everyone.all(Optional.of(Platform.IOS)));
    once(HOUR);

    assertThat(each(query().send(), "Type")).containsExactlyInAnyOrder("2", "3", "0");
    assertThat(each(query().param("Type", "2").send(), "Type")).containsExactly("2");
    assertThat(total(query().param("Type", "1").send())).isZero();
  }

  @Test
  void time_isThatOfTheFiring_bothEndsIncluded() {
    String first = once(HOUR);
    String second = once(HOUR.multipliedBy(2));
    String third = once(HOUR.multipliedBy(3));

    Answer answer =
        query()
            .param("StartTime", millis(MpaasFixture.START.plus(HOUR)))
            .param("EndTime", millis(MpaasFixture.START.plus(HOUR.multipliedBy(2))))
            .send();

    assertThat(listed(answer)).containsExactly(first, second).doesNotContain(third);
  }

  @Test
  void uniqueId_ofAParent_listsItsChildren_ofAChild_itself() {
    once(HOUR);
    ScheduleResult.Accepted cycle = daily(3);
    String parent = cycle.schedule().id().value();
    String child = ids(cycle).get(1);

    assertThat(listed(query().param("UniqueId", parent).send())).isEqualTo(ids(cycle));
    assertThat(listed(query().param("UniqueId", " " + child).send())).containsExactly(child);
    assertThat(
            listed(
                query()
                    .param("UniqueId", parent)
                    .param("EndTime", millis(Instant.parse("2026-11-22T01:00:00Z")))
                    .send()))
        .isEqualTo(ids(cycle).subList(0, 2));
    assertThat(total(query().param("UniqueId", "0".repeat(32)).send())).isZero();
    assertThat(total(query().param("UniqueId", "714613eb").send())).isZero();
  }

  @Test
  void pages_areCutFromTheWhole_whichIsCounted() {
    List<String> all = ids(daily(10));

    Answer third = query().param("PageNumber", "3").param("PageSize", "4").send();
    Answer fourth = query().param("PageNumber", "4").param("PageSize", "4").send();

    assertThat(listed(third)).isEqualTo(all.subList(8, 10));
    assertThat(total(third)).isEqualTo(10);
    assertThat(listed(fourth)).isEmpty();
    assertThat(total(fourth)).isEqualTo(10);
    assertThat(listed(query().send())).isEqualTo(all);
  }

  @Test
  void page_isOf500_unlessSaidOtherwise() {
    for (int i = 0; i < 6; i++) {
      daily(100);
    }

    Answer answer = query().send();
    Answer second = query().param("PageNumber", "2").send();

    assertThat(listed(answer)).hasSize(500);
    assertThat(total(answer)).isEqualTo(600);
    assertThat(listed(second)).hasSize(100).doesNotContainAnyElementsOf(listed(answer));
  }

  @Test
  void executed_isWhatWasPushed_notWhatWasDropped() {
    once(HOUR);
    fixture.clock.advance(HOUR);
    fixture.engine.schedules().runOnce();
    once(HOUR.multipliedBy(2));
    fixture.clock.advance(HOUR.multipliedBy(2));
    fixture.engine.schedules().runOnce();
    once(HOUR.multipliedBy(4));

    assertThat(each(query().send(), "ExecutedStatus")).containsExactly("1", "0", "0");
  }

  @Test
  void cancelled_isNotListed() {
    List<String> cycle = ids(daily(3));
    fixture
        .action("CancelPushScheduler")
        .param("UniqueIds", cycle.get(1))
        .param("Type", "1")
        .send();

    assertThat(listed(query().send())).containsExactly(cycle.get(0), cycle.get(2));
    assertThat(total(query().param("UniqueId", cycle.get(1)).send())).isZero();
  }

  @Test
  void mpsList_isTheSame_withTheTimesOptional() {
    String id = once(HOUR);

    assertThat(listed(fixture.action("QueryMpsSchedulerList").send())).containsExactly(id);
    assertThat(
            listed(
                fixture
                    .action("QueryMpsSchedulerList")
                    .param("StartTime", millis(MpaasFixture.START.plus(HOUR).plusMillis(1)))
                    .send()))
        .isEmpty();
  }

  @Test
  void anotherAppsSchedules_areNeitherListedNorCancelled() {
    String id = once(HOUR);

    assertThat(total(fixture.otherAppAction("QueryMpsSchedulerList").send())).isZero();
    assertThat(
            fixture
                .otherAppAction("CancelPushScheduler")
                .param("UniqueIds", id)
                .send()
                .text("/ResultContent"))
        .isEqualTo("{" + id + "=0}");
  }

  @ParameterizedTest
  @CsvSource({
    "StartTime, '', must not be blank",
    "StartTime, yesterday, must be a whole number from 0 to 253402300799999",
    "EndTime, 253402300800000, must be a whole number from 0 to 253402300799999",
    "EndTime, 1, must not be before StartTime",
    "Type, 4, must be a whole number from 0 to 3",
    "PageNumber, 0, must be a whole number from 1 to 1000000",
    "PageSize, 0, must be a whole number from 1 to 1000",
    "PageSize, 1001, must be a whole number from 1 to 1000",
  })
  void wrongValue_isInvalid_andNamed(String name, String value, String problem) {
    Answer answer = query().param(name, value).send();

    assertThat(answer.reply().status()).isEqualTo(200);
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactly("RequestId", "ResultCode", "ResultMessage");
    assertThat(answer.outcome()).isEqualTo("3028 INVALID_PARAM: " + name + " " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"StartTime", "EndTime"})
  void absentTime_isMissing(String name) {
    assertThat(query().withoutParam(name).send().outcome()).isEqualTo("400 Missing" + name);
  }

  // From the push on

  @Test
  void pushForLater_isListedUnderWhatItAnswered_firesOnce_andTheRestIsCancelled() {
    fixture.register("d1", "user1024");
    String cycle =
        "{\"startTime\":%1$s,\"endTime\":%2$s,\"circleType\":1,\"time\":\"09:00:00\"}"
            .formatted(
                millis(MpaasFixture.START), millis(MpaasFixture.START.plus(Duration.ofDays(2))));
    String parent =
        fixture
            .pushSimple()
            .param("StrategyType", "2")
            .param("StrategyContent", cycle)
            .send()
            .data();

    Answer before = query().param("UniqueId", parent).send();
    List<String> children = listed(before);
    fixture.clock.advance(Duration.ofMinutes(40));
    fixture.engine.schedules().runOnce();
    fixture
        .action("CancelPushScheduler")
        .param("Type", "1")
        .param("UniqueIds", children.get(1))
        .send();
    Answer after = query().param("UniqueId", parent).send();

    assertThat(each(before, "ParentId")).containsExactly(parent, parent, parent);
    assertThat(each(before, "PushTitle")).containsOnly("标题");
    assertThat(each(before, "ExecutedStatus")).containsOnly("0");
    assertThat(listed(after)).containsExactly(children.get(0), children.get(2));
    assertThat(each(after, "ExecutedStatus")).containsExactly("1", "0");
    assertThat(
            fixture
                .action("QueryPushAnalysisCoreIndex")
                .param("StartTime", millis(MpaasFixture.START))
                .param("EndTime", millis(MpaasFixture.START))
                .send()
                .json()
                .at("/ResultContent/Data/PushTotalNum")
                .asInt())
        .isEqualTo(1);
  }

  // Cancellation

  @Test
  void cancel_ofAParent_cancelsAllThatIsToCome() {
    ScheduleResult.Accepted cycle = daily(3);
    fixture.clock.advance(HOUR);
    fixture.engine.schedules().runOnce();
    String parent = cycle.schedule().id().value();

    Answer answer = cancel(parent);

    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    assertThat(answer.json().path("ResultContent").isTextual()).isTrue();
    assertThat(answer.text("/ResultContent")).isEqualTo("{" + parent + "=1}");
    assertThat(listed(query().send())).isEqualTo(ids(cycle).subList(0, 1));
    assertThat(cancel(parent).text("/ResultContent")).isEqualTo("{" + parent + "=0}");
  }

  @Test
  void cancel_ofSeveral_tellsOfEach_inTheirOrder() {
    String first = once(HOUR);
    fixture.clock.advance(HOUR);
    fixture.engine.schedules().runOnce();
    String second = once(HOUR.multipliedBy(2));

    Answer answer = cancel(" " + first + ", 714613ed ," + second + "," + second + ",");

    assertThat(answer.text("/ResultContent"))
        .isEqualTo("{" + first + "=0,714613ed=0," + second + "=1}");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "1, 0, 1"})
  void type_saysWhetherIdsAreParents_orChildren(String type, String ofParent, String ofChild) {
    ScheduleResult.Accepted cycle = daily(2);
    String parent = cycle.schedule().id().value();
    String child = ids(cycle).getLast();

    Answer answer =
        fixture
            .action("CancelMpsScheduler")
            .param("Type", type)
            .param("UniqueIds", parent + "," + child)
            .send();

    assertThat(answer.text("/ResultContent"))
        .isEqualTo("{%s=%s,%s=%s}".formatted(parent, ofParent, child, ofChild));
    assertThat(total(query().send())).isEqualTo(type.equals("0") ? 0 : 1);
  }

  @Test
  void fixedTime_isCancelled_underEitherType() {
    String first = once(HOUR);
    String second = once(HOUR);

    assertThat(cancel(first).text("/ResultContent")).isEqualTo("{" + first + "=1}");
    assertThat(
            fixture
                .action("CancelPushScheduler")
                .param("Type", "1")
                .param("UniqueIds", second)
                .send()
                .text("/ResultContent"))
        .isEqualTo("{" + second + "=1}");
  }

  @Test
  void cancelled_doesNotFire() {
    fixture.register("d1", "user1024");
    String id = once(HOUR);
    cancel(id);

    fixture.clock.advance(HOUR);
    fixture.engine.schedules().runOnce();

    assertThat(
            fixture
                .action("RevokePushMessage")
                .param("MessageId", "m1")
                .param("TargetId", "user1024")
                .send()
                .outcome())
        .isEqualTo("3028 INVALID_PARAM");
  }

  @ParameterizedTest
  @CsvSource({
    "UniqueIds, ' ', must not be blank",
    "UniqueIds, ' , ', has no id",
    "Type, 2, must be a whole number from 0 to 1",
  })
  void wrongCancellation_isInvalid_andNamed(String name, String value, String problem) {
    Answer answer =
        fixture.action("CancelPushScheduler").param("UniqueIds", "a").param(name, value).send();

    assertThat(answer.outcome()).isEqualTo("3028 INVALID_PARAM: " + name + " " + problem);
  }

  @Test
  void moreThan30Ids_areTooMany_andNoneIsCancelled() {
    String id = once(HOUR);
    String thirty = id + numbers(29);

    assertThat(cancel(thirty + ",x").outcome())
        .isEqualTo("3028 INVALID_PARAM: UniqueIds has 31 ids, at most 30");
    assertThat(listed(query().send())).containsExactly(id);
    assertThat(cancel(thirty).text("/ResultContent")).startsWith("{" + id + "=1,0=0,1=0");
  }

  private static String numbers(int count) {
    var all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(',').append(i);
    }
    return all.toString();
  }
}
