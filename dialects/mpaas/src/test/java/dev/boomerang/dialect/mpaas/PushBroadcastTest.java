// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.Caller.Answer;
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

  private final World world = World.open();

  @BeforeEach
  void template() {
    world.template();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Phone phone(Platform platform, String id, Optional<String> user) {
    return new Phone(world, world.device(platform, id, user));
  }

  private Phone bound(String id) {
    return phone(Platform.ANDROID, id, Optional.of(id));
  }

  private Phone unbound(String id) {
    return phone(Platform.ANDROID, id, Optional.empty());
  }

  private String sent(Caller push) {
    Answer answer = push.send();
    assertThat(answer.verdict()).isEqualTo("OK SUCCESS");
    return answer.data();
  }

  @Test
  void broadcast_reachesThoseWhoAreThere_andThoseWhoCome_onceEach() {
    Phone here = bound("here").connect();
    Phone away = bound("away");

    Task task = world.task(sent(world.broadcast().with("ExtendedParams", "{\"k\":\"v\"}")));
    world.clock.advance(Duration.ofSeconds(299));
    Phone late = bound("late").connect();

    assertThat(here.bodies()).containsExactly(TEXT);
    assertThat(here.contents().getFirst().extras()).isEqualTo(Map.of("k", "v"));
    assertThat(away.connect().bodies()).containsExactly(TEXT);
    assertThat(late.bodies()).containsExactly(TEXT);
    for (Phone phone : List.of(here, away, late)) {
      assertThat(phone.leave().connect().bodies()).hasSize(1);
    }
    assertThat(task.source())
        .isEqualTo(new Source("mpaas", Source.Kind.BROADCAST, Optional.of("won")));
    assertThat(world.engine.tasks().messages(new AppId(World.APP), task.id()))
        .extracting(Message::messageId)
        .containsExactly(Optional.of("b1"));
  }

  @Test
  void deviceThatComesAfterItsLifetime_doesNotHearOfIt() {
    Phone away = bound("away");
    sent(world.broadcast());
    world.clock.advance(Duration.ofMinutes(5));

    assertThat(away.connect().bodies()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, ANDROID", "2, IOS", "7, HARMONY"})
  void deliveryType_isThePlatform(String type, Platform platform) {
    sent(world.broadcast().with("DeliveryType", type));

    for (Platform each : List.of(Platform.ANDROID, Platform.IOS, Platform.HARMONY)) {
      Phone phone = phone(each, each.wire(), Optional.of("u")).connect();
      assertThat(phone.bodies()).as(each.wire()).hasSize(each == platform ? 1 : 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "1, 1, 1", "2, 0, 1", "'', 1, 0"})
  void pushStatus_isWhetherThereIsAUser(String status, int atBound, int atUnbound) {
    sent(world.broadcast().with("PushStatus", status).with("UnBindPeriod", "4"));

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
    Registration user = world.device("d1", "ada");
    Registration stranger = world.device(Platform.ANDROID, "d2", Optional.empty());
    world.clock.advance(Duration.ofDays(age));
    sent(
        world
            .broadcast()
            .with("PushStatus", "1")
            .with("BindPeriod", period)
            .with("UnBindPeriod", period));

    for (Registration registration : List.of(user, stranger)) {
      assertThat(new Phone(world, registration).connect().bodies()).hasSize(reached ? 1 : 0);
    }
  }

  @Test
  void period_countsFromTheLastChangeOfTheUser() {
    Registration device = world.device("d1", "ada");
    world.clock.advance(Duration.ofDays(30));
    world.device("d1", "bob");
    sent(world.broadcast().with("PushStatus", "0").with("BindPeriod", "1"));

    assertThat(new Phone(world, device).connect().bodies()).hasSize(1);
  }

  @Test
  void userWhoIsBoundWithinTheLifetime_isReached() {
    Registration device = world.device(Platform.ANDROID, "d1", Optional.empty());
    Phone phone = new Phone(world, device);
    sent(world.broadcast().with("BindPeriod", "1"));
    assertThat(phone.connect().bodies()).isEmpty();
    phone.leave();

    world
        .call("PushBind")
        .with("DeliveryToken", "d1")
        .with("OsType", "1")
        .with("UserId", "ada")
        .send();

    assertThat(phone.connect().bodies()).hasSize(1);
  }

  @Test
  void timeMode1_asksForStartAndEnd() {
    Registration old = world.device("old", "u1");
    world.clock.advance(Duration.ofDays(10));
    Registration meant = world.device("meant", "u2");
    Registration stranger = world.device(Platform.ANDROID, "stranger", Optional.empty());
    world.clock.advance(Duration.ofDays(10));
    Registration fresh = world.device("fresh", "u3");
    String start = Long.toString(World.START.plus(Duration.ofDays(9)).toEpochMilli());
    String end = Long.toString(World.START.plus(Duration.ofDays(11)).toEpochMilli());
    Caller push = world.broadcast().with("TimeMode", "1");

    sent(push.with("BindStartTime", start).with("BindEndTime", end));
    sent(
        push.with("Msgkey", "b2")
            .with("PushStatus", "2")
            .with("UnBindStartTime", start)
            .with("UnBindEndTime", end));

    assertThat(new Phone(world, meant).connect().bodies()).hasSize(1);
    assertThat(new Phone(world, stranger).connect().bodies()).hasSize(1);
    assertThat(new Phone(world, old).connect().bodies()).isEmpty();
    assertThat(new Phone(world, fresh).connect().bodies()).isEmpty();
  }

  @Test
  void parametersThatThePushStatusDoesNotAskFor_meanNothing() {
    sent(
        world
            .broadcast()
            .with("PushStatus", "0")
            .with("BindPeriod", "4")
            .with("UnBindPeriod", "9")
            .with("UnBindEndTime", "x")
            .with("AndroidChannel", "2"));

    assertThat(bound("b").connect().bodies()).hasSize(1);
  }

  @Test
  void androidChannel_travelsWithIt() {
    Task task = world.task(sent(world.broadcast().with("AndroidChannel", "1")));

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
    refused(world.broadcast().with(name, value), verdict, name);
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
    Caller push = world.broadcast();
    for (String param : params.split("&", -1)) {
      String[] parts = param.split("=", 2);
      push = push.with(parts[0], parts[1]);
    }
    refused(push, verdict, named);
  }

  private void refused(Caller push, String verdict, String named) {
    Answer answer = push.send();

    assertThat(answer.reply().status()).isEqualTo(200);
    assertThat(answer.verdict()).isEqualTo(verdict);
    assertThat(answer.why()).startsWith(verdict.substring(5) + ": " + named + " ");
    assertThat(world.stored()).as("nothing was stored").isZero();
  }

  @Test
  void ownChannelForAll_isRefusedOnAndroidOnly() {
    assertThat(
            world
                .broadcast()
                .with("DeliveryType", "2")
                .with("PushStatus", "1")
                .with("UnBindPeriod", "4")
                .with("AndroidChannel", "1")
                .send()
                .verdict())
        .isEqualTo("OK SUCCESS");
  }

  @Test
  void filledTemplateOfMoreThanTwoKilobytes_isTooLong() {
    String values = "{\"name\":\"n\",\"money\":\"" + "x".repeat(2_048) + "\"}";

    refused(
        world.broadcast().with("TemplateKeyValue", values),
        "3050 MSG_PAYLOAD_TOO_LONG",
        "TemplateKeyValue");
  }

  @Test
  void msgkeyLongerThanWeKeep_isRefused() {
    refused(world.broadcast().with("Msgkey", "m".repeat(257)), "3028 INVALID_PARAM", "Msgkey");
  }

  @Test
  void sameBroadcastAgain_getsTheFirstAnswer_alsoIfItsRuleReachesBack() {
    Phone here = bound("here").connect();
    Caller push = world.broadcast().with("BindPeriod", "1");
    String first = sent(push);
    world.clock.advance(Duration.ofMinutes(5));

    assertThat(sent(push)).isEqualTo(first);
    assertThat(here.bodies()).hasSize(1);
    Answer other = push.with("BindPeriod", "2").send();
    assertThat(other.why())
        .isEqualTo("INVALID_PARAM: Msgkey has a message id that was used before, by task " + first);
    assertThat(world.stored()).isEqualTo(1);
  }

  @Test
  void anotherApp_neverHearsOfIt() {
    Registration foreign =
        world
            .engine
            .registrations()
            .register(
                new AppId(World.OTHER_APP),
                new Device(Platform.ANDROID, Optional.of("d"), Map.of()),
                Profile.EMPTY.withUser(Optional.of("u")),
                Map.of())
            .registration();
    sent(world.broadcast());

    assertThat(new Phone(world, foreign).connect().bodies()).isEmpty();
  }

  @Test
  void revokedBroadcast_isTakenOffEveryDevice_andKeptFromThoseWhoCome() {
    Phone here = bound("here").connect();
    Phone away = bound("away");
    String task = sent(world.broadcast());

    Answer revoked = world.call("RevokePushTask").with("TaskId", task).send();

    assertThat(revoked.verdict()).isEqualTo("OK SUCCESS");
    assertThat(here.withdrawn()).isEqualTo(1);
    assertThat(away.connect().bodies()).isEmpty();
    assertThat(bound("late").connect().bodies()).isEmpty();
  }
}
