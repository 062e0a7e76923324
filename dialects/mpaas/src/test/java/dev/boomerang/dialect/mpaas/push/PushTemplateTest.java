// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushTemplateTest {
  private static final String VALUES = "{\"name\":\"张三\",\"money\":\"200\"}";

  private final MpaasFixture fixture = MpaasFixture.open();

  @BeforeEach
  void template() {
    fixture.createTemplate();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private SignedRequest push() {
    return fixture
        .templatePush("PushTemplate")
        .param("TargetMsgkey", "{\"user1024\":\"m1\"}")
        .param("TemplateKeyValue", VALUES);
  }

  private Notification content(Answer answer) {
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    return (Notification) fixture.task(answer.data()).content();
  }

  @Test
  void push_fillsTheTemplate_forItsTargets() {
    fixture.register("d1", "user1024");

    Answer answer =
        push()
            .param("TargetMsgkey", "{\"user1024\":\"m1\",\"nobody\":\"m2\"}")
            .param("ExtendedParams", "{\"key1\":\"value1\"}")
            .param("NotifyType", "transparent")
            .param("ThirdChannelCategory", "{\"hms\":\"9\"}")
            .send();

    assertThat(content(answer))
        .isEqualTo(
            new Notification(
                "你好张三",
                "恭喜中奖200元",
                dev.boomerang.model.push.Content.Appearance.PLAIN,
                Optional.of(new Click(Action.URL, "https://e/张三")),
                false,
                Map.of("key1", "value1")));
    Task task = fixture.task(answer.data());
    assertThat(task.source())
        .isEqualTo(new Source("mpaas", Source.Kind.TEMPLATE, Optional.of("won")));
    assertThat(task.name()).isEqualTo("t");
    assertThat(task.counts()).isEqualTo(new Task.TargetCounts(1, 1));
    assertThat(task.expiresAt()).isEqualTo(MpaasFixture.START.plusSeconds(300));
    assertThat(task.vendorHints())
        .isEqualTo(Map.of("NotifyType", "transparent", "ThirdChannelCategory", "{\"hms\":\"9\"}"));
    assertThat(fixture.engine.tasks().messages(new AppId(MpaasFixture.APP), task.id()))
        .extracting(Message::target, message -> message.messageId().orElseThrow())
        .containsExactly(tuple("user1024", "m1"), tuple("nobody", "m2"));
  }

  @Test
  void whatTheTemplateIs_holds_unlessThePushSaysOtherwise() {
    fixture
        .action("CreateTemplate")
        .param("TemplateName", "quiet")
        .param("Title", "t")
        .param("Content", "c")
        .param("Uri", "intent://x")
        .param("JumpAction", "1")
        .param("ShowStyle", "1")
        .param("PushStyle", "1")
        .param("IconUrls", "{\"defaultUrl\":\"https://e/i\"}")
        .send();
    SignedRequest push = push().param("TemplateName", "quiet");

    Notification own = content(push.send());
    Notification changed =
        content(
            push.param("TargetMsgkey", "{\"u\":\"m2\"}")
                .param("Silent", "0")
                .param("PushAction", "0")
                .send());

    assertThat(own.silent()).isTrue();
    assertThat(own.click()).hasValue(new Click(Action.INTENT, "intent://x"));
    assertThat(own.appearance().style()).isEqualTo(Style.BIG_TEXT);
    assertThat(own.appearance().icons()).isEqualTo(Map.of("default", "https://e/i"));
    assertThat(changed.silent()).isFalse();
    assertThat(changed.click()).hasValue(new Click(Action.URL, "intent://x"));
    assertThat(changed.appearance()).isEqualTo(own.appearance());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"张三\",\"money\":200,\"unused\":null}",
        "{'name': '张三', 'money': 200}",
        "{'money': 200, 'name': '\\xe5\\xbc\\xa0\\xe4\\xb8\\x89'}",
      })
  void values_mayBeJsonOrWhatPythonWrites(String values) {
    assertThat(content(push().param("TemplateKeyValue", values).send()).body())
        .isEqualTo("恭喜中奖200元");
    assertThat(
            content(
                    push()
                        .param("TemplateKeyValue", values)
                        .param("TargetMsgkey", "{\"u\":\"m2\"}")
                        .send())
                .title())
        .isEqualTo("你好张三");
  }

  @Test
  void values_mayBeTakenApart() {
    Answer answer =
        push()
            .withoutParam("TemplateKeyValue")
            .param("TemplateKeyValue.name", "张三")
            .param("TemplateKeyValue.money", "200")
            .send();

    assertThat(content(answer).title()).isEqualTo("你好张三");
  }

  @Test
  void templateWithoutBlanks_needsNoValues() {
    fixture.createTemplate("plain", "t", "No. #1", "");

    Answer answer = push().param("TemplateName", "plain").withoutParam("TemplateKeyValue").send();

    assertThat(content(answer).body()).isEqualTo("No. #1");
    assertThat(content(answer).click()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TaskName | `` | 3019 TASKNAME_NULL",
        "DeliveryType | 5 | 3009 DELIVERY_TYPE_NOT_SUPPORTED",
        "ExpiredSeconds | 0 | 3020 EXPIREDSECONDS_WRONG",
        "ExpiredSeconds | 2592001 | 3026 EXPIREDTIME_TOO_LONG",
        "TargetMsgkey | {} | 3021 TOKEN_OR_USERID_NULL",
        "TargetMsgkey | x | 3028 INVALID_PARAM",
        "TargetMsgkey | {\"u\":\"m\",\"v\":\"m\"} | 3028 INVALID_PARAM",
        "TemplateName | ` ` | 3025 NEED_TEMPLATE",
        "TemplateName | none | 3022 TEMPLATE_NOT_EXIST",
        "TemplateKeyValue | `` | 3023 TEMPLATEKV_NOT_ENOUGH",
        "TemplateKeyValue | {} | 3023 TEMPLATEKV_NOT_ENOUGH",
        "TemplateKeyValue | {\"name\":\"n\",\"money\":null} | 3023 TEMPLATEKV_NOT_ENOUGH",
        "TemplateKeyValue | {'name': 'n'} | 3023 TEMPLATEKV_NOT_ENOUGH",
        "TemplateKeyValue | name=n | 3028 INVALID_PARAM",
        "TemplateKeyValue | [] | 3028 INVALID_PARAM",
        "TemplateKeyValue | {'name': None, 'money': '1'} | 3028 INVALID_PARAM",
        "TemplateKeyValue | {\"name\":{},\"money\":\"1\"} | 3028 INVALID_PARAM",
        "TemplateKeyValue | {\"name\":\"\\u0000\",\"money\":\"1\"} | 3028 INVALID_PARAM",
        "Silent | 2 | 3028 INVALID_PARAM",
        "PushAction | x | 3028 INVALID_PARAM",
        "NotifyType | loud | 3028 INVALID_PARAM",
        "StrategyType | 3 | 3028 INVALID_PARAM",
        "ExtendedParams | [] | 3044 INVALID_EXTEND_PARAM",
        "ExtendedParams | {\"templateCode\":\"1\"} | 3044 INVALID_EXTEND_PARAM",
        "ExtendedParams | {\"badge_add_num\":0,\"badge_class\":\"c\"} | 3058"
            + " BADGE_ADD_NUM_INVALID",
        "ExtendedParams | {\"badge_add_num\":1} | 3059 BADGE_ADD_NUM_NEED_BADGE_CLASS",
        "AppId | OTHER570DA89211721 | 3007 APPID_WRONG",
      })
  void wrongValue_getsItsCode_andTheMessageNamesIt(String name, String value, String verdict) {
    Answer answer = push().param(name, value).send();

    assertThat(answer.reply().status()).isEqualTo(200);
    assertThat(answer.outcome()).isEqualTo(verdict);
    assertThat(answer.resultMsg()).startsWith(verdict.substring(5) + ": " + name + " ");
    assertThat(fixture.countTasksAndOccurrences()).as("nothing was stored").isZero();
  }

  @Test
  void missingValues_areNamed() {
    assertThat(push().param("TemplateKeyValue", "{}").send().resultMsg())
        .isEqualTo("TEMPLATEKV_NOT_ENOUGH: TemplateKeyValue has no value for money, name");
  }

  @Test
  void valuesThatLeaveNothingToShow_areNotEnough() {
    fixture.createTemplate("bare", "#t#", "#c#", "");
    SignedRequest push = push().param("TemplateName", "bare");

    assertThat(push.param("TemplateKeyValue", "{\"t\":\" \",\"c\":\"c\"}").send().outcome())
        .isEqualTo("3024 PAYLOAD_NOT_ENOUGH");
    assertThat(push.param("TemplateKeyValue", "{\"t\":\"t\",\"c\":\"\"}").send().outcome())
        .isEqualTo("3024 PAYLOAD_NOT_ENOUGH");
    assertThat(fixture.countTasksAndOccurrences()).isZero();
  }

  @Test
  void filledTemplateOfMoreThanTwoKilobytes_isTooLong() {
    String values = "{\"name\":\"n\",\"money\":\"" + "x".repeat(2_048) + "\"}";

    assertThat(push().param("TemplateKeyValue", values).send().outcome())
        .isEqualTo("3050 MSG_PAYLOAD_TOO_LONG");
    assertThat(fixture.countTasksAndOccurrences()).isZero();
  }

  @Test
  void anotherAppsTemplate_doesNotExist() {
    Answer answer =
        fixture
            .otherAppAction("PushTemplate")
            .param("DeliveryType", "3")
            .param("ExpiredSeconds", "300")
            .param("TemplateName", "won")
            .param("TemplateKeyValue", VALUES)
            .param("TargetMsgkey", "{\"user1024\":\"m1\"}")
            .send();

    assertThat(answer.outcome()).isEqualTo("3022 TEMPLATE_NOT_EXIST");
  }

  @Test
  void samePushAgain_getsTheFirstAnswer_butAnotherWithItsMessageIdDoesNot() {
    Answer first = push().send();
    Answer again = push().send();
    Answer other = push().param("TemplateKeyValue", "{\"name\":\"x\",\"money\":\"1\"}").send();

    assertThat(again.data()).isEqualTo(first.data());
    assertThat(other.resultMsg())
        .isEqualTo(
            "INVALID_PARAM: TargetMsgkey has a message id that was used before, by task "
                + first.data());
    assertThat(fixture.countTasksAndOccurrences()).isEqualTo(1);
  }

  @Test
  void message_isRevokedByItsId() {
    fixture.register("d1", "user1024");
    push().send();

    assertThat(
            fixture
                .action("RevokePushMessage")
                .param("MessageId", "m1")
                .param("TargetId", "user1024")
                .send()
                .outcome())
        .isEqualTo("OK SUCCESS");
  }
}
