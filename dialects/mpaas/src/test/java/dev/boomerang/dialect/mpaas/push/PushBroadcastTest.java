// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.RecordingDevice;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushBroadcastTest {
  private static final String TEXT = "恭喜中奖200元";

  private final MpaasFixture fixture = MpaasFixture.open();

  @BeforeEach
  void template() {
    fixture.createTemplate();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private RecordingDevice phone(Platform platform, String id, Optional<String> user) {
    return new RecordingDevice(fixture, fixture.register(platform, id, user));
  }

  private RecordingDevice bound(String id) {
    return phone(Platform.ANDROID, id, Optional.of(id));
  }

  private RecordingDevice unbound(String id) {
    return phone(Platform.ANDROID, id, Optional.empty());
  }

  private String sent(SignedRequest push) {
    Answer answer = push.send();
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    return answer.data();
  }

  @Test
  void broadcast_reachesThoseWhoAreThere_andThoseWhoCome_onceEach() {
    RecordingDevice here = bound("here").connect();
    RecordingDevice away = bound("away");

    Task task =
        fixture.task(sent(fixture.pushBroadcast().param("ExtendedParams", "{\"k\":\"v\"}")));
    fixture.clock.advance(Duration.ofSeconds(299));
    RecordingDevice late = bound("late").connect();

    assertThat(here.bodies()).containsExactly(TEXT);
    assertThat(here.contents().getFirst().extras()).isEqualTo(Map.of("k", "v"));
    assertThat(away.connect().bodies()).containsExactly(TEXT);
    assertThat(late.bodies()).containsExactly(TEXT);
    for (RecordingDevice recordingDevice : List.of(here, away, late)) {
      assertThat(recordingDevice.leave().connect().bodies()).hasSize(1);
    }
    assertThat(task.source())
        .isEqualTo(new Source("mpaas", Source.Kind.BROADCAST, Optional.of("won")));
    assertThat(fixture.engine.tasks().messages(new AppId(MpaasFixture.APP), task.id()))
        .extracting(Message::messageId)
        .containsExactly(Optional.of("b1"));
  }

  @Test
  void deviceThatComesAfterItsLifetime_doesNotHearOfIt() {
    RecordingDevice away = bound("away");
    sent(fixture.pushBroadcast());
    fixture.clock.advance(Duration.ofMinutes(5));

    assertThat(away.connect().bodies()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, ANDROID", "2, IOS", "7, HARMONY"})
  void deliveryType_isThePlatform(String type, Platform platform) {
    sent(fixture.pushBroadcast().param("DeliveryType", type));

    for (Platform each : List.of(Platform.ANDROID, Platform.IOS, Platform.HARMONY)) {
      RecordingDevice recordingDevice = phone(each, each.wire(), Optional.of("u")).connect();
      assertThat(recordingDevice.bodies()).as(each.wire()).hasSize(each == platform ? 1 : 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "1, 1, 1", "2, 0, 1", "'', 1, 0"})
  void pushStatus_isWhetherThereIsAUser(String status, int atBound, int atUnbound) {
    sent(fixture.pushBroadcast().param("PushStatus", status).param("UnBindPeriod", "4"));

    assertThat(bound("b").connect().bodies()).hasSize(atBound);
    assertThat(unbound("u").connect().bodies()).hasSize(atUnbound);
  }

  /// Ages are in days at the moment of the broadcast.
  @ParameterizedTest
  @CsvSource({
    "1, 7, true",
    "1, 8, false",
    "2, 15, true",
    "2, 16, false",
    "3, 60, true",
    "3, 61, false",
    "4, 400, true",
  })
  void periods_reachBackSoManyDays(String period, int age, boolean reached) {
    Registration user = fixture.register("d1", "ada");
    Registration stranger = fixture.register(Platform.ANDROID, "d2", Optional.empty());
    fixture.clock.advance(Duration.ofDays(age));
    sent(
        fixture
            .pushBroadcast()
            .param("PushStatus", "1")
            .param("BindPeriod", period)
            .param("UnBindPeriod", period));

    for (Registration registration : List.of(user, stranger)) {
      assertThat(new RecordingDevice(fixture, registration).connect().bodies())
          .hasSize(reached ? 1 : 0);
    }
  }

  @Test
  void period_countsFromTheLastChangeOfTheUser() {
    Registration device = fixture.register("d1", "ada");
    fixture.clock.advance(Duration.ofDays(30));
    fixture.register("d1", "bob");
    sent(fixture.pushBroadcast().param("PushStatus", "0").param("BindPeriod", "1"));

    assertThat(new RecordingDevice(fixture, device).connect().bodies()).hasSize(1);
  }

  @Test
  void userWhoIsBoundWithinTheLifetime_isReached() {
    Registration device = fixture.register(Platform.ANDROID, "d1", Optional.empty());
    RecordingDevice recordingDevice = new RecordingDevice(fixture, device);
    sent(fixture.pushBroadcast().param("BindPeriod", "1"));
    assertThat(recordingDevice.connect().bodies()).isEmpty();
    recordingDevice.leave();

    fixture
        .action("PushBind")
        .param("DeliveryToken", "d1")
        .param("OsType", "1")
        .param("UserId", "ada")
        .send();

    assertThat(recordingDevice.connect().bodies()).hasSize(1);
  }

  @Test
  void timeMode1_asksForStartAndEnd() {
    Registration old = fixture.register("old", "u1");
    fixture.clock.advance(Duration.ofDays(10));
    Registration meant = fixture.register("meant", "u2");
    Registration stranger = fixture.register(Platform.ANDROID, "stranger", Optional.empty());
    fixture.clock.advance(Duration.ofDays(10));
    Registration fresh = fixture.register("fresh", "u3");
    String start = Long.toString(MpaasFixture.START.plus(Duration.ofDays(9)).toEpochMilli());
    String end = Long.toString(MpaasFixture.START.plus(Duration.ofDays(11)).toEpochMilli());
    SignedRequest push = fixture.pushBroadcast().param("TimeMode", "1");

    sent(push.param("BindStartTime", start).param("BindEndTime", end));
    sent(
        push.param("Msgkey", "b2")
            .param("PushStatus", "2")
            .param("UnBindStartTime", start)
            .param("UnBindEndTime", end));

    assertThat(new RecordingDevice(fixture, meant).connect().bodies()).hasSize(1);
    assertThat(new RecordingDevice(fixture, stranger).connect().bodies()).hasSize(1);
    assertThat(new RecordingDevice(fixture, old).connect().bodies()).isEmpty();
    assertThat(new RecordingDevice(fixture, fresh).connect().bodies()).isEmpty();
  }

  @Test
  void parametersThatThePushStatusDoesNotAskFor_meanNothing() {
    sent(
        fixture
            .pushBroadcast()
            .param("PushStatus", "0")
            .param("BindPeriod", "4")
            .param("UnBindPeriod", "9")
            .param("UnBindEndTime", "x")
            .param("AndroidChannel", "2"));

    assertThat(bound("b").connect().bodies()).hasSize(1);
  }

  @Test
  void androidChannel_travelsWithIt() {
    Task task = fixture.task(sent(fixture.pushBroadcast().param("AndroidChannel", "1")));

    assertThat(task.vendorHints()).isEqualTo(Map.of("AndroidChannel", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TaskName | `` | 3019 TASKNAME_NULL",
        "DeliveryType | 3 | 3030 BROADCAST_ONLY_SUPPORT_BY_DEVICE",
        "DeliveryType | `` | 3009 DELIVERY_TYPE_NOT_SUPPORTED",
        "DeliveryType | 5 | 3009 DELIVERY_TYPE_NOT_SUPPORTED",
        "ExpiredSeconds | x | 3020 EXPIREDSECONDS_WRONG",
        "ExpiredSeconds | 2592001 | 3026 EXPIREDTIME_TOO_LONG",
        "TemplateName | `` | 3025 NEED_TEMPLATE",
        "TemplateName | none | 3022 TEMPLATE_NOT_EXIST",
        "TemplateKeyValue | {} | 3023 TEMPLATEKV_NOT_ENOUGH",
        "TemplateKeyValue | x | 3028 INVALID_PARAM",
        "Msgkey | ` ` | 3028 INVALID_PARAM",
        "PushStatus | 3 | 3028 INVALID_PARAM",
        "PushStatus | all | 3028 INVALID_PARAM",
        "BindPeriod | 5 | 3028 INVALID_PARAM",
        "BindPeriod | 0 | 3028 INVALID_PARAM",
        "TimeMode | 2 | 3028 INVALID_PARAM",
        "AndroidChannel | 3 | 3057 ANDROID_CHANNEL_PARAM_INVALID",
        "AndroidChannel | x | 3057 ANDROID_CHANNEL_PARAM_INVALID",
        "StrategyType | 3 | 3028 INVALID_PARAM",
        "ExtendedParams | {\"pushType\":1} | 3044 INVALID_EXTEND_PARAM",
        "Silent | 3 | 3028 INVALID_PARAM",
      })
  void wrongValue_getsItsCode_andTheMessageNamesIt(String name, String value, String verdict) {
    refused(fixture.pushBroadcast().param(name, value), verdict, name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PushStatus=1 | 3051 BROADCAST_ALL_USER_NEED_UNBIND_PERIOD | UnBindPeriod",
        "PushStatus=2 | 3051 BROADCAST_ALL_USER_NEED_UNBIND_PERIOD | UnBindPeriod",
        "PushStatus=2&TimeMode=1 | 3051 BROADCAST_ALL_USER_NEED_UNBIND_PERIOD | UnBindStartTime",
        "PushStatus=1&UnBindPeriod=0 | 3052 BROADCAST_ALL_USER_UNBIND_PERIOD_INVALID"
            + " | UnBindPeriod",
        "PushStatus=2&UnBindPeriod=5 | 3052 BROADCAST_ALL_USER_UNBIND_PERIOD_INVALID"
            + " | UnBindPeriod",
        "PushStatus=2&TimeMode=1&UnBindStartTime=2&UnBindEndTime=1"
            + " | 3052 BROADCAST_ALL_USER_UNBIND_PERIOD_INVALID | UnBindEndTime",
        "PushStatus=2&TimeMode=1&UnBindStartTime=2"
            + " | 3052 BROADCAST_ALL_USER_UNBIND_PERIOD_INVALID | UnBindEndTime",
        "PushStatus=1&UnBindPeriod=4&AndroidChannel=1"
            + " | 3053 BROADCAST_ALL_USER_NOT_SUPPORT_SELFCHANNEL_ANDROID | AndroidChannel",
        "PushStatus=1&UnBindPeriod=4&BindPeriod=9 | 3028 INVALID_PARAM | BindPeriod",
        "TimeMode=1 | 3028 INVALID_PARAM | BindStartTime",
        "TimeMode=1&BindStartTime=2&BindEndTime=1 | 3028 INVALID_PARAM | BindEndTime",
        "TimeMode=1&BindEndTime=1 | 3028 INVALID_PARAM | BindStartTime",
        "TimeMode=1&BindStartTime=x&BindEndTime=1 | 3028 INVALID_PARAM | BindStartTime",
      })
  void rulesThatDoNotHoldTogether_haveTheirCodes(String params, String verdict, String named) {
    SignedRequest push = fixture.pushBroadcast();
    for (String param : params.split("&", -1)) {
      String[] parts = param.split("=", 2);
      push = push.param(parts[0], parts[1]);
    }
    refused(push, verdict, named);
  }

  private void refused(SignedRequest push, String verdict, String named) {
    Answer answer = push.send();

    assertThat(answer.reply().status()).isEqualTo(200);
    assertThat(answer.outcome()).isEqualTo(verdict);
    assertThat(answer.resultMsg()).startsWith(verdict.substring(5) + ": " + named + " ");
    assertThat(fixture.countTasksAndOccurrences()).as("nothing was stored").isZero();
  }

  @Test
  void ownChannelForAll_isRefusedOnAndroidOnly() {
    assertThat(
            fixture
                .pushBroadcast()
                .param("DeliveryType", "2")
                .param("PushStatus", "1")
                .param("UnBindPeriod", "4")
                .param("AndroidChannel", "1")
                .send()
                .outcome())
        .isEqualTo("OK SUCCESS");
  }

  @Test
  void filledTemplateOfMoreThanTwoKilobytes_isTooLong() {
    String values = "{\"name\":\"n\",\"money\":\"" + "x".repeat(2_048) + "\"}";

    refused(
        fixture.pushBroadcast().param("TemplateKeyValue", values),
        "3050 MSG_PAYLOAD_TOO_LONG",
        "TemplateKeyValue");
  }

  @Test
  void msgkeyLongerThanWeKeep_isRefused() {
    refused(
        fixture.pushBroadcast().param("Msgkey", "m".repeat(257)), "3028 INVALID_PARAM", "Msgkey");
  }

  @Test
  void sameBroadcastAgain_getsTheFirstAnswer_alsoIfItsRuleReachesBack() {
    RecordingDevice here = bound("here").connect();
    SignedRequest push = fixture.pushBroadcast().param("BindPeriod", "1");
    String first = sent(push);
    fixture.clock.advance(Duration.ofMinutes(5));

    assertThat(sent(push)).isEqualTo(first);
    assertThat(here.bodies()).hasSize(1);
    Answer other = push.param("BindPeriod", "2").send();
    assertThat(other.resultMsg())
        .isEqualTo("INVALID_PARAM: Msgkey has a message id that was used before, by task " + first);
    assertThat(fixture.countTasksAndOccurrences()).isEqualTo(1);
  }

  @Test
  void anotherApp_neverHearsOfIt() {
    Registration foreign =
        fixture
            .engine
            .registrations()
            .register(
                new AppId(MpaasFixture.OTHER_APP),
                new Device(Platform.ANDROID, Optional.of("d"), Map.of()),
                Profile.EMPTY.withUser(Optional.of("u")),
                Map.of())
            .registration();
    sent(fixture.pushBroadcast());

    assertThat(new RecordingDevice(fixture, foreign).connect().bodies()).isEmpty();
  }

  @Test
  void revokedBroadcast_isTakenOffEveryDevice_andKeptFromThoseWhoCome() {
    RecordingDevice here = bound("here").connect();
    RecordingDevice away = bound("away");
    String task = sent(fixture.pushBroadcast());

    Answer revoked = fixture.action("RevokePushTask").param("TaskId", task).send();

    assertThat(revoked.outcome()).isEqualTo("OK SUCCESS");
    assertThat(here.withdrawn()).isEqualTo(1);
    assertThat(away.connect().bodies()).isEmpty();
    assertThat(bound("late").connect().bodies()).isEmpty();
  }
}
