// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.boomerang.dialect.mpaas.Caller.Answer;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Task;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushSimpleTest {
  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void emoji_countAsOneCharacterEach() {
    String key = "{\"user1024\":\"%s\"}";

    assertThat(world.push().with("TargetMsgkey", key.formatted("😀".repeat(256))).send().verdict())
        .isEqualTo("OK SUCCESS");
    assertThat(world.push().with("TargetMsgkey", key.formatted("😀".repeat(257))).send().verdict())
        .doesNotContain("SUCCESS");
  }

  @Test
  void push_becomesATask() {
    world.device("d1", "user1024");
    world.device("d2", "user1024");

    Answer answer =
        world
            .push()
            .with("TaskName", "测试任务")
            .with("TargetMsgkey", "{\"user1024\":\"m1\",\"nobody\":1578807462788}")
            .with("PushStyle", "2")
            .with(
                "ImageUrls", "{\"defaultUrl\":\"https://e/a.png\",\"miuiUrl\":\"https://e/b.png\"}")
            .with("IconUrls", "{\"hmsUrl\":\"https://e/i.png\",\"oppoUrl\":\"\"}")
            .with("PushAction", "1")
            .with("Uri", "intent://x")
            .with("Silent", "1")
            .with("NotifyType", "transparent")
            .with("ExtendedParams", "{\"key1\":\"value1\",\"n\":2,\"o\":{\"p\":[1]}}")
            .send();

    assertThat(answer.verdict()).isEqualTo("OK SUCCESS");
    assertThat(answer.json().at("/PushResult/Success").asBoolean()).isTrue();
    assertThat(answer.why()).isEqualTo("SUCCESS");
    Task task = world.task(answer.data());
    assertThat(task.name()).isEqualTo("测试任务");
    assertThat(task.origin()).isEqualTo("mpaas");
    assertThat(task.counts()).isEqualTo(new Task.TargetCounts(2, 1));
    assertThat(task.expiresAt()).isEqualTo(World.START.plusSeconds(300));
    assertThat(task.vendorHints()).isEqualTo(Map.of("NotifyType", "transparent"));
    var content = (Notification) task.content();
    assertThat(content.title()).isEqualTo("标题");
    assertThat(content.body()).isEqualTo("内容");
    assertThat(content.silent()).isTrue();
    assertThat(content.click()).isEqualTo(Optional.of(new Click(Action.INTENT, "intent://x")));
    assertThat(content.appearance().style()).isEqualTo(Style.PICTURE);
    assertThat(content.appearance().images())
        .isEqualTo(Map.of("default", "https://e/a.png", "xiaomi", "https://e/b.png"));
    assertThat(content.appearance().icons()).isEqualTo(Map.of("hms", "https://e/i.png"));
    assertThat(content.extras()).isEqualTo(Map.of("key1", "value1", "n", "2", "o", "{\"p\":[1]}"));
    assertThat(world.engine.tasks().messages(new AppId(World.APP), task.id()))
        .extracting(Message::target, message -> message.messageId().orElseThrow())
        .containsExactly(tuple("user1024", "m1"), tuple("nobody", "1578807462788"));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 0", "7, 0"})
  void deviceTarget_isADeviceOrRegistrationId_onItsPlatformOnly(String type, int reached) {
    String registration = world.device("d1", "u").id().value();

    Answer answer =
        world
            .push()
            .with("DeliveryType", type)
            .with("TargetMsgkey", "{\"" + registration + "\":\"m1\"}")
            .send();
    Answer byDeviceId =
        world.push().with("DeliveryType", type).with("TargetMsgkey", "{\"d1\":\"m2\"}").send();

    assertThat(world.task(answer.data()).counts().deliveries()).isEqualTo(reached);
    assertThat(world.task(byDeviceId.data()).counts().deliveries()).isEqualTo(reached);
  }

  @Test
  void optionalParameters_mayBeAbsentOrBlank() {
    Caller push = world.push().without("TaskName").with("Uri", "");
    for (String name :
        "PushStyle Silent NotifyType PushAction StrategyType ImageUrls".split(" ", -1)) {
      push = push.with(name, "");
    }

    Answer answer = push.send();

    var content = (Notification) world.task(answer.data()).content();
    assertThat(content.silent()).isFalse();
    assertThat(content.click()).isEmpty();
    assertThat(content.appearance().style()).isEqualTo(Style.DEFAULT);
  }

  @Test
  void strategyContent_meansNothing_forAPushThatGoesOutAtOnce() {
    assertThat(
            world
                .push()
                .with("StrategyType", "0")
                .with("StrategyContent", "{broken")
                .send()
                .verdict())
        .isEqualTo("OK SUCCESS");
  }

  @Test
  void vendorParameters_travelUnderTheirOwnNames() {
    Answer answer =
        world
            .push()
            .with("ThirdChannelCategory", "{\"hms\":\"9\"}")
            .with("NotifyLevel", "{\"hms\": \"1\"}")
            .with("TransparentMessagePayload.hms.k", "v")
            .with("TransparentMessagePayload.fcm", "w")
            .with("TransparentMessageUrgency", "HIGH")
            .with("Classification", "0")
            .with("ChannelId", "c")
            .with("MiChannelId", "mi")
            .with("SmsStrategy", "1")
            .with("SmsSignName", "sign")
            .with("SmsTemplateCode", "SMS_1")
            .with("SmsTemplateParam", "{\"a\":1}")
            .with("TenantId", "T")
            .with("VendorTemplate", "v")
            .with("ActivityEvent", "update")
            .with("ActivityContentState", "{\"s\":1}")
            .with("DismissalDate", "1795220400")
            .send();

    Map<String, String> hints = world.task(answer.data()).vendorHints();
    assertThat(Json.read(hints.getOrDefault("TransparentMessagePayload", "")))
        .isEqualTo(Json.read("{\"hms\":{\"k\":\"v\"},\"fcm\":\"w\"}"));
    assertThat(hints)
        .containsEntry("ThirdChannelCategory", "{\"hms\":\"9\"}")
        .containsEntry("NotifyLevel", "{\"hms\":\"1\"}")
        .containsEntry("Classification", "0")
        .containsEntry("DismissalDate", "1795220400")
        .hasSize(16);
  }

  @Test
  void transparentMessagePayload_mayBeJsonText() {
    Answer answer = world.push().with("TransparentMessagePayload", "{\"hms\":{\"k\":1}}").send();

    assertThat(world.task(answer.data()).vendorHints())
        .isEqualTo(Map.of("TransparentMessagePayload", "{\"hms\":{\"k\":1}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AppId | ` ` | 3003 NEED_APPID_WORKSPACEID",
        "WorkspaceId | `` | 3003 NEED_APPID_WORKSPACEID",
        "AppId | other | 3007 APPID_WRONG",
        "AppId | OTHER570DA89211721 | 3007 APPID_WRONG",
        "WorkspaceId | default | 3007 APPID_WRONG",
        "TaskName | `` | 3019 TASKNAME_NULL",
        "DeliveryType | `` | 3009 DELIVERY_TYPE_NOT_SUPPORTED",
        "DeliveryType | 0 | 3009 DELIVERY_TYPE_NOT_SUPPORTED",
        "DeliveryType | 4 | 3009 DELIVERY_TYPE_NOT_SUPPORTED",
        "DeliveryType | 5 | 3009 DELIVERY_TYPE_NOT_SUPPORTED",
        "DeliveryType | 6 | 3009 DELIVERY_TYPE_NOT_SUPPORTED",
        "DeliveryType | user | 3009 DELIVERY_TYPE_NOT_SUPPORTED",
        "ExpiredSeconds | `` | 3020 EXPIREDSECONDS_WRONG",
        "ExpiredSeconds | 0 | 3020 EXPIREDSECONDS_WRONG",
        "ExpiredSeconds | -1 | 3020 EXPIREDSECONDS_WRONG",
        "ExpiredSeconds | 1.5 | 3020 EXPIREDSECONDS_WRONG",
        "ExpiredSeconds | 99999999999999999999 | 3020 EXPIREDSECONDS_WRONG",
        "ExpiredSeconds | 2592001 | 3026 EXPIREDTIME_TOO_LONG",
        "ExpiredSeconds | 9223372036854775807 | 3026 EXPIREDTIME_TOO_LONG",
        "TargetMsgkey | `` | 3021 TOKEN_OR_USERID_NULL",
        "TargetMsgkey | {} | 3021 TOKEN_OR_USERID_NULL",
        "TargetMsgkey | {\" \":\"m\"} | 3021 TOKEN_OR_USERID_NULL",
        "TargetMsgkey | user1024 | 3028 INVALID_PARAM",
        "TargetMsgkey | [\"user1024\"] | 3028 INVALID_PARAM",
        "TargetMsgkey | {\"u\":\"\"} | 3028 INVALID_PARAM",
        "TargetMsgkey | {\"u\":null} | 3028 INVALID_PARAM",
        "TargetMsgkey | {\"u\":{}} | 3028 INVALID_PARAM",
        "TargetMsgkey | {\"u\":\"m\",\"v\":\"m\"} | 3028 INVALID_PARAM",
        "Title | ` ` | 3024 PAYLOAD_NOT_ENOUGH",
        "Content | `` | 3024 PAYLOAD_NOT_ENOUGH",
        "PushAction | 2 | 3028 INVALID_PARAM",
        "Silent | 2 | 3028 INVALID_PARAM",
        "NotifyType | loud | 3028 INVALID_PARAM",
        "PushStyle | 3 | 3028 INVALID_PARAM",
        "ImageUrls | x | 3028 INVALID_PARAM",
        "ImageUrls | {\"nokiaUrl\":\"u\"} | 3028 INVALID_PARAM",
        "IconUrls | {\"hmsUrl\":1} | 3028 INVALID_PARAM",
        "StrategyType | 1 | 3028 INVALID_PARAM",
        "StrategyType | 2 | 3028 INVALID_PARAM",
        "StrategyType | 3 | 3028 INVALID_PARAM",
        "StrategyType | now | 3028 INVALID_PARAM",
        "ExtendedParams | [] | 3044 INVALID_EXTEND_PARAM",
        "ExtendedParams | a=b | 3044 INVALID_EXTEND_PARAM",
        "ExtendedParams | {\"taskId\":\"1\"} | 3044 INVALID_EXTEND_PARAM",
        "ExtendedParams | {\"\":\"1\"} | 3044 INVALID_EXTEND_PARAM",
        "ExtendedParams | {\"big_text\":2} | 3044 INVALID_EXTEND_PARAM",
        "ExtendedParams | {\"badge_add_num\":0,\"badge_class\":\"c\"} | 3058 BADGE_ADD_NUM_INVALID",
        "ExtendedParams | {\"badge_add_num\":100,\"badge_class\":\"c\"} | 3058"
            + " BADGE_ADD_NUM_INVALID",
        "ExtendedParams | {\"badge_add_num\":\"+1\",\"badge_class\":\"c\"} | 3058"
            + " BADGE_ADD_NUM_INVALID",
        "ExtendedParams | {\"badge_add_num\":1} | 3059 BADGE_ADD_NUM_NEED_BADGE_CLASS",
        "Classification | 2 | 3028 INVALID_PARAM",
        "ThirdChannelCategory | 9 | 3028 INVALID_PARAM",
        "NotifyLevel | low | 3028 INVALID_PARAM",
        "TransparentMessagePayload | {hms={k=v}} | 3028 INVALID_PARAM",
        "ActivityContentState | x | 3028 INVALID_PARAM",
        "DismissalDate | tomorrow | 3028 INVALID_PARAM",
        "SmsStrategy | x | 3028 INVALID_PARAM",
        "SmsTemplateParam | x | 3028 INVALID_PARAM",
      })
  void wrongValue_getsItsCode_andTheMessageNamesIt(String name, String value, String verdict) {
    Answer answer = world.push().with(name, value).send();

    assertThat(answer.reply().status()).isEqualTo(200);
    assertThat(answer.verdict()).isEqualTo(verdict);
    assertThat(answer.json().at("/PushResult/Success").asBoolean(true)).isFalse();
    assertThat(answer.why()).startsWith(verdict.substring(5) + ": " + name + " ");
    assertThat(world.push().send().verdict()).as("nothing was half done").isEqualTo("OK SUCCESS");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11})
  void targets_areAtMostTen(int count) {
    Answer answer = world.push().with("TargetMsgkey", members("u", count)).send();

    assertThat(answer.verdict())
        .isEqualTo(count == 10 ? "OK SUCCESS" : "3029 SINGLE_PUSH_TARGET_TOO_MUCH");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 21})
  void extendedParams_areAtMostTwenty(int count) {
    Answer answer = world.push().with("ExtendedParams", members("k", count)).send();

    assertThat(answer.verdict())
        .isEqualTo(count == 20 ? "OK SUCCESS" : "3035 EXTEND_PARAM_TO_MUCH");
  }

  private static String members(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"%s%d\":\"%d\"".formatted(prefix, i, i))
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void badge_withItsClass_isTaken() {
    assertThat(
            world
                .push()
                .with(
                    "ExtendedParams", "{\"badge_add_num\":99,\"badge_class\":\"c\",\"big_text\":1}")
                .send()
                .verdict())
        .isEqualTo("OK SUCCESS");
  }

  @Test
  void textOfMoreThanTwoKilobytes_isTooLong() {
    String title = "标";
    String longest = "x".repeat(2_048 - 3);

    assertThat(world.push().with("Title", title).with("Content", longest).send().verdict())
        .isEqualTo("OK SUCCESS");
    assertThat(world.push().with("Title", title).with("Content", longest + "x").send().verdict())
        .isEqualTo("3043 SINGLE_PUSH_CONTENT_TOO_LONG");
    assertThat(
            world
                .push()
                .with("Title", title)
                .with("Content", longest)
                .with("ExtendedParams", "{\"k\":\"v\"}")
                .send()
                .verdict())
        .isEqualTo("3050 MSG_PAYLOAD_TOO_LONG");
  }

  @ParameterizedTest
  @CsvSource({
    "TaskName, 257",
    "ChannelId, 257",
    "VendorTemplate, 4097",
  })
  void textLongerThanWeKeep_isRefused(String name, int length) {
    assertThat(world.push().with(name, "x".repeat(length)).send().why())
        .isEqualTo("INVALID_PARAM: %s must have at most %d characters".formatted(name, length - 1));
  }

  @ParameterizedTest
  @CsvSource({"513, 1", "1, 257"})
  void targetOrMessageIdLongerThanWeKeep_isRefused(int target, int messageId) {
    String targets = Json.object().put("u".repeat(target), "m".repeat(messageId)).toString();

    assertThat(world.push().with("TargetMsgkey", targets).send().verdict())
        .isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void vendorObjectLongerThanWeKeep_isRefused() {
    String object = Json.object().put("hms", "x".repeat(5_000)).toString();

    assertThat(world.push().with("TransparentMessagePayload", object).send().verdict())
        .isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void otherCharset_isToldSo_thoughTheSignatureIsRight() {
    // Signed over the bytes D6 D0 (GBK) as they are, which UTF-8 has no reading for.
    Caller push = world.push().with("Content", "\u00d6\u00d0");
    Call call = push.rpc();
    String gbk = call.body().text().replace("%C3%96%C3%90", "%D6%D0");
    var sent =
        new Call(
            "POST",
            "/",
            call.query(),
            call.headers(),
            Body.of(gbk.getBytes(ISO_8859_1)),
            "",
            Map.of());
    String ours = push.answered(sent).text("/Message");
    String signed =
        Signing.base64HmacSha1(World.SECRET + "&", ours.substring(ours.indexOf(':') + 1));
    String query =
        call.query().replaceAll("Signature=[^&]*", "Signature=" + Signing.encoded(signed));
    var right = new Call("POST", "/", query, call.headers(), sent.body(), "", Map.of());

    Answer answer = push.answered(right);

    assertThat(answer.verdict()).isEqualTo("3031 REQUEST_SHOULD_BE_UTF8");
    assertThat(answer.why()).isEqualTo("REQUEST_SHOULD_BE_UTF8: Content must be UTF-8");
  }

  @Test
  void sameMessageAgain_getsTheFirstAnswer_andDeliversNothingMore() {
    world.device("d1", "user1024");

    Answer first = world.push().send();
    world.clock.advance(Duration.ofMinutes(1));
    Answer again = world.push().send();

    assertThat(again.verdict()).isEqualTo("OK SUCCESS");
    assertThat(again.data()).isEqualTo(first.data());
    assertThat(again.text("/RequestId")).isNotEqualTo(first.text("/RequestId"));
  }

  @Test
  void messageIdOfAnotherMessage_isRefused() {
    Answer first = world.push().send();

    Answer other = world.push().with("Title", "another").send();

    assertThat(other.verdict()).isEqualTo("3028 INVALID_PARAM");
    assertThat(other.why()).startsWith("INVALID_PARAM: TargetMsgkey ").contains(first.data());
  }

  @Test
  void app_neverMeetsAnothersUsersOrMessageIds() {
    world.device("d1", "user1024");
    Answer ours = world.push().send();
    Caller theirs =
        world
            .otherCall("PushSimple")
            .with("DeliveryType", "3")
            .with("ExpiredSeconds", "300")
            .with("Title", "t")
            .with("Content", "c")
            .with("TargetMsgkey", "{\"user1024\":\"m1\"}");

    assertThat(theirs.send().verdict()).isEqualTo("OK SUCCESS");
    assertThat(theirs.with("AppId", World.APP).send().verdict()).isEqualTo("3007 APPID_WRONG");
    assertThat(world.task(ours.data()).counts().deliveries()).isEqualTo(1);
    assertThat(world.engine.tasks().find(new AppId(World.OTHER_APP), world.task(ours.data()).id()))
        .isEmpty();
  }
}
