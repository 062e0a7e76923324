// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What messages become, and whom they reach.
class PushCallsTest {
  private static final String LINK = ",'skipType':2,'skipContent':'%s'";

  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Task got(Registration phone) {
    return fixture.mailbox(phone).getLast().task();
  }

  private Notification notice(Registration phone) {
    return (Notification) got(phone).content();
  }

  @Test
  void send_toAnId_orToAnAlias_reachesItsDevices() {
    Registration ada = fixture.phone("ada");
    Registration tablet = fixture.phone("ada");
    Registration bob = fixture.phone("bob");

    TaskId toAda = fixture.send(ada);
    TaskId toAlias =
        VivoFixture.taskId(fixture.post("/message/send", fixture.message("'alias':'ada'")));
    // If both are given, the id counts.
    TaskId toBob = VivoFixture.taskId(fixture.send(bob, "'alias':'ada'"));

    assertThat(fixture.tasks(ada)).containsExactly(toAda, toAlias);
    assertThat(fixture.tasks(tablet)).containsExactly(toAlias);
    assertThat(fixture.tasks(bob)).containsExactly(toBob);
  }

  @Test
  void scalars_mayBeOfTheOtherKind() {
    Registration ada = fixture.phone("ada");

    VivoFixture.requireSuccess(
        fixture.post(
            "/message/send",
            "{'appId':'10004','regId':'"
                + ada.id()
                + "','notifyType':'2','title':7,'content':'c','skipType':'4','skipContent':"
                + "'intent:#Intent;end','networkType':'1','timeToLive':'60','classification':'1',"
                + "'category':'','pushMode':'0','notify_id':0,'notifyId':'0','requestId':"
                + "17952196977861234567,'sendOnline':'false','never':{'heard':['of']}}"));

    assertThat(notice(ada).title()).isEqualTo("7");
    assertThat(notice(ada).click()).contains(new Click(Action.INTENT, "intent:#Intent;end"));
    assertThat(got(ada).vendorHints())
        .containsEntry("vivo.notifyType", "2")
        .containsEntry("vivo.networkType", "1")
        .containsEntry("vivo.classification", "1")
        .doesNotContainKey("vivo.category");
  }

  /// Each as long as it may be; more is refused (`ProvocationTest`).
  @Test
  void longestMessage_isTaken() {
    Registration ada = fixture.phone("x".repeat(70));
    var pairs = new StringBuilder("'0':'" + "v".repeat(1_005) + "'");
    for (int i = 1; i < 10; i++) {
      pairs.append(",'").append(i).append("':'v'");
    }

    VivoFixture.requireSuccess(
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

    assertThat(notice(ada).title()).hasSize(40);
    assertThat(notice(ada).extras()).hasSize(10);
    assertThat(got(ada).expiresAt()).isEqualTo(fixture.clock.instant().plus(Duration.ofDays(7)));
  }

  /// A character is a character, also where UTF-16 has two units for it.
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

    VivoFixture.requireSuccess(
        fixture.post("/message/send", fixture.message(most + LINK.formatted(face.repeat(1_000)))));

    assertThat(notice(ada).title()).isEqualTo(face.repeat(40));
    assertThat(notice(ada).click()).isPresent();
    String to = "'regId':'" + ada.id() + "',";
    assertThat(
            VivoFixture.code(
                fixture.post(
                    "/message/send",
                    fixture.message(to + "'title':'%s'".formatted(face.repeat(41))))))
        .isEqualTo(10056);
    assertThat(
            VivoFixture.code(
                fixture.post(
                    "/message/send",
                    fixture.message(
                        to + "'clientCustomMap':{'k':'%s'}".formatted(face.repeat(1_024))))))
        .isEqualTo(10067);
    assertThat(
            VivoFixture.code(
                fixture.post(
                    "/message/send",
                    fixture.message(to + LINK.formatted(face.repeat(1_025)).substring(1)))))
        .isEqualTo(10062);
  }

  /// Every call that has a message, as one with these members is sent by it.
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
    VivoFixture.requireSuccess(fixture.send(ada, members));
    String list =
        VivoFixture.taskId(fixture.post("/message/saveListPayload", fixture.message(members)))
            .toString();
    VivoFixture.requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'taskId':'%s','regIds':['%s','%s'],'requestId':'l'}"
                .formatted(list, ada.id(), fixture.phone("bob").id())));
    VivoFixture.requireSuccess(fixture.post("/message/all", fixture.message(members)));
    VivoFixture.requireSuccess(
        fixture.post(
            "/message/tagPush", fixture.message("'tagExpression':{'orTags':['vip']}," + members)));

    assertThat(fixture.mailbox(ada))
        .hasSize(4)
        .allSatisfy(
            each ->
                assertThat(each.task().vendorHints())
                    .containsEntry("vivo.classification", classification));
  }

  /// One that contradicts is refused by every call, and so is a category that is none.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'category':'IM','classification':0 | 10097",
        "'category':'NEWS','classification':1 | 10097",
        "'category':'WEATHER' | 10096",
        "'category':'WEATHER','classification':1 | 10096",
      })
  void categoryThatDoesNotFit_isRefusedByEveryCall(String members, int code) {
    Registration ada = fixture.phone("ada", "vip");

    assertThat(VivoFixture.code(fixture.send(ada, members))).isEqualTo(code);
    for (String call : List.of("/message/saveListPayload", "/message/all", "/message/tagPush")) {
      String body = fixture.message("'tagExpression':{'orTags':['vip']}," + members);
      assertThat(VivoFixture.code(fixture.post(call, body))).describedAs(call).isEqualTo(code);
    }
    assertThat(fixture.tasks(ada)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/message/Send", "/Message/send", "/message/sends"})
  void path_inAnotherCase_isNone(String path) {
    Registration ada = fixture.phone("ada");

    assertThat(fixture.post(path, fixture.message("'regId':'" + ada.id() + "'")).status())
        .isEqualTo(404);
    assertThat(fixture.tasks(ada)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"off,2", "away,3"})
  void send_toOneWhomNothingReaches_saysWhy(String why, int status) {
    Registration ada = fixture.phone("ada");
    if (why.equals("off")) {
      fixture.switchOffNotifications(ada);
    } else {
      fixture.clock.advance(Duration.ofDays(14).plusMillis(1));
    }
    String token = fixture.newToken();

    Reply reply =
        fixture.as(token, "POST", "/message/send", fixture.message("'regId':'" + ada.id() + "'"));

    assertThat(VivoFixture.code(reply)).isEqualTo(10302);
    assertThat(VivoFixture.json(reply).path("invalidUser").toString())
        .isEqualTo("{\"status\":%d,\"userid\":\"%s\"}".formatted(status, ada.id()));
  }

  @Test
  void content_asTheDeviceGetsIt() {
    Registration ada = fixture.phone("ada");

    VivoFixture.requireSuccess(
        fixture.send(
            ada,
            "'skipType':2,'skipContent':'https://example.com/a','clientCustomMap':{'k':'值','n':1}"));
    assertThat(notice(ada))
        .isEqualTo(
            new Notification(
                "t",
                "c",
                dev.boomerang.model.push.Content.Appearance.PLAIN,
                Optional.of(new Click(Action.URL, "https://example.com/a")),
                true,
                java.util.Map.of("k", "值", "n", "1")));
    VivoFixture.requireSuccess(
        fixture.send(ada, "'notifyType':4,'skipType':3,'skipContent':'own'"));
    assertThat(notice(ada).click()).isEmpty();
    assertThat(notice(ada).silent()).isFalse();
    assertThat(notice(ada).extras()).containsExactly(java.util.Map.entry("skipContent", "own"));
    VivoFixture.requireSuccess(fixture.send(ada, "'skipType':1,'skipContent':''"));
    assertThat(notice(ada).click()).isEmpty();
    assertThat(notice(ada).extras()).isEmpty();
  }

  @Test
  void lifetime_isADay_ifNoneOrZeroIsGiven() {
    Registration ada = fixture.phone("ada");
    for (String given : List.of("", "'timeToLive':0")) {
      VivoFixture.requireSuccess(fixture.send(ada, given));
      assertThat(got(ada).expiresAt()).isEqualTo(fixture.clock.instant().plus(Duration.ofDays(1)));
    }
    VivoFixture.requireSuccess(fixture.send(ada, "'timeToLive':60"));
    assertThat(got(ada).expiresAt()).isEqualTo(fixture.clock.instant().plusSeconds(60));
  }

  @Test
  void sendOnline_isForThoseWhoAreHereNow() {
    Registration ada = fixture.phone("ada");

    TaskId task = VivoFixture.taskId(fixture.send(ada, "'sendOnline':true,'timeToLive':600"));
    fixture.clock.advance(Duration.ofSeconds(11));
    fixture.engine.housekeeping().runOnce();

    assertThat(fixture.tasks(ada)).isEmpty();
    JsonNode numbers =
        VivoFixture.requireSuccess(fixture.get("/report/getStatistics?taskIds=" + task));
    assertThat(numbers.at("/statistics/0/targetOffline").asInt()).isEqualTo(1);
  }

  @Test
  void notifyId_takesTheOldersPlace() {
    Registration ada = fixture.phone("ada");
    TaskId old = VivoFixture.taskId(fixture.send(ada, "'notifyId':7"));
    TaskId other = VivoFixture.taskId(fixture.send(ada, "'notifyId':8"));
    TaskId plain = VivoFixture.taskId(fixture.send(ada, "'notifyId':0"));

    TaskId fresh = VivoFixture.taskId(fixture.send(ada, "'notifyId':7"));

    assertThat(fixture.tasks(ada)).containsExactly(other, plain, fresh);
    assertThat(
            fixture.engine.tasks().delivery(VivoFixture.SHOP, old, ada.id()).orElseThrow().state())
        .isInstanceOf(Overridden.class);
    assertThat(
            VivoFixture.requireSuccess(fixture.get("/report/getStatistics?taskIds=" + old))
                .at("/statistics/0/covered")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void profile_hasToBeTheOneWhoIsLoggedIn() {
    Registration ada = fixture.phone("ada");
    Reply nobody = fixture.send(ada, "'profileId':'u1'");
    assertThat(VivoFixture.code(nobody)).isEqualTo(10302);
    fixture
        .engine
        .registrations()
        .update(
            ada.id(),
            before ->
                before.changed(
                    before.device(),
                    before.profile().withUser(Optional.of("u1")),
                    before.reachability()));

    VivoFixture.requireSuccess(fixture.send(ada, "'profileId':'u1'"));
    // It is for single messages only.
    VivoFixture.requireSuccess(fixture.post("/message/all", fixture.message("'profileId':'u2'")));

    assertThat(fixture.tasks(ada)).hasSize(2);
  }

  @Test
  void testMode_isForTestDevicesOnly() {
    Registration tester = fixture.phone("ada", "test-device", "vip");
    Registration other = fixture.phone("ada", "vip");

    Reply refused = fixture.send(other, "'pushMode':1");
    assertThat(VivoFixture.json(refused).at("/invalidUser/status").asInt()).isEqualTo(4);
    VivoFixture.requireSuccess(fixture.send(tester, "'pushMode':1"));
    VivoFixture.requireSuccess(
        fixture.post("/message/send", fixture.message("'pushMode':1,'alias':'ada'")));
    VivoFixture.requireSuccess(fixture.post("/message/all", fixture.message("'pushMode':1")));
    VivoFixture.requireSuccess(
        fixture.post(
            "/message/tagPush",
            fixture.message("'pushMode':1,'tagExpression':{'orTags':['vip']}")));
    TaskId list =
        VivoFixture.taskId(
            fixture.post("/message/saveListPayload", fixture.message("'pushMode':1")));
    JsonNode pushed =
        VivoFixture.requireSuccess(
            fixture.post(
                "/message/pushToList",
                "{'requestId':'r','taskId':'%s','regIds':['%s','%s']}"
                    .formatted(list, tester.id(), other.id())));

    assertThat(pushed.path("invalidUsers").toString())
        .isEqualTo("[{\"status\":4,\"userid\":\"" + other.id() + "\"}]");
    assertThat(fixture.tasks(tester)).hasSize(5);
    assertThat(fixture.tasks(other)).isEmpty();
  }

  @Test
  void all_reachesEveryone_laterOnesToo() {
    Registration ada = fixture.phone("ada");
    Registration stranger = fixture.phone(VivoFixture.BANK, "eve");

    TaskId task = VivoFixture.taskId(fixture.post("/message//all", fixture.message("")));
    Registration late = fixture.phone("bob");

    assertThat(fixture.tasks(ada)).containsExactly(task);
    assertThat(fixture.tasks(late)).containsExactly(task);
    assertThat(fixture.tasks(stranger)).isEmpty();
  }

  @Test
  void list_isAddedToInBatches_eachUserOnce() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    Registration off = fixture.phone("carl");
    fixture.switchOffNotifications(off);
    TaskId task = fixture.saveListPayload();
    assertThat(fixture.tasks(ada)).isEmpty();

    JsonNode first =
        VivoFixture.requireSuccess(
            fixture.post(
                "/message/pushToList",
                "{'requestId':1,'taskId':%s,'regIds':['%s','%s','9']}"
                    .formatted(task, ada.id(), off.id())));
    JsonNode second =
        VivoFixture.requireSuccess(
            fixture.post(
                "/message/pushToList",
                "{'requestId':2,'taskId':'%s','aliases':['ada','bob']}".formatted(task)));

    assertThat(first.path("invalidUsers").toString())
        .isEqualTo(
            "[{\"status\":2,\"userid\":\"%s\"},{\"status\":1,\"userid\":\"9\"}]"
                .formatted(off.id()));
    assertThat(second.path("invalidUsers").toString()).isEqualTo("[]");
    assertThat(second.has("taskId")).isFalse();
    assertThat(fixture.tasks(ada)).containsExactly(task);
    assertThat(fixture.tasks(bob)).containsExactly(task);
    assertThat(fixture.tasks(off)).isEmpty();
    JsonNode numbers =
        VivoFixture.requireSuccess(fixture.get("/report/getStatistics?taskIds=" + task))
            .at("/statistics/0");
    assertThat(numbers.path("target").asInt()).isEqualTo(4);
    assertThat(numbers.path("valid").asInt()).isEqualTo(2);
    assertThat(numbers.path("targetInvalid").asInt()).isEqualTo(1);
    assertThat(numbers.path("targetUnSub").asInt()).isEqualTo(1);
  }

  @Test
  void list_ofIdsAndAliases_goesToTheIds() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    Registration carl = fixture.phone("carl");
    TaskId task = fixture.saveListPayload();

    VivoFixture.requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'requestId':'r','taskId':'%s','regIds':['%s','%s'],'aliases':['carl','carl']}"
                .formatted(task, ada.id(), bob.id())));

    assertThat(fixture.tasks(ada)).containsExactly(task);
    assertThat(fixture.tasks(bob)).containsExactly(task);
    assertThat(fixture.tasks(carl)).isEmpty();
  }

  @Test
  void list_ofAliases_reachesEachOfTheirDevices_howeverMany() {
    Registration first = fixture.phone("crowd");
    for (int i = 0; i < 1_000; i++) {
      fixture.phone("crowd");
    }
    Registration bob = fixture.phone("bob");
    TaskId task = fixture.saveListPayload();

    VivoFixture.requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'requestId':'r','taskId':'%s','aliases':['crowd','bob','nobody']}".formatted(task)));

    assertThat(fixture.tasks(first)).containsExactly(task);
    assertThat(fixture.tasks(bob)).containsExactly(task);
    JsonNode numbers =
        VivoFixture.requireSuccess(fixture.get("/report/getStatistics?taskIds=" + task))
            .at("/statistics/0");
    assertThat(numbers.path("valid").asInt()).isEqualTo(1_002);
    assertThat(numbers.path("targetInvalid").asInt()).isEqualTo(1);
  }

  @Test
  void list_isOver_afterItsTime_orOfASingleMessage() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    String more =
        "{'requestId':'%s','taskId':'%s','regIds':['" + ada.id() + "','" + bob.id() + "']}";
    TaskId single = fixture.send(ada);
    TaskId list =
        VivoFixture.taskId(
            fixture.post("/message/saveListPayload", fixture.message("'timeToLive':900")));

    assertThat(VivoFixture.code(fixture.post("/message/pushToList", more.formatted("a", single))))
        .isEqualTo(10151);
    assertThat(
            VivoFixture.code(
                fixture.as(
                    fixture.bankToken(), "POST", "/message/pushToList", more.formatted("b", list))))
        .isEqualTo(10151);
    fixture.clock.advance(Duration.ofMinutes(15));
    assertThat(VivoFixture.code(fixture.post("/message/pushToList", more.formatted("c", list))))
        .isEqualTo(10151);
    assertThat(fixture.tasks(bob)).isEmpty();
  }

  @Test
  void rejectedSingleMessage_hasATaskThatReachesNobody_andAnswersItsVerdict() {
    Registration ada = fixture.phone("ada");
    String casino =
        fixture.message("'regId':'" + ada.id() + "','title':'Our CASINO','requestId':'one'");

    TaskId rejected = VivoFixture.taskId(fixture.post("/message/send", casino));
    TaskId again = VivoFixture.taskId(fixture.post("/message/send", casino));
    TaskId fine = fixture.send(ada);

    assertThat(again).isEqualTo(rejected);
    assertThat(fixture.tasks(ada)).containsExactly(fine);
    JsonNode numbers =
        VivoFixture.requireSuccess(fixture.get("/report/getStatistics?taskIds=" + rejected))
            .at("/statistics/0");
    assertThat(numbers.path("target").asInt()).isZero();
    assertThat(fixture.engine.tasks().view(VivoFixture.SHOP, rejected).orElseThrow().counts())
        .doesNotContainKeys(DeliveryStatus.values());
    JsonNode verdicts =
        VivoFixture.requireSuccess(
            fixture.get("/search/msgStatus?taskIds=" + rejected + "," + fine + ",77"));
    assertThat(verdicts.toString())
        .isEqualTo(
            ("{\"result\":0,\"desc\":\"success\",\"data\":["
                    + "{\"taskId\":\"%s\",\"desc\":\"消息包含敏感词\"},"
                    + "{\"taskId\":\"%s\",\"desc\":\"消息状态未知\"},"
                    + "{\"taskId\":\"77\",\"desc\":\"消息状态未知\"}]}")
                .formatted(rejected, fine));
    fixture.clock.advance(Duration.ofSeconds(1));
    JsonNode foreign =
        VivoFixture.requireSuccess(
            fixture.as(fixture.bankToken(), "GET", "/search/msgStatus?taskIds=" + rejected, ""));
    assertThat(foreign.at("/data/0/desc").asText()).isEqualTo("消息状态未知");
  }
}
