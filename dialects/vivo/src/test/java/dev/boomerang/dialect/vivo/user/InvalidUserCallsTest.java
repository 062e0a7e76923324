// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Invalid ids, and messages taken back.
class InvalidUserCallsTest {
  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private JsonNode recycle(TaskId task, int type, String... users) {
    return VivoFixture.requireSuccess(
        fixture.post(
            "/message/recycle",
            "{'taskId':'%s','userType':%d,'userIds':['%s']}"
                .formatted(task, type, String.join("','", users))));
  }

  private DeliveryStatus phase(TaskId task, Registration phone) {
    return fixture
        .engine
        .tasks()
        .delivery(VivoFixture.SHOP, task, phone.id())
        .orElseThrow()
        .state()
        .status();
  }

  @Test
  void check_namesThoseWhomNothingWouldReach() {
    Registration away = fixture.phone("away");
    fixture.clock.advance(Duration.ofDays(14));
    Registration off = fixture.phone("off");
    fixture.switchOffNotifications(off);
    Registration blocked = fixture.phone("blocked");
    fixture.engine.registrations().block(blocked.id(), true);
    Registration here = fixture.phone("here");
    Registration foreign = fixture.phone(VivoFixture.BANK, "foreign");
    String ids =
        String.join(
            "','",
            away.id().value(),
            off.id().value(),
            blocked.id().value(),
            here.id().value(),
            foreign.id().value(),
            "15547801220021000000000");

    // The token is a fortnight old.
    String token = fixture.newToken();
    JsonNode byId =
        VivoFixture.requireSuccess(
            fixture.as(
                token, "POST", "/invalidUser/check", "{'userType':1,'userIds':['" + ids + "']}"));
    assertThat(byId.path("invalidUsers").toString())
        .isEqualTo(
            "[\"%s\",\"%s\",\"%s\",\"15547801220021000000000\"]"
                .formatted(off.id(), blocked.id(), foreign.id()));

    fixture.clock.advance(Duration.ofMillis(1));
    JsonNode byAlias =
        VivoFixture.requireSuccess(
            fixture.as(
                token,
                "GET",
                "/invalidUser/check",
                "{'userType':'2','userIds':['away','here','nobody']}"));
    assertThat(byAlias.path("invalidUsers").toString()).isEqualTo("[\"away\",\"nobody\"]");
  }

  /// Wherever the API tells of an id: in single and list messages, recalls, tags and checks.
  @Test
  void deletedRegistration_isUninstalled_asLongAsItIsRemembered() {
    Registration gone = fixture.phone("gone", "vip");
    Registration here = fixture.phone("here", "vip");
    String id = gone.id().value();
    TaskId task = fixture.send(gone);
    VivoFixture.requireSuccess(fixture.post("/tag/add", "{'name':'vip'}"));
    fixture.engine.registrations().unregister(gone.id());
    String told = "[{\"status\":%d,\"userid\":\"" + id + "\"}]";

    for (int status : new int[] {2, 1}) {
      String expected = told.formatted(status);
      assertThat(recycle(task, 1, id).path("invalidUsers").toString()).isEqualTo(expected);
      Reply single = fixture.send(gone, "");
      assertThat(VivoFixture.code(single)).isEqualTo(10302);
      assertThat(VivoFixture.json(single).at("/invalidUser/status").asInt()).isEqualTo(status);
      TaskId list = fixture.saveListPayload();
      String push = "{'requestId':'l%d','taskId':'%s','regIds':['%s','%s']}";
      JsonNode pushed =
          VivoFixture.requireSuccess(
              fixture.post(
                  "/message/pushToList", push.formatted(status, list, id, here.id().value())));
      assertThat(pushed.path("invalidUsers").toString()).isEqualTo(expected);
      JsonNode counts =
          VivoFixture.requireSuccess(fixture.get("/report/getStatistics?taskIds=" + list));
      assertThat(counts.at("/statistics/0/targetUnSub").asInt()).isEqualTo(status == 2 ? 1 : 0);
      assertThat(counts.at("/statistics/0/targetInvalid").asInt()).isEqualTo(status == 1 ? 1 : 0);
      String members = "{'name':'vip','type':1,'ids':['" + id + "']}";
      assertThat(
              VivoFixture.requireSuccess(fixture.post("/tag/addMembers", members))
                  .path("data")
                  .toString())
          .isEqualTo(expected);
      String check = "{'userType':1,'userIds':['" + id + "']}";
      assertThat(
              VivoFixture.requireSuccess(fixture.post("/invalidUser/check", check))
                  .path("invalidUsers")
                  .toString())
          .isEqualTo("[\"" + id + "\"]");
      // As housekeeping does once the setting's time is over.
      fixture.store.registrations().clearRemoved(fixture.clock.instant().plusSeconds(1), 10);
    }
    assertThat(recycle(task, 2, "gone").at("/invalidUsers/0/status").asInt()).isEqualTo(1);
  }

  /// A week for what is taken back, a fortnight for whom nothing would reach.
  @Test
  void awayForAWeek_isToldByRecycle_notByCheck() {
    Registration away = fixture.phone("away");
    fixture.clock.advance(Duration.ofDays(7));
    String token = fixture.newToken();
    TaskId task =
        VivoFixture.taskId(fixture.as(token, "POST", "/message/all", fixture.message("")));
    String recycle =
        "{'taskId':'%s','userType':1,'userIds':['%s']}".formatted(task, away.id().value());
    assertThat(
            VivoFixture.requireSuccess(fixture.as(token, "POST", "/message/recycle", recycle))
                .path("invalidUsers"))
        .isEmpty();

    fixture.clock.advance(Duration.ofMillis(1));

    assertThat(
            VivoFixture.requireSuccess(fixture.as(token, "POST", "/message/recycle", recycle))
                .at("/invalidUsers/0/status")
                .asInt())
        .isEqualTo(3);
    String check = "{'userType':1,'userIds':['%s']}".formatted(away.id().value());
    assertThat(
            VivoFixture.requireSuccess(fixture.as(token, "POST", "/invalidUser/check", check))
                .path("invalidUsers"))
        .isEmpty();
  }

  @Test
  void recycle_takesBackWhatWaits_andWhatIsOut() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    Registration carl = fixture.phone("carl");
    TaskId list = fixture.saveListPayload();
    VivoFixture.requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'requestId':'r','taskId':'%s','aliases':['ada','bob','carl']}".formatted(list)));
    fixture.report(bob, Receipt.Event.SHOWN);

    JsonNode answer = recycle(list, 2, "ada", "bob", "nobody");

    assertThat(answer.path("desc").asText()).isEqualTo("请求成功");
    assertThat(answer.path("invalidUsers").toString())
        .isEqualTo("[{\"status\":1,\"userid\":\"nobody\"}]");
    assertThat(phase(list, ada)).isEqualTo(DeliveryStatus.RECALLED);
    assertThat(phase(list, bob)).isEqualTo(DeliveryStatus.RECALLING);
    assertThat(phase(list, carl)).isEqualTo(DeliveryStatus.QUEUED);
    assertThat(fixture.tasks(ada)).isEmpty();
    assertThat(fixture.tasks(carl)).containsExactly(list);
    assertThat(fixture.engine.devices().withdrawals(bob.id(), TaskId.NONE, 10)).hasSize(1);
    // Again changes nothing, and adding them again neither.
    recycle(list, 1, ada.id().value());
    VivoFixture.requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'requestId':'s','taskId':'%s','aliases':['ada','bob']}".formatted(list)));
    assertThat(fixture.tasks(ada)).isEmpty();
  }

  @Test
  void hundredUsers_areAsked_andTakenBackFrom_oneMoreIsTooMany() {
    TaskId task = fixture.send(fixture.phone("ada"));
    String hundred = "'1'" + ",'1'".repeat(99);
    for (String path : new String[] {"/invalidUser/check", "/message/recycle"}) {
      String body = "{'taskId':" + task + ",'userType':1,'userIds':[" + hundred + "%s]}";
      VivoFixture.requireSuccess(fixture.post(path, body.formatted("")));
      assertThat(VivoFixture.code(fixture.post(path, body.formatted(",'1'")))).isEqualTo(10614);
    }
  }

  @Test
  void recycle_ofABroadcast_isForTheUsersThatAreNamed() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    TaskId all = VivoFixture.taskId(fixture.post("/message/all", fixture.message("")));

    recycle(all, 1, ada.id().value());

    assertThat(fixture.tasks(ada)).isEmpty();
    assertThat(fixture.tasks(bob)).containsExactly(all);
    assertThat(
            fixture.engine.tasks().delivery(VivoFixture.SHOP, all, ada.id()).orElseThrow().state())
        .isInstanceOfSatisfying(
            Recalled.class,
            state -> assertThat(state.outcome()).isEqualTo(Recalled.Outcome.PREVENTED));
  }

  @Test
  void recycle_tellsOfThoseThatAreOffOrAway_andTakesBackAllTheSame() {
    Registration off = fixture.phone("off");
    Registration away = fixture.phone("away");
    fixture.clock.advance(Duration.ofDays(10));
    String token = fixture.newToken();
    TaskId task =
        VivoFixture.taskId(
            fixture.as(token, "POST", "/message/all", fixture.message("'timeToLive':604800")));
    fixture.switchOffNotifications(off);
    fixture.clock.advance(Duration.ofDays(5));
    token = fixture.newToken();

    JsonNode answer =
        VivoFixture.requireSuccess(
            fixture.as(
                token,
                "POST",
                "/message/recycle",
                "{'taskId':%s,'userType':1,'userIds':['%s','%s']}"
                    .formatted(task, off.id(), away.id())));

    assertThat(answer.path("invalidUsers").toString())
        .isEqualTo(
            "[{\"status\":2,\"userid\":\"%s\"},{\"status\":3,\"userid\":\"%s\"}]"
                .formatted(off.id(), away.id()));
    assertThat(fixture.tasks(off)).isEmpty();
    assertThat(fixture.tasks(away)).isEmpty();
  }

  @Test
  void recycle_ofAnOldOrForeignTask_isRefused() {
    Registration ada = fixture.phone("ada");
    TaskId task = fixture.send(ada);
    String body = "{'taskId':%s,'userType':1,'userIds':['%s']}".formatted(task, ada.id());
    assertThat(VivoFixture.code(fixture.as(fixture.bankToken(), "POST", "/message/recycle", body)))
        .isEqualTo(10151);

    fixture.clock.advance(Duration.ofDays(7).plusMillis(1));
    String token = fixture.newToken();

    assertThat(VivoFixture.code(fixture.as(token, "POST", "/message/recycle", body)))
        .isEqualTo(10151);
  }
}
