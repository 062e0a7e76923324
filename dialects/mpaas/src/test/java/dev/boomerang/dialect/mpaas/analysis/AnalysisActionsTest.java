// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.Receipt.Event;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Source.Kind;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Core numbers, the list of tasks, and one task.
class AnalysisActionsTest {
  private static final AppId APP = new AppId(MpaasFixture.APP);
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  // What there is to count

  private Registration device(Platform platform, String id) {
    Registration registration =
        fixture
            .engine
            .registrations()
            .register(APP, new Device(platform, Optional.of(id), Map.of()), Profile.EMPTY, Map.of())
            .registration();
    TestDevice.silent(fixture.engine.devices(), registration);
    return registration;
  }

  private Task push(Kind kind, String name, Optional<String> template, Audience audience) {
    var push =
        new Push(
            APP,
            name,
            audience,
            Notification.of("标题", "内容"),
            Push.Options.of(new Source(ApiAction.ORIGIN, kind, template), LIFETIME));
    return ((SubmitResult.Accepted) fixture.engine.submissions().submit(push)).task();
  }

  private Task push(Kind kind, String... devices) {
    var targets = List.of(devices).stream().map(Target::of).toList();
    return push(
        kind,
        "t",
        Optional.empty(),
        new Audience.Targeted(TargetKind.DEVICE, targets, Optional.empty()));
  }

  private Task broadcast(String name, Optional<String> template) {
    return push(Kind.BROADCAST, name, template, Audience.Everyone.all(Optional.empty()));
  }

  private void arrived(Task task, Registration... registrations) {
    for (Registration registration : registrations) {
      fixture.engine.devices().acknowledged(new DeliveryId(task.id(), registration.id()));
    }
    fixture.engine.awaitIdle();
  }

  private void report(Task task, Event event, Registration registration) {
    var receipt =
        new Receipt(new DeliveryId(task.id(), registration.id()), event, fixture.clock.instant());
    fixture.engine.devices().receipts(registration.id(), List.of(receipt));
  }

  // Core numbers

  private SignedRequest index() {
    return fixture
        .action("QueryPushAnalysisCoreIndex")
        .param("StartTime", millis(MpaasFixture.START))
        .param("EndTime", millis(MpaasFixture.START));
  }

  private static String millis(Instant time) {
    return Long.toString(time.toEpochMilli());
  }

  private static int total(Answer answer) {
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    return answer.json().at("/ResultContent/Data/PushTotalNum").asInt(-1);
  }

  /// As it is on the wire: a reader may change how numbers are written.
  private static String data(Answer answer) {
    String body = new String(answer.reply().body().bytes(), UTF_8);
    return body.substring(body.indexOf("\"ResultContent\":{\"Data\":") + 24, body.length() - 2);
  }

  @Test
  void index_countsEachStep_andItsShareInPercent() {
    Registration[] phones = new Registration[7];
    for (int i = 0; i < phones.length; i++) {
      phones[i] = device(Platform.ANDROID, "d" + i);
    }
    Task task = push(Kind.MULTIPLE, "d0", "d1", "d2", "d3", "d4", "d5", "d6", "nobody");
    arrived(task, phones[0], phones[1], phones[2], phones[3], phones[4], phones[5]);
    report(task, Event.SHOWN, phones[0]);
    report(task, Event.OPENED, phones[1]);
    report(task, Event.OPENED, phones[2]);
    report(task, Event.DISMISSED, phones[3]);

    Answer answer = index().send();

    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactly("RequestId", "ResultCode", "ResultMessage", "ResultContent");
    assertThat(data(answer))
        .isEqualTo(
            "{\"PushTotalNum\":8.0,\"PushNum\":7.0,\"ArrivalNum\":6.0,\"ArrivalRate\":85.71,"
                + "\"OpenNum\":2.0,\"OpenRate\":33.33,\"IgnoreNum\":1.0,\"IgnoreRate\":16.67}");
  }

  @Test
  void index_ofNothing_isZero() {
    assertThat(data(index().send()))
        .isEqualTo(
            "{\"PushTotalNum\":0.0,\"PushNum\":0.0,\"ArrivalNum\":0.0,\"ArrivalRate\":0.0,"
                + "\"OpenNum\":0.0,\"OpenRate\":0.0,\"IgnoreNum\":0.0,\"IgnoreRate\":0.0}");
  }

  @Test
  void index_ofAll_is100Percent() {
    Task task = push(Kind.SIMPLE, "d");
    assertThat(total(index().send())).isEqualTo(1);
    Registration phone = device(Platform.IOS, "d");
    Task second = push(Kind.SIMPLE, "d");
    arrived(second, phone);

    assertThat(data(index().send())).contains("\"ArrivalRate\":100.00,");
    assertThat(total(index().param("TaskId", task.id().toString()).send())).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Type, SIMPLE, 1",
    "Type, TEMPLATE, 0",
    "Type, MULTIPLE, 4",
    "Type, BROADCAST, 1",
    "Platform, ANDROID, 2",
    "Platform, IOS, 1",
    "Platform, HARMONYOS, 1",
    "Channel, ANDROID, 4",
    "Channel, IOS, 0",
    "Channel, FCM, 0",
    "Channel, HMS, 0",
    "Channel, MIUI, 0",
    "Channel, OPPO, 0",
    "Channel, VIVO, 0",
    "Channel, HARMONYOS, 0",
    "Channel, HONOR, 0",
    "Channel, MEIZU, 0",
  })
  void index_mayBeOfOnePart(String parameter, String word, int expected) {
    device(Platform.ANDROID, "a");
    device(Platform.IOS, "i");
    device(Platform.HARMONY, "h");
    push(Kind.SIMPLE, "a");
    push(Kind.MULTIPLE, "a", "a2", "i", "nobody");
    var rule = Audience.Everyone.all(Optional.of(Platform.HARMONY));
    push(Kind.BROADCAST, "b", Optional.empty(), rule);

    assertThat(total(index().send())).isEqualTo(6);
    assertThat(total(index().param(parameter, word).send())).isEqualTo(expected);
  }

  @Test
  void index_ofATask_heedsTheOtherFilters() {
    device(Platform.ANDROID, "a");
    device(Platform.IOS, "i");
    push(Kind.MULTIPLE, "a", "i");
    Task task = push(Kind.MULTIPLE, "a", "i", "nobody");
    Task broadcast = broadcast("b", Optional.empty());
    SignedRequest ofTask = index().param("TaskId", task.id().toString());
    SignedRequest ofBroadcast = index().param("TaskId", broadcast.id().toString());

    assertThat(total(ofTask.send())).isEqualTo(3);
    assertThat(total(ofTask.param("Platform", "IOS").send())).isEqualTo(1);
    assertThat(total(ofTask.param("Channel", "ANDROID").send())).isEqualTo(2);
    assertThat(total(ofTask.param("Channel", "FCM").param("Platform", "IOS").send())).isEqualTo(0);
    assertThat(total(ofTask.param("Type", "MULTIPLE").send())).isEqualTo(3);
    assertThat(total(ofTask.param("Type", "BROADCAST").send())).isEqualTo(0);
    assertThat(total(ofBroadcast.send())).isEqualTo(2);
    assertThat(total(ofBroadcast.param("Platform", "ANDROID").send())).isEqualTo(1);
    Instant yesterday = MpaasFixture.START.minus(Duration.ofDays(1));
    assertThat(
            total(
                ofTask
                    .param("StartTime", millis(yesterday))
                    .param("EndTime", millis(yesterday))
                    .send()))
        .isEqualTo(0);
  }

  @Test
  void index_ofALargeTask_isWhole() {
    for (int i = 0; i < 1_001; i++) {
      device(Platform.ANDROID, "d" + i);
    }
    Task task = broadcast("b", Optional.empty());

    SignedRequest ofTask =
        index().param("TaskId", task.id().toString()).param("Platform", "ANDROID");
    assertThat(total(ofTask.send())).isEqualTo(1_001);
  }

  @Test
  void index_ofAnUnknownTask_orAnotherApps_isZero() {
    device(Platform.ANDROID, "a");
    Task task = push(Kind.SIMPLE, "a");

    assertThat(total(index().param("TaskId", "20842863").send())).isEqualTo(0);
    SignedRequest other =
        fixture
            .otherAppAction("QueryPushAnalysisCoreIndex")
            .param("StartTime", millis(MpaasFixture.START))
            .param("EndTime", millis(MpaasFixture.START));
    assertThat(total(other.send())).isEqualTo(0);
    assertThat(total(other.param("TaskId", task.id().toString()).send())).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    // 08:20 in Shanghai, on the 21st
    "2026-11-20T16:00:00Z, 2026-11-20T16:00:00Z, 1",
    "2026-11-21T15:59:59Z, 2026-11-21T15:59:59Z, 1",
    "2026-11-20T15:59:59Z, 2026-11-20T15:59:59Z, 0",
    "2026-11-21T16:00:00Z, 2026-11-21T16:00:00Z, 0",
    "2026-08-23T00:00:00Z, 2026-11-21T00:00:00Z, 1",
  })
  void days_areThoseOfTheConfiguredZone_andWhole(Instant start, Instant end, int expected) {
    push(Kind.SIMPLE, "nobody");

    Answer answer = index().param("StartTime", millis(start)).param("EndTime", millis(end)).send();

    assertThat(total(answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "StartTime, ` `, must not be blank",
        "EndTime, ` `, must not be blank",
        "StartTime, 2026-11-21, `must be a whole number from 0 to 253402300799999`",
        "EndTime, 1795276800000, must be at most 90 days after StartTime",
        "EndTime, 1700000000000, must not be before StartTime",
        "Platform, android, `must be one of IOS, ANDROID, HARMONYOS`",
        "Channel, self, `must be one of IOS, FCM, HMS, MIUI, OPPO, VIVO, ANDROID, HARMONYOS, HONOR,"
            + " MEIZU`",
        "Type, 0, `must be one of SIMPLE, TEMPLATE, MULTIPLE, BROADCAST`",
        "TaskId, 903bf653, must be a decimal task id",
      })
  void wrongValue_isInvalid_andNamed(String name, String value, String problem) {
    Answer answer = index().param("StartTime", "1787414400000").param(name, value).send();

    assertThat(answer.reply().status()).isEqualTo(200);
    assertThat(answer.outcome()).isEqualTo("3028 INVALID_PARAM: " + name + " " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"StartTime", "EndTime"})
  void absentTime_isMissing(String name) {
    assertThat(index().withoutParam(name).send().outcome()).isEqualTo("400 Missing" + name);
  }

  // Tasks

  private SignedRequest list() {
    return fixture
        .action("QueryPushAnalysisTaskList")
        .param("StartTime", millis(MpaasFixture.START));
  }

  private static List<String> each(Answer answer, String member) {
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    JsonNode list = answer.json().at("/ResultContent/Data");
    assertThat(list.isArray()).isTrue();
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(member).asText())
        .toList();
  }

  private static List<String> ids(Task... tasks) {
    return List.of(tasks).stream().map(task -> task.id().toString()).toList();
  }

  @Test
  void tasks_areMultipleAndBroadcast_theNewestFirst_inTheVendorsTypes() {
    var template =
        (Templates.CreateResult.Created)
            fixture
                .engine
                .templates()
                .create(APP, new Templates.Draft("模板", "", "", Notification.of("标题", "内容")));
    Task multiple = push(Kind.MULTIPLE, "a", "b");
    push(Kind.SIMPLE, "a");
    push(Kind.TEMPLATE, "a");
    Task broadcast = broadcast("群发", Optional.of("模板"));
    Task orphan = broadcast("b", Optional.of("deleted"));

    Answer answer = list().send();

    assertThat(each(answer, "TaskId")).isEqualTo(ids(orphan, broadcast, multiple));
    assertThat(each(answer, "Type")).containsExactly("3", "3", "2");
    assertThat(each(answer, "TemplateName")).containsExactly("deleted", "模板", "");
    assertThat(each(answer, "TemplateId"))
        .containsExactly("", template.template().id().toString(), "");
    assertThat(answer.json().at("/ResultContent/Data/1").toString())
        .isEqualTo(
            ("{\"TaskId\":\"%s\",\"TaskName\":\"群发\",\"TemplateId\":\"%s\","
                    + "\"TemplateName\":\"模板\",\"Type\":3,\"GmtCreate\":%d,\"List\":[]}")
                .formatted(
                    broadcast.id(), template.template().id(), MpaasFixture.START.toEpochMilli()));
  }

  @Test
  void tasks_areThoseSinceTheDayOfStartTime() {
    Task early = broadcast("a", Optional.empty());
    fixture.clock.advance(Duration.ofDays(1));
    Task late = broadcast("b", Optional.empty());
    String dayEnd = millis(Instant.parse("2026-11-21T15:59:59Z"));
    String nextDay = millis(Instant.parse("2026-11-21T16:00:00Z"));

    assertThat(each(list().param("StartTime", dayEnd).send(), "TaskId"))
        .isEqualTo(ids(late, early));
    assertThat(each(list().param("StartTime", nextDay).send(), "TaskId")).isEqualTo(ids(late));
  }

  @Test
  void tasks_mayBeAskedForByNameAndId_andInPages() {
    Task a1 = broadcast("a", Optional.empty());
    Task b = broadcast("b", Optional.empty());
    Task a2 = broadcast("a", Optional.empty());
    Task simple = push(Kind.SIMPLE, "d");

    assertThat(each(list().param("TaskName", "a").send(), "TaskId")).isEqualTo(ids(a2, a1));
    SignedRequest one = list().param("TaskId", b.id().toString());
    assertThat(each(one.send(), "TaskId")).isEqualTo(ids(b));
    assertThat(each(one.param("TaskName", "b").send(), "TaskId")).isEqualTo(ids(b));
    assertThat(each(one.param("TaskName", "a").send(), "TaskId")).isEmpty();
    assertThat(each(one.param("PageNumber", "2").send(), "TaskId")).isEmpty();
    assertThat(
            each(
                one.param("StartTime", millis(MpaasFixture.START.plus(Duration.ofDays(1)))).send(),
                "TaskId"))
        .isEmpty();
    assertThat(each(list().param("TaskId", simple.id().toString()).send(), "TaskId")).isEmpty();
    assertThat(each(list().param("TaskId", "20842863").send(), "TaskId")).isEmpty();
    SignedRequest pages = list().param("PageSize", "2");
    assertThat(each(pages.send(), "TaskId")).isEqualTo(ids(a2, b));
    assertThat(each(pages.param("PageNumber", "2").send(), "TaskId")).isEqualTo(ids(a1));
    assertThat(each(pages.param("PageNumber", "3").send(), "TaskId")).isEmpty();
  }

  @Test
  void anotherAppsTasks_areNotTold() {
    Task task = broadcast("a", Optional.empty());
    SignedRequest other =
        fixture
            .otherAppAction("QueryPushAnalysisTaskList")
            .param("StartTime", millis(MpaasFixture.START));

    assertThat(each(other.send(), "TaskId")).isEmpty();
    assertThat(each(other.param("TaskId", task.id().toString()).send(), "TaskId")).isEmpty();
    assertThat(
            fixture
                .otherAppAction("QueryPushAnalysisTaskDetail")
                .param("TaskId", task.id().toString())
                .send()
                .outcome())
        .isEqualTo("3028 INVALID_PARAM: TaskId is not that of a task");
  }

  // One task

  private Answer detail(TaskId id) {
    return fixture.action("QueryPushAnalysisTaskDetail").param("TaskId", id.toString()).send();
  }

  @Test
  void detail_hasTheTasksNumbersAndTimes() {
    Registration phone = device(Platform.ANDROID, "a");
    device(Platform.ANDROID, "b");
    Task task = push(Kind.MULTIPLE, "a", "b", "nobody");
    arrived(task, phone);
    fixture.clock.advance(Duration.ofSeconds(96));

    Answer answer = detail(task.id());

    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    assertThat(data(answer))
        .isEqualTo(
            ("{\"TaskId\":%s,\"PushNum\":3.0,\"PushSuccessNum\":2.0,\"PushArrivalNum\":1.0,"
                    + "\"StartTime\":%d,\"EndTime\":%d,\"Duration\":\"00 小时 01 分 36 秒\"}")
                .formatted(
                    task.id(),
                    MpaasFixture.START.toEpochMilli(),
                    MpaasFixture.START.plusSeconds(96).toEpochMilli()));
  }

  @Test
  void detail_ends_whenTheLifetimeDoes() {
    Task task = broadcast("a", Optional.empty());
    fixture.clock.advance(Duration.ofDays(5));

    Answer answer = detail(task.id());

    assertThat(answer.json().at("/ResultContent/Data/EndTime").asLong())
        .isEqualTo(MpaasFixture.START.plus(LIFETIME).toEpochMilli());
    assertThat(answer.text("/ResultContent/Data/Duration")).isEqualTo("00 小时 05 分 00 秒");
  }

  @ParameterizedTest
  @CsvSource({
    "20842863, is not that of a task",
    "0, must be a decimal task id",
    "903bf653c1b5442b9ba07684767bf9c2, must be a decimal task id",
    "' ', must not be blank",
  })
  void detail_ofNoTask_isInvalid(String id, String problem) {
    Answer answer = fixture.action("QueryPushAnalysisTaskDetail").param("TaskId", id).send();

    assertThat(answer.outcome()).isEqualTo("3028 INVALID_PARAM: TaskId " + problem);
  }
}
