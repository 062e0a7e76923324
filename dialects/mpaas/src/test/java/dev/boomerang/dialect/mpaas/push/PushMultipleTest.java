// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.fixture.MpaasFixture.bodies;
import static dev.boomerang.dialect.mpaas.fixture.MpaasFixture.notifications;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.boomerang.dialect.mpaas.MpaasConfig;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushMultipleTest {
  private MpaasFixture fixture = MpaasFixture.open();

  @BeforeEach
  void template() {
    fixture.createTemplate();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static SignedRequest target(SignedRequest push, int number, String name) {
    String target = "TargetMsg." + number + ".";
    return push.param(target + "Target", name)
        .param(target + "MsgKey", "k" + number)
        .param(
            target + "TemplateKeyValue",
            "{\"name\":\"%s\",\"money\":\"%d\"}".formatted(name, number));
  }

  private SignedRequest many(int targets) {
    SignedRequest push = fixture.templatePush("PushMultiple");
    for (int i = 1; i <= targets; i++) {
      push = target(push, i, "user" + i);
    }
    return push;
  }

  private List<Message> messages(Answer answer) {
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    return fixture
        .engine
        .tasks()
        .messages(new AppId(MpaasFixture.APP), fixture.task(answer.data()).id());
  }

  @Test
  void eachTarget_getsItsOwnText_thereOrLater() {
    TestDevice ada = fixture.connect(fixture.register("d1", "ada"));
    Registration bob = fixture.register("d2", "bob");
    TestDevice eve = fixture.connect(fixture.register("d3", "eve"));

    Answer answer = fixture.pushMultiple().send();

    assertThat(bodies(ada)).containsExactly("恭喜中奖1元");
    assertThat(bodies(fixture.connect(bob))).containsExactly("恭喜中奖2元");
    assertThat(bodies(eve)).isEmpty();
    assertThat(notifications(ada).getFirst().title()).isEqualTo("你好Ada");
    assertThat(notifications(ada).getFirst().click().orElseThrow().uri())
        .isEqualTo("https://e/Ada");
    Task task = fixture.task(answer.data());
    assertThat(task.source())
        .isEqualTo(new Source("mpaas", Source.Kind.MULTIPLE, Optional.of("won")));
    assertThat(task.name()).isEqualTo("t");
    assertThat(task.counts()).isEqualTo(new Task.TargetCounts(2, 0));
    assertThat(((Notification) task.content()).body()).isEqualTo("恭喜中奖#money#元");
  }

  @Test
  void textThatIsTheSameForAll_isThePushs() {
    Answer answer =
        fixture
            .pushMultiple()
            .param("TargetMsg.2.TemplateKeyValue", "{'name': 'Ada', 'money': 1}")
            .send();

    assertThat(messages(answer)).allMatch(message -> message.content().isEmpty());
    assertThat(((Notification) fixture.task(answer.data()).content()).title()).isEqualTo("你好Ada");
  }

  @Test
  void targets_areInTheOrderOfTheirNumbers_whichMayHaveGaps() {
    SignedRequest push = fixture.templatePush("PushMultiple");
    push = target(target(target(target(push, 10, "ten"), 2, "two"), 9, "nine"), 31, "last");

    assertThat(messages(push.send()))
        .extracting(Message::target, message -> message.messageId().orElseThrow())
        .containsExactly(
            tuple("two", "k2"), tuple("nine", "k9"), tuple("ten", "k10"), tuple("last", "k31"));
  }

  @Test
  void smallFirstLetters_areTakenToo() {
    Answer answer =
        fixture
            .templatePush("PushMultiple")
            .param("targetMsg.1.target", "ada")
            .param("TargetMsg.1.msgKey", "k1")
            .param("TargetMsg.1.templateKeyValue", "{\"name\":\"Ada\",\"money\":\"1\"}")
            .param("TargetMsg.1.extendedParams", "{\"e\":\"1\"}")
            .send();

    assertThat(messages(answer).getFirst().target()).isEqualTo("ada");
    assertThat(fixture.task(answer.data()).content().extras()).isEqualTo(Map.of("e", "1"));
  }

  @Test
  void targets_mayBeInTheQuery_andUnderTheNewerSignature() {
    SignedRequest push = fixture.pushMultiple();

    Answer inQuery = push.send(push.rpc("GET", true, true));
    Answer newer = push.send(push.acs3());

    assertThat(messages(inQuery)).hasSize(2);
    assertThat(newer.data()).isEqualTo(inQuery.data());
  }

  @Test
  void extendedParamsOfATarget_comeBeforeThoseOfAll() {
    Answer answer =
        fixture
            .pushMultiple()
            .param("ExtendedParams", "{\"a\":\"all\",\"b\":\"all\",\"badge_class\":\"c\"}")
            .param("TargetMsg.1.ExtendedParams", "{\"b\":\"own\",\"badge_add_num\":3}")
            .send();

    assertThat(messages(answer))
        .extracting(message -> message.content().orElseThrow().extras())
        .containsExactly(
            Map.of("a", "all", "b", "own", "badge_class", "c", "badge_add_num", "3"),
            Map.of("a", "all", "b", "all", "badge_class", "c"));
  }

  @Test
  void settingsOfThePush_holdForAll() {
    Answer answer =
        fixture
            .pushMultiple()
            .param("Silent", "1")
            .param("PushAction", "1")
            .param("ChannelId", "c")
            .param("DeliveryType", "7")
            .send();

    assertThat(messages(answer))
        .extracting(message -> (Notification) message.content().orElseThrow())
        .allMatch(Notification::silent)
        .allMatch(n -> n.click().orElseThrow().action().wire().equals("intent"));
    assertThat(fixture.task(answer.data()).vendorHints()).isEqualTo(Map.of("ChannelId", "c"));
  }

  @Test
  void templateWithoutBlanks_needsNoValues() {
    fixture.createTemplate("plain", "t", "c", "");

    Answer answer =
        fixture
            .pushMultiple()
            .param("TemplateName", "plain")
            .withoutParam("TargetMsg.1.TemplateKeyValue")
            .param("TargetMsg.2.TemplateKeyValue", "")
            .send();

    assertThat(messages(answer)).hasSize(2);
  }

  @Test
  void targets_areAtMostFourHundred_orAsManyAsIsSet() {
    assertThat(messages(many(400).send())).hasSize(400);
    assertThat(many(401).send().resultMsg())
        .isEqualTo("MULTIPLE_TARGET_NUMBER_TOO_MUCH: TargetMsg has 401 targets, at most 400");
    assertThat(many(401).send().outcome()).isEqualTo("3055 MULTIPLE_TARGET_NUMBER_TOO_MUCH");
    assertThat(fixture.countTasksAndOccurrences()).isEqualTo(1);

    MpaasConfig d = MpaasConfig.DEFAULT;
    fixture.close();
    fixture =
        MpaasFixture.open(
            new MpaasConfig(
                d.maxLifetime(), d.maxPayloadBytes(), 0, d.maxNonces(), 1, d.zone(), ""));
    fixture.createTemplate();
    assertThat(many(2).send().outcome()).isEqualTo("3055 MULTIPLE_TARGET_NUMBER_TOO_MUCH");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TaskName | `` | 3019 TASKNAME_NULL",
        "DeliveryType | 6 | 3009 DELIVERY_TYPE_NOT_SUPPORTED",
        "ExpiredSeconds | -1 | 3020 EXPIREDSECONDS_WRONG",
        "ExpiredSeconds | 2592001 | 3026 EXPIREDTIME_TOO_LONG",
        "TemplateName | `` | 3025 NEED_TEMPLATE",
        "TemplateName | none | 3022 TEMPLATE_NOT_EXIST",
        "TargetMsg.2.Target | ` ` | 3021 TOKEN_OR_USERID_NULL",
        "TargetMsg.2.Target | ada | 3028 INVALID_PARAM",
        "TargetMsg.2.MsgKey | `` | 3028 INVALID_PARAM",
        "TargetMsg.2.MsgKey | k1 | 3028 INVALID_PARAM",
        "TargetMsg.2.TemplateKeyValue | `` | 3023 TEMPLATEKV_NOT_ENOUGH",
        "TargetMsg.2.TemplateKeyValue | {'name': 'Bob'} | 3023 TEMPLATEKV_NOT_ENOUGH",
        "TargetMsg.2.TemplateKeyValue | Bob | 3028 INVALID_PARAM",
        "TargetMsg.2.TemplateKeyValue | {'name': Bob} | 3028 INVALID_PARAM",
        "TargetMsg.2.ExtendedParams | x | 3044 INVALID_EXTEND_PARAM",
        "TargetMsg.2.ExtendedParams | {\"silent\":1} | 3044 INVALID_EXTEND_PARAM",
        "TargetMsg.2.ExtendedParams | {\"badge_add_num\":\"x\",\"badge_class\":\"c\"} | 3058"
            + " BADGE_ADD_NUM_INVALID",
        "TargetMsg.2.ExtendedParams | {\"badge_add_num\":1} | 3059 BADGE_ADD_NUM_NEED_BADGE_CLASS",
        "TargetMsg.x.Target | u | 3028 INVALID_PARAM",
        "TargetMsg.3 | u | 3028 INVALID_PARAM",
        "TargetMsg.3. | u | 3028 INVALID_PARAM",
        "TargetMsg.1234567890.Target | u | 3028 INVALID_PARAM",
        "ExtendedParams | {\"channel\":1} | 3044 INVALID_EXTEND_PARAM",
        "Silent | x | 3028 INVALID_PARAM",
        "PushAction | 2 | 3028 INVALID_PARAM",
        "StrategyType | 1 | 3028 INVALID_PARAM",
        "ActivityContentState | x | 3028 INVALID_PARAM",
      })
  void wrongValue_getsItsCode_andTheMessageNamesIt(String name, String value, String verdict) {
    Answer answer = fixture.pushMultiple().param(name, value).send();

    assertThat(answer.reply().status()).isEqualTo(200);
    assertThat(answer.outcome()).isEqualTo(verdict);
    assertThat(answer.resultMsg()).startsWith(verdict.substring(5) + ": " + name + " ");
    assertThat(fixture.countTasksAndOccurrences()).as("nothing was stored").isZero();
  }

  @Test
  void pushToNobody_hasNoTarget() {
    Answer answer = fixture.templatePush("PushMultiple").send();

    assertThat(answer.outcome()).isEqualTo("3021 TOKEN_OR_USERID_NULL");
    assertThat(answer.resultMsg()).isEqualTo("TOKEN_OR_USERID_NULL: TargetMsg has no target");
  }

  @ParameterizedTest
  @CsvSource({"9, OK SUCCESS", "10, 3049 MULTIPLE_INNER_EXTEND_PARAM_TO_MUCH"})
  void extendedParamsOfATarget_areFewerThanTen(int count, String verdict) {
    String params =
        IntStream.range(0, count)
            .mapToObj(i -> "\"k" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(fixture.pushMultiple().param("TargetMsg.1.ExtendedParams", params).send().outcome())
        .isEqualTo(verdict);
  }

  @Test
  void extendedParamsOfAll_areAtMostTwenty() {
    String params =
        IntStream.range(0, 21)
            .mapToObj(i -> "\"k" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(fixture.pushMultiple().param("ExtendedParams", params).send().outcome())
        .isEqualTo("3035 EXTEND_PARAM_TO_MUCH");
  }

  @Test
  void eachTargetsMessage_isAtMostTwoKilobytes() {
    String values = "{\"name\":\"n\",\"money\":\"" + "x".repeat(2_048) + "\"}";

    Answer answer = fixture.pushMultiple().param("TargetMsg.2.TemplateKeyValue", values).send();

    assertThat(answer.outcome()).isEqualTo("3050 MSG_PAYLOAD_TOO_LONG");
    assertThat(answer.resultMsg())
        .startsWith("MSG_PAYLOAD_TOO_LONG: TargetMsg.2.TemplateKeyValue ");
    assertThat(fixture.countTasksAndOccurrences()).isZero();
  }

  @Test
  void samePushAgain_getsTheFirstAnswer_butOneThatReusesAMessageIdDoesNot() {
    TestDevice ada = fixture.connect(fixture.register("d1", "ada"));
    Answer first = fixture.pushMultiple().send();
    Answer again = fixture.pushMultiple().send();
    Answer other = fixture.pushMultiple().param("TargetMsg.2.MsgKey", "k3").send();

    assertThat(again.data()).isEqualTo(first.data());
    assertThat(other.resultMsg())
        .startsWith("INVALID_PARAM: TargetMsg has a message id that was used");
    assertThat(bodies(ada)).hasSize(1);
    assertThat(fixture.countTasksAndOccurrences()).isEqualTo(1);
  }

  @Test
  void revokedTask_isTakenOffEveryDevice_andKeptFromThoseWhoCome() {
    TestDevice ada = fixture.connect(fixture.register("d1", "ada"));
    Registration bob = fixture.register("d2", "bob");
    Answer push = fixture.pushMultiple().send();

    Answer revoked = fixture.action("RevokePushTask").param("TaskId", push.data()).send();

    assertThat(revoked.outcome()).isEqualTo("OK SUCCESS");
    assertThat(ada.withdrawn()).hasSize(1);
    assertThat(bodies(fixture.connect(bob))).isEmpty();
  }
}
