// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests pushes to one user.
class PushTest {
  private static final String SINGLE = "pushMessageToSingleAction";

  private final WireFixture wire = new WireFixture();
  private final Registration ada = wire.fixture.android("ada", "t1");

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void push_waitsForItsUser() {
    JsonNode answer = wire.push(ada, WireFixture.text("hello"));

    assertThat(answer.path("result").asText()).isEqualTo("ok");
    assertThat(answer.path("status").asText()).isEqualTo("successed_offline");
    assertThat(answer.path("taskId").asText()).matches("OSS-0101_[0-9a-f]{32}");
    assertThat(wire.fixture.tasks(ada))
        .containsExactly(WireFixture.number(answer.path("taskId").asText()));
    assertThat(wire.fixture.mailbox(ada).getFirst().content())
        .isEqualTo(new DataMessage("hello", Map.of()));
  }

  @Test
  void emoji_countAsOneCharacterEach() {
    wire.push(ada, WireFixture.text("😀".repeat(3_072)));

    assertThat(wire.fixture.mailbox(ada).getFirst().content())
        .isEqualTo(new DataMessage("😀".repeat(3_072), Map.of()));
    assertThat(wire.push(ada, WireFixture.text("😀".repeat(3_073))).path("result").asText())
        .isEqualTo("transmissionContent length overlimit");
  }

  @Test
  void push_toAConnectedUser_isOnline() {
    TestDevice phone = wire.fixture.connect(ada);

    JsonNode answer = wire.push(ada, WireFixture.text("hello"));

    assertThat(answer.path("status").asText()).isEqualTo("successed_online");
    assertThat(phone.contents()).containsExactly(new DataMessage("hello", Map.of()));
  }

  @Test
  void push_toAnAlias_reachesAllWhoHaveIt() {
    Registration tablet = wire.fixture.android("ada");
    TestDevice phone = wire.fixture.connect(tablet);
    String fields =
        WireFixture.APP + "'alias':'ada','needAliasDetail':true," + WireFixture.text("hello");

    JsonNode answer = wire.call(SINGLE, fields);

    assertThat(answer.path("status").asText()).isEqualTo("successed_online");
    assertThat(answer.path("aliasDetails").path(ada.id().value()).asText())
        .isEqualTo("successed_offline");
    assertThat(answer.path("aliasDetails").path(tablet.id().value()).asText())
        .isEqualTo("successed_online");
    assertThat(phone.tasks()).hasSize(1);
    assertThat(wire.fixture.tasks(ada)).hasSize(1);
  }

  @Test
  void sameRequest_getsTheFirstAnswer_andIsDeliveredOnce() {
    String fields = wire.toCid(ada, WireFixture.text("hello"));
    JsonNode first = wire.call(SINGLE, fields);
    wire.fixture.connect(ada);

    JsonNode again = wire.call(SINGLE, fields);

    assertThat(again).isEqualTo(first);
    assertThat(
            wire.fixture
                .engine
                .tasks()
                .deliveries(ada.app(), WireFixture.number(first.path("taskId").asText()), "", 9))
        .hasSize(1);
    assertThat(wire.fixture.tasks(ada)).hasSizeLessThanOrEqualTo(1);
  }

  /// Holds also if another message comes with the id.
  @Test
  void sameRequestId_withOtherMessage_isTheFirst() {
    String id = "'requestId':'5f2b1c'";
    String fields = WireFixture.APP + "'clientId':'" + ada.id() + "'," + id + ",";

    JsonNode first = wire.call(SINGLE, fields + WireFixture.text("one"));
    JsonNode again = wire.call(SINGLE, fields + WireFixture.text("two"));

    assertThat(again).isEqualTo(first);
    assertThat(wire.fixture.tasks(ada)).hasSize(1);
  }

  /// Treats pushes without `isOffline` as ones for connected users.
  @ParameterizedTest
  @ValueSource(
      strings = {"", ",'isOffline':false,'offlineExpireTime':3600000", ",'isOffline':null"})
  void onlineOnlyPush_expiresSoon(String terms) {
    String message =
        "'clientData':'" + WireMessages.transmission() + "','transmissionContent':'x'" + terms;
    assertThat(wire.push(ada, message).path("result").asText()).isEqualTo("ok");

    wire.fixture.clock.advance(Duration.ofSeconds(2));

    assertThat(wire.fixture.tasks(ada)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "7200000, 119, 1",
    "7200000, 121, 0",
    "0, 59, 1",
    "0, 61, 0",
    "null, 61, 0",
    "'''7200000''', 61, 1"
  })
  void push_isKept_forItsTime(String millis, int minutes, int left) {
    String message =
        "'clientData':'%s','transmissionContent':'x','isOffline':'true','offlineExpireTime':%s"
            .formatted(WireMessages.transmission(), millis);
    assertThat(wire.push(ada, message).path("result").asText()).isEqualTo("ok");

    wire.fixture.clock.advance(Duration.ofMinutes(minutes));

    assertThat(wire.fixture.tasks(ada)).hasSize(left);
  }

  /// Accepts one to 72 hours, as the document says. A message that is not kept has no time that
  /// could be wrong.
  @ParameterizedTest
  @CsvSource({
    "true, 3599999, Error",
    "true, 1, Error",
    "true, 3600000, ok",
    "true, 259200000, ok",
    "true, 259200001, Error",
    "false, 60000, ok"
  })
  void offlineTime_isOneToSeventyTwoHours(boolean offline, long millis, String result) {
    String message =
        "'clientData':'%s','transmissionContent':'x','isOffline':%s,'offlineExpireTime':%d"
            .formatted(WireMessages.transmission(), offline, millis);

    assertThat(wire.push(ada, message).path("result").asText()).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "apns-collapse-id, IOS, 1",
    "apns-collapse-i, IOS, 1",
    "apns-collapse-id, ANDROID, 2"
  })
  void sameCollapseId_replaces_onIphonesOnly(String member, Platform platform, int left) {
    Registration phone = wire.fixture.phone(platform, Optional.empty());
    String clientData =
        WireMessages.text(
            WireMessages.withApple(
                WireMessages.steps(WireMessages.startApp()).setTemplateId(4),
                "{\"aps\":{\"alert\":\"a\"},\"%s\":\"parcel\"}".formatted(member)));
    wire.push(phone, WireFixture.message(clientData, "x"));
    wire.push(phone, WireFixture.message(clientData, "x"));

    assertThat(wire.fixture.tasks(phone)).hasSize(left);
  }

  @Test
  void tooLongCollapseId_isAPushInfoError() {
    String clientData =
        WireMessages.text(
            WireMessages.withApple(
                WireMessages.steps(WireMessages.startApp()).setTemplateId(4),
                "{\"aps\":{\"alert\":\"a\"},\"apns-collapse-id\":\"%s\"}"
                    .formatted("x".repeat(65))));

    assertThat(wire.push(ada, WireFixture.message(clientData, "x")).path("result").asText())
        .isEqualTo("ParsePushInfoError");
  }

  /// Reads `duration`, the time within which a message may be shown.
  @Test
  void push_isNotKept_beyondItsDuration() {
    long now = wire.fixture.clock.millis();
    String condition = "duration=" + (now - 1) + "-" + (now + 600_000);
    String clientData =
        WireMessages.text(
            WireMessages.steps(WireMessages.notice(), WireMessages.startApp())
                .setCondition(0, condition));
    wire.push(ada, WireFixture.message(clientData, ""));
    assertThat(wire.fixture.tasks(ada)).hasSize(1);

    wire.fixture.clock.advance(Duration.ofMinutes(11));

    assertThat(wire.fixture.tasks(ada)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "duration=0, ok",
    "'', ok",
    "duration=1-2, Error",
    "duration=x, Error",
    "weather, Error"
  })
  void duration_isChecked(String condition, String result) {
    String clientData =
        WireMessages.text(
            WireMessages.steps(WireMessages.notice(), WireMessages.startApp())
                .setCondition(0, condition));

    assertThat(wire.push(ada, WireFixture.message(clientData, "")).path("result").asText())
        .isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({"1, ok", "2, NOTarget", "3, ok", "4, ok", "5, Error"})
  void strategy_isJsonInAText(int strategy, String result) {
    String fields =
        WireFixture.text("x") + ",'strategyJson':'{\\\"default\\\":" + strategy + ",\\\"hw\\\":1}'";

    assertThat(wire.push(ada, fields).path("result").asText()).isEqualTo(result);
  }

  @Test
  void notification_replacesTheOneWithItsId() {
    String message =
        WireFixture.message(WireMessages.notification(WireMessages.field("notifyid", "7")), "");
    wire.push(ada, message);

    JsonNode second = wire.push(ada, message);

    assertThat(wire.fixture.tasks(ada))
        .containsExactly(WireFixture.number(second.path("taskId").asText()));
  }

  @Test
  void blockedUser_getsNothing() {
    wire.call(
        "blackCidAction",
        WireFixture.APP + "'optType':1,'cidList':[" + WireFixture.quoted(ada) + "]");

    assertThat(wire.push(ada, WireFixture.text("x")).path("status").asText())
        .isEqualTo("successed_ignore");
    assertThat(wire.fixture.tasks(ada)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"t1, successed_offline, 1", "t2, successed_ignore, 0"})
  void push_byTag_reachesWhoHasIt(String tag, String status, int got) {
    JsonNode answer =
        wire.call(
            "pushMessageToSingleByTagAction",
            wire.toCid(ada, WireFixture.text("x") + ",'tag':'" + tag + "'"));

    assertThat(answer.path("status").asText()).isEqualTo(status);
    assertThat(wire.fixture.tasks(ada)).hasSize(got);
  }

  /// Accepts an old library's JSON, which has `null` for absent values.
  @Test
  void nulls_areTreatedAsAbsent() {
    Registration ios = wire.fixture.phone(Platform.IOS, Optional.empty());
    String fields =
        WireFixture.APP
            + "'clientId':'%s','alias':null,'pushType':null,'pushNetWorkType':null,"
                .formatted(ios.id())
            + "'requestId':null,'transmissionContent':null,'strategyJson':null,'clientData':'"
            + WireMessages.notification()
            + "','isOffline':true,'more':{'a':[1]}";

    assertThat(wire.result(SINGLE, fields)).isEqualTo("ok");
    assertThat(wire.fixture.tasks(ios)).hasSize(1);
  }
}
