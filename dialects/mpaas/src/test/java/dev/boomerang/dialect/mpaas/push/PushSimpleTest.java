// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.boomerang.dialect.mpaas.fixture.ClientSigning;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
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
  private final MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void emoji_countAsOneCharacterEach() {
    String key = "{\"user1024\":\"%s\"}";

    assertThat(
            fixture
                .pushSimple()
                .param("TargetMsgkey", key.formatted("😀".repeat(256)))
                .send()
                .outcome())
        .isEqualTo("OK SUCCESS");
    assertThat(
            fixture
                .pushSimple()
                .param("TargetMsgkey", key.formatted("😀".repeat(257)))
                .send()
                .outcome())
        .doesNotContain("SUCCESS");
  }

  @Test
  void push_becomesATask() {
    fixture.register("d1", "user1024");
    fixture.register("d2", "user1024");

    Answer answer =
        fixture
            .pushSimple()
            .param("TaskName", "测试任务")
            .param("TargetMsgkey", "{\"user1024\":\"m1\",\"nobody\":1578807462788}")
            .param("PushStyle", "2")
            .param(
                "ImageUrls", "{\"defaultUrl\":\"https://e/a.png\",\"miuiUrl\":\"https://e/b.png\"}")
            .param("IconUrls", "{\"hmsUrl\":\"https://e/i.png\",\"oppoUrl\":\"\"}")
            .param("PushAction", "1")
            .param("Uri", "intent://x")
            .param("Silent", "1")
            .param("NotifyType", "transparent")
            .param("ExtendedParams", "{\"key1\":\"value1\",\"n\":2,\"o\":{\"p\":[1]}}")
            .send();

    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    assertThat(answer.json().at("/PushResult/Success").asBoolean()).isTrue();
    assertThat(answer.resultMsg()).isEqualTo("SUCCESS");
    Task task = fixture.task(answer.data());
    assertThat(task.name()).isEqualTo("测试任务");
    assertThat(task.origin()).isEqualTo("mpaas");
    assertThat(task.counts()).isEqualTo(new Task.TargetCounts(2, 1));
    assertThat(task.expiresAt()).isEqualTo(MpaasFixture.START.plusSeconds(300));
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
    assertThat(fixture.engine.tasks().messages(new AppId(MpaasFixture.APP), task.id()))
        .extracting(Message::target, message -> message.messageId().orElseThrow())
        .containsExactly(tuple("user1024", "m1"), tuple("nobody", "1578807462788"));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 0", "7, 0"})
  void deviceTarget_isADeviceOrRegistrationId_onItsPlatformOnly(String type, int reached) {
    String registration = fixture.register("d1", "u").id().value();

    Answer answer =
        fixture
            .pushSimple()
            .param("DeliveryType", type)
            .param("TargetMsgkey", "{\"" + registration + "\":\"m1\"}")
            .send();
    Answer byDeviceId =
        fixture
            .pushSimple()
            .param("DeliveryType", type)
            .param("TargetMsgkey", "{\"d1\":\"m2\"}")
            .send();

    assertThat(fixture.task(answer.data()).counts().deliveries()).isEqualTo(reached);
    assertThat(fixture.task(byDeviceId.data()).counts().deliveries()).isEqualTo(reached);
  }

  @Test
  void optionalParameters_mayBeAbsentOrBlank() {
    SignedRequest push = fixture.pushSimple().withoutParam("TaskName").param("Uri", "");
    for (String name :
        "PushStyle Silent NotifyType PushAction StrategyType ImageUrls".split(" ", -1)) {
      push = push.param(name, "");
    }

    Answer answer = push.send();

    var content = (Notification) fixture.task(answer.data()).content();
    assertThat(content.silent()).isFalse();
    assertThat(content.click()).isEmpty();
    assertThat(content.appearance().style()).isEqualTo(Style.DEFAULT);
  }

  @Test
  void strategyContent_meansNothing_forAPushThatGoesOutAtOnce() {
    assertThat(
            fixture
                .pushSimple()
                .param("StrategyType", "0")
                .param("StrategyContent", "{broken")
                .send()
                .outcome())
        .isEqualTo("OK SUCCESS");
  }

  @Test
  void vendorParameters_travelUnderTheirOwnNames() {
    Answer answer =
        fixture
            .pushSimple()
            .param("ThirdChannelCategory", "{\"hms\":\"9\"}")
            .param("NotifyLevel", "{\"hms\": \"1\"}")
            .param("TransparentMessagePayload.hms.k", "v")
            .param("TransparentMessagePayload.fcm", "w")
            .param("TransparentMessageUrgency", "HIGH")
            .param("Classification", "0")
            .param("ChannelId", "c")
            .param("MiChannelId", "mi")
            .param("SmsStrategy", "1")
            .param("SmsSignName", "sign")
            .param("SmsTemplateCode", "SMS_1")
            .param("SmsTemplateParam", "{\"a\":1}")
            .param("TenantId", "T")
            .param("VendorTemplate", "v")
            .param("ActivityEvent", "update")
            .param("ActivityContentState", "{\"s\":1}")
            .param("DismissalDate", "1795220400")
            .send();

    Map<String, String> hints = fixture.task(answer.data()).vendorHints();
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
    Answer answer =
        fixture.pushSimple().param("TransparentMessagePayload", "{\"hms\":{\"k\":1}}").send();

    assertThat(fixture.task(answer.data()).vendorHints())
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
    Answer answer = fixture.pushSimple().param(name, value).send();

    assertThat(answer.reply().status()).isEqualTo(200);
    assertThat(answer.outcome()).isEqualTo(verdict);
    assertThat(answer.json().at("/PushResult/Success").asBoolean(true)).isFalse();
    assertThat(answer.resultMsg()).startsWith(verdict.substring(5) + ": " + name + " ");
    assertThat(fixture.pushSimple().send().outcome())
        .as("nothing was half done")
        .isEqualTo("OK SUCCESS");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11})
  void targets_areAtMostTen(int count) {
    Answer answer = fixture.pushSimple().param("TargetMsgkey", members("u", count)).send();

    assertThat(answer.outcome())
        .isEqualTo(count == 10 ? "OK SUCCESS" : "3029 SINGLE_PUSH_TARGET_TOO_MUCH");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 21})
  void extendedParams_areAtMostTwenty(int count) {
    Answer answer = fixture.pushSimple().param("ExtendedParams", members("k", count)).send();

    assertThat(answer.outcome())
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
            fixture
                .pushSimple()
                .param(
                    "ExtendedParams", "{\"badge_add_num\":99,\"badge_class\":\"c\",\"big_text\":1}")
                .send()
                .outcome())
        .isEqualTo("OK SUCCESS");
  }

  @Test
  void textOfMoreThanTwoKilobytes_isTooLong() {
    String title = "标";
    String longest = "x".repeat(2_048 - 3);

    assertThat(
            fixture.pushSimple().param("Title", title).param("Content", longest).send().outcome())
        .isEqualTo("OK SUCCESS");
    assertThat(
            fixture
                .pushSimple()
                .param("Title", title)
                .param("Content", longest + "x")
                .send()
                .outcome())
        .isEqualTo("3043 SINGLE_PUSH_CONTENT_TOO_LONG");
    assertThat(
            fixture
                .pushSimple()
                .param("Title", title)
                .param("Content", longest)
                .param("ExtendedParams", "{\"k\":\"v\"}")
                .send()
                .outcome())
        .isEqualTo("3050 MSG_PAYLOAD_TOO_LONG");
  }

  @ParameterizedTest
  @CsvSource({
    "TaskName, 257",
    "ChannelId, 257",
    "VendorTemplate, 4097",
  })
  void textLongerThanWeKeep_isRefused(String name, int length) {
    assertThat(fixture.pushSimple().param(name, "x".repeat(length)).send().resultMsg())
        .isEqualTo("INVALID_PARAM: %s must have at most %d characters".formatted(name, length - 1));
  }

  @ParameterizedTest
  @CsvSource({"513, 1", "1, 257"})
  void targetOrMessageIdLongerThanWeKeep_isRefused(int target, int messageId) {
    String targets = Json.object().put("u".repeat(target), "m".repeat(messageId)).toString();

    assertThat(fixture.pushSimple().param("TargetMsgkey", targets).send().outcome())
        .isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void vendorObjectLongerThanWeKeep_isRefused() {
    String object = Json.object().put("hms", "x".repeat(5_000)).toString();

    assertThat(fixture.pushSimple().param("TransparentMessagePayload", object).send().outcome())
        .isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void otherCharset_isToldSo_thoughTheSignatureIsRight() {
    // Signed over the bytes D6 D0 (GBK) as they are, which UTF-8 has no reading for.
    SignedRequest push = fixture.pushSimple().param("Content", "\u00d6\u00d0");
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
    String ours = push.send(sent).text("/Message");
    String signed =
        ClientSigning.base64HmacSha1(
            MpaasFixture.SECRET + "&", ours.substring(ours.indexOf(':') + 1));
    String query =
        call.query().replaceAll("Signature=[^&]*", "Signature=" + ClientSigning.encoded(signed));
    var right = new Call("POST", "/", query, call.headers(), sent.body(), "", Map.of());

    Answer answer = push.send(right);

    assertThat(answer.outcome()).isEqualTo("3031 REQUEST_SHOULD_BE_UTF8");
    assertThat(answer.resultMsg()).isEqualTo("REQUEST_SHOULD_BE_UTF8: Content must be UTF-8");
  }

  @Test
  void sameMessageAgain_getsTheFirstAnswer_andDeliversNothingMore() {
    fixture.register("d1", "user1024");

    Answer first = fixture.pushSimple().send();
    fixture.clock.advance(Duration.ofMinutes(1));
    Answer again = fixture.pushSimple().send();

    assertThat(again.outcome()).isEqualTo("OK SUCCESS");
    assertThat(again.data()).isEqualTo(first.data());
    assertThat(again.text("/RequestId")).isNotEqualTo(first.text("/RequestId"));
  }

  @Test
  void messageIdOfAnotherMessage_isRefused() {
    Answer first = fixture.pushSimple().send();

    Answer other = fixture.pushSimple().param("Title", "another").send();

    assertThat(other.outcome()).isEqualTo("3028 INVALID_PARAM");
    assertThat(other.resultMsg()).startsWith("INVALID_PARAM: TargetMsgkey ").contains(first.data());
  }

  @Test
  void app_neverMeetsAnothersUsersOrMessageIds() {
    fixture.register("d1", "user1024");
    Answer ours = fixture.pushSimple().send();
    SignedRequest theirs =
        fixture
            .otherAppAction("PushSimple")
            .param("DeliveryType", "3")
            .param("ExpiredSeconds", "300")
            .param("Title", "t")
            .param("Content", "c")
            .param("TargetMsgkey", "{\"user1024\":\"m1\"}");

    assertThat(theirs.send().outcome()).isEqualTo("OK SUCCESS");
    assertThat(theirs.param("AppId", MpaasFixture.APP).send().outcome())
        .isEqualTo("3007 APPID_WRONG");
    assertThat(fixture.task(ours.data()).counts().deliveries()).isEqualTo(1);
    assertThat(
            fixture
                .engine
                .tasks()
                .find(new AppId(MpaasFixture.OTHER_APP), fixture.task(ours.data()).id()))
        .isEmpty();
  }
}
