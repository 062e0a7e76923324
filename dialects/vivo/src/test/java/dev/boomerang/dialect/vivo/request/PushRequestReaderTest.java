// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.request;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.code;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.taskId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Checks how the fields of a message are read and what the device gets of them.
class PushRequestReaderTest {
  private static final String LINK = ",'skipType':2,'skipContent':'%s'";

  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Task lastTask(Registration phone) {
    return fixture.mailbox(phone).getLast().task();
  }

  private Notification notification(Registration phone) {
    return (Notification) lastTask(phone).content();
  }

  @Test
  void scalars_mayBeTextsOrNumbers() {
    Registration ada = fixture.phone("ada");

    requireSuccess(
        fixture.post(
            "/message/send",
            "{'appId':'10004','regId':'"
                + ada.id()
                + "','notifyType':'2','title':7,'content':'c','skipType':'4','skipContent':"
                + "'intent:#Intent;end','networkType':'1','timeToLive':'60','classification':'1',"
                + "'category':'','pushMode':'0','notify_id':0,'notifyId':'0','requestId':"
                + "17952196977861234567,'sendOnline':'false','never':{'heard':['of']}}"));

    assertThat(notification(ada).title()).isEqualTo("7");
    assertThat(notification(ada).click()).contains(new Click(Action.INTENT, "intent:#Intent;end"));
    assertThat(lastTask(ada).vendorHints())
        .containsEntry("vivo.notifyType", "2")
        .containsEntry("vivo.networkType", "1")
        .containsEntry("vivo.classification", "1")
        .doesNotContainKey("vivo.category");
  }

  /// Sends every field as long as it may be; `ProvocationTest` sends longer ones.
  @Test
  void longestMessage_isAccepted() {
    Registration ada = fixture.phone("x".repeat(70));
    var pairs = new StringBuilder("'0':'" + "v".repeat(1_005) + "'");
    for (int i = 1; i < 10; i++) {
      pairs.append(",'").append(i).append("':'v'");
    }

    requireSuccess(
        fixture.post(
            "/message/send",
            "{'alias':'%s','notifyType':4,'title':'%s','content':'%s','skipType':2,'skipContent':'%s',"
                    .formatted("x".repeat(70), "标".repeat(40), "内".repeat(100), "u".repeat(1_024))
                + "'timeToLive':604800,'clientCustomMap':{%s},'notifyId':2147483647,"
                    .formatted(pairs)
                + "'extra':{'callback':'http://h/%s','callback.param':'%s'},'profileId':'',"
                    .formatted("y".repeat(119), "p".repeat(64))
                + "'auditReview':[{'any':1}],'foregroundShow':false,'requestId':'%s'}"
                    .formatted("r".repeat(64))));

    assertThat(notification(ada).title()).hasSize(40);
    assertThat(notification(ada).extras()).hasSize(10);
    assertThat(lastTask(ada).expiresAt())
        .isEqualTo(fixture.clock.instant().plus(Duration.ofDays(7)));
  }

  /// A character counts once, even if UTF-16 has two units for it.
  @Test
  void emoji_countAsOneCharacterEach() {
    String face = Character.toString(0x1F600);
    Registration ada = fixture.phone(face.repeat(70));
    String most =
        "'alias':'%s','title':'%s','content':'%s','clientCustomMap':{'k':'%s'},'requestId':'%s'"
            .formatted(
                face.repeat(70),
                face.repeat(40),
                face.repeat(100),
                face.repeat(1_023),
                face.repeat(64));

    requireSuccess(
        fixture.post("/message/send", fixture.message(most + LINK.formatted(face.repeat(1_000)))));

    assertThat(notification(ada).title()).isEqualTo(face.repeat(40));
    assertThat(notification(ada).click()).isPresent();
    String to = "'regId':'" + ada.id() + "',";
    assertThat(
            code(
                fixture.post(
                    "/message/send",
                    fixture.message(to + "'title':'%s'".formatted(face.repeat(41))))))
        .isEqualTo(10056);
    assertThat(
            code(
                fixture.post(
                    "/message/send",
                    fixture.message(
                        to + "'clientCustomMap':{'k':'%s'}".formatted(face.repeat(1_024))))))
        .isEqualTo(10067);
    assertThat(
            code(
                fixture.post(
                    "/message/send",
                    fixture.message(to + LINK.formatted(face.repeat(1_025)).substring(1)))))
        .isEqualTo(10062);
  }

  /// Sends a message with these members by every endpoint that takes one.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'category':'IM' | 1",
        "'category':'ACCOUNT','classification':null | 1",
        "'category':'IM','classification':1 | 1",
        "'category':'NEWS' | 0",
        "'category':'NEWS','classification':0 | 0",
        "'category':'' | 0",
        "'category':'','classification':1 | 1",
      })
  void classification_followsFromTheCategory_whereItIsLeftOut(
      String members, String classification) {
    Registration ada = fixture.phone("ada", "vip");
    requireSuccess(fixture.send(ada, members));
    String list =
        taskId(fixture.post("/message/saveListPayload", fixture.message(members))).toString();
    requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'taskId':'%s','regIds':['%s','%s'],'requestId':'l'}"
                .formatted(list, ada.id(), fixture.phone("bob").id())));
    requireSuccess(fixture.post("/message/all", fixture.message(members)));
    requireSuccess(
        fixture.post(
            "/message/tagPush", fixture.message("'tagExpression':{'orTags':['vip']}," + members)));

    assertThat(fixture.mailbox(ada))
        .hasSize(4)
        .allSatisfy(
            each ->
                assertThat(each.task().vendorHints())
                    .containsEntry("vivo.classification", classification));
  }

  /// A category that contradicts the classification is refused, and so is an unknown one.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'category':'IM','classification':0 | 10097",
        "'category':'NEWS','classification':1 | 10097",
        "'category':'WEATHER' | 10096",
        "'category':'WEATHER','classification':1 | 10096",
      })
  void unfittingCategory_isRefusedByEveryCall(String members, int code) {
    Registration ada = fixture.phone("ada", "vip");

    assertThat(code(fixture.send(ada, members))).isEqualTo(code);
    for (String call : List.of("/message/saveListPayload", "/message/all", "/message/tagPush")) {
      String body = fixture.message("'tagExpression':{'orTags':['vip']}," + members);
      assertThat(code(fixture.post(call, body))).describedAs(call).isEqualTo(code);
    }
    assertThat(fixture.tasks(ada)).isEmpty();
  }

  @Test
  void notification_hasTheFieldsOfTheMessage() {
    Registration ada = fixture.phone("ada");

    requireSuccess(
        fixture.send(
            ada,
            "'skipType':2,'skipContent':'https://example.com/a','clientCustomMap':{'k':'值','n':1}"));
    assertThat(notification(ada))
        .isEqualTo(
            new Notification(
                "t",
                "c",
                dev.boomerang.model.push.Content.Appearance.PLAIN,
                Optional.of(new Click(Action.URL, "https://example.com/a")),
                true,
                java.util.Map.of("k", "值", "n", "1")));
    requireSuccess(fixture.send(ada, "'notifyType':4,'skipType':3,'skipContent':'own'"));
    assertThat(notification(ada).click()).isEmpty();
    assertThat(notification(ada).silent()).isFalse();
    assertThat(notification(ada).extras())
        .containsExactly(java.util.Map.entry("skipContent", "own"));
    requireSuccess(fixture.send(ada, "'skipType':1,'skipContent':''"));
    assertThat(notification(ada).click()).isEmpty();
    assertThat(notification(ada).extras()).isEmpty();
  }

  @Test
  void lifetime_isADay_ifNoneOrZeroIsGiven() {
    Registration ada = fixture.phone("ada");
    for (String given : List.of("", "'timeToLive':0")) {
      requireSuccess(fixture.send(ada, given));
      assertThat(lastTask(ada).expiresAt())
          .isEqualTo(fixture.clock.instant().plus(Duration.ofDays(1)));
    }
    requireSuccess(fixture.send(ada, "'timeToLive':60"));
    assertThat(lastTask(ada).expiresAt()).isEqualTo(fixture.clock.instant().plusSeconds(60));
  }

  @Test
  void sendOnline_expiresForDevicesThatAreAway() {
    Registration ada = fixture.phone("ada");

    TaskId task = taskId(fixture.send(ada, "'sendOnline':true,'timeToLive':600"));
    fixture.clock.advance(Duration.ofSeconds(11));
    fixture.engine.housekeeping().runOnce();

    assertThat(fixture.tasks(ada)).isEmpty();
    JsonNode statistics = requireSuccess(fixture.get("/report/getStatistics?taskIds=" + task));
    assertThat(statistics.at("/statistics/0/targetOffline").asInt()).isEqualTo(1);
  }

  @Test
  void notifyId_overridesTheOlderMessage() {
    Registration ada = fixture.phone("ada");
    TaskId old = taskId(fixture.send(ada, "'notifyId':7"));
    TaskId other = taskId(fixture.send(ada, "'notifyId':8"));
    TaskId plain = taskId(fixture.send(ada, "'notifyId':0"));

    TaskId newer = taskId(fixture.send(ada, "'notifyId':7"));

    assertThat(fixture.tasks(ada)).containsExactly(other, plain, newer);
    assertThat(
            fixture.engine.tasks().delivery(VivoFixture.SHOP, old, ada.id()).orElseThrow().state())
        .isInstanceOf(Overridden.class);
    assertThat(
            requireSuccess(fixture.get("/report/getStatistics?taskIds=" + old))
                .at("/statistics/0/covered")
                .asInt())
        .isEqualTo(1);
  }
}
