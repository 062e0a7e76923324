// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.fixture.MpaasFixture.bodies;
import static dev.boomerang.dialect.mpaas.fixture.MpaasFixture.notifications;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.kit.fixture.TestDevice;
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

  private Registration bound(String id) {
    return fixture.register(Platform.ANDROID, id, Optional.of(id));
  }

  private Registration unbound(String id) {
    return fixture.register(Platform.ANDROID, id, Optional.empty());
  }

  private String sent(SignedRequest push) {
    Answer answer = push.send();
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    return answer.data();
  }

  @Test
  void broadcast_reachesThoseWhoAreThere_andThoseWhoCome_onceEach() {
    TestDevice here = fixture.connect(bound("here"));
    Registration away = bound("away");

    Task task =
        fixture.task(sent(fixture.pushBroadcast().param("ExtendedParams", "{\"k\":\"v\"}")));
    fixture.clock.advance(Duration.ofSeconds(299));
    TestDevice late = fixture.connect(bound("late"));

    assertThat(bodies(here)).containsExactly(TEXT);
    assertThat(notifications(here).getFirst().extras()).isEqualTo(Map.of("k", "v"));
    assertThat(bodies(fixture.connect(away))).containsExactly(TEXT);
    assertThat(bodies(late)).containsExactly(TEXT);
    for (Registration registration : List.of(here.registration(), away, late.registration())) {
      assertThat(bodies(fixture.connect(registration))).isEmpty();
    }
    assertThat(task.source())
        .isEqualTo(new Source("mpaas", Source.Kind.BROADCAST, Optional.of("won")));
    assertThat(fixture.engine.tasks().messages(new AppId(MpaasFixture.APP), task.id()))
        .extracting(Message::messageId)
        .containsExactly(Optional.of("b1"));
  }

  @Test
  void deviceThatComesAfterItsLifetime_doesNotHearOfIt() {
    Registration away = bound("away");
    sent(fixture.pushBroadcast());
    fixture.clock.advance(Duration.ofMinutes(5));

    assertThat(bodies(fixture.connect(away))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, ANDROID", "2, IOS", "7, HARMONY"})
  void deliveryType_isThePlatform(String type, Platform platform) {
    sent(fixture.pushBroadcast().param("DeliveryType", type));

    for (Platform each : List.of(Platform.ANDROID, Platform.IOS, Platform.HARMONY)) {
      TestDevice device = fixture.connect(fixture.register(each, each.wire(), Optional.of("u")));
      assertThat(bodies(device)).as(each.wire()).hasSize(each == platform ? 1 : 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "1, 1, 1", "2, 0, 1", "'', 1, 0"})
  void pushStatus_isWhetherThereIsAUser(String status, int atBound, int atUnbound) {
    sent(fixture.pushBroadcast().param("PushStatus", status).param("UnBindPeriod", "4"));

    assertThat(bodies(fixture.connect(bound("b")))).hasSize(atBound);
    assertThat(bodies(fixture.connect(unbound("u")))).hasSize(atUnbound);
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
      assertThat(bodies(fixture.connect(registration))).hasSize(reached ? 1 : 0);
    }
  }

  @Test
  void period_countsFromTheLastChangeOfTheUser() {
    Registration device = fixture.register("d1", "ada");
    fixture.clock.advance(Duration.ofDays(30));
    fixture.register("d1", "bob");
    sent(fixture.pushBroadcast().param("PushStatus", "0").param("BindPeriod", "1"));

    assertThat(bodies(fixture.connect(device))).hasSize(1);
  }

  @Test
  void userWhoIsBoundWithinTheLifetime_isReached() {
    Registration device = fixture.register(Platform.ANDROID, "d1", Optional.empty());
    sent(fixture.pushBroadcast().param("BindPeriod", "1"));
    TestDevice unbound = fixture.connect(device);
    assertThat(bodies(unbound)).isEmpty();
    unbound.disconnect();

    fixture
        .action("PushBind")
        .param("DeliveryToken", "d1")
        .param("OsType", "1")
        .param("UserId", "ada")
        .send();

    assertThat(bodies(fixture.connect(device))).hasSize(1);
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

    assertThat(bodies(fixture.connect(meant))).hasSize(1);
    assertThat(bodies(fixture.connect(stranger))).hasSize(1);
    assertThat(bodies(fixture.connect(old))).isEmpty();
    assertThat(bodies(fixture.connect(fresh))).isEmpty();
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

    assertThat(bodies(fixture.connect(bound("b")))).hasSize(1);
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
    TestDevice here = fixture.connect(bound("here"));
    SignedRequest push = fixture.pushBroadcast().param("BindPeriod", "1");
    String first = sent(push);
    fixture.clock.advance(Duration.ofMinutes(5));

    assertThat(sent(push)).isEqualTo(first);
    assertThat(bodies(here)).hasSize(1);
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

    assertThat(bodies(fixture.connect(foreign))).isEmpty();
  }

  @Test
  void revokedBroadcast_isTakenOffEveryDevice_andKeptFromThoseWhoCome() {
    TestDevice here = fixture.connect(bound("here"));
    Registration away = bound("away");
    String task = sent(fixture.pushBroadcast());

    Answer revoked = fixture.action("RevokePushTask").param("TaskId", task).send();

    assertThat(revoked.outcome()).isEqualTo("OK SUCCESS");
    assertThat(here.withdrawn()).hasSize(1);
    assertThat(bodies(fixture.connect(away))).isEmpty();
    assertThat(bodies(fixture.connect(bound("late")))).isEmpty();
  }
}
