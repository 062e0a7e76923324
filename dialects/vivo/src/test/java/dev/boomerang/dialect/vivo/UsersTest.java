// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.Receipt;
import dev.boomerang.model.Registration;
import dev.boomerang.model.TaskId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Invalid ids, and messages taken back.
class UsersTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private JsonNode recycle(TaskId task, int type, String... users) {
    return World.good(
        world.post(
            "/message/recycle",
            "{'taskId':'%s','userType':%d,'userIds':['%s']}"
                .formatted(task, type, String.join("','", users))));
  }

  private Phase phase(TaskId task, Registration phone) {
    return world
        .engine
        .tasks()
        .delivery(World.SHOP, task, phone.id())
        .orElseThrow()
        .state()
        .phase();
  }

  @Test
  void check_namesThoseWhomNothingWouldReach() {
    Registration away = world.phone("away");
    world.clock.advance(Duration.ofDays(14));
    Registration off = world.phone("off");
    world.switchOff(off);
    Registration blocked = world.phone("blocked");
    world.engine.registrations().block(blocked.id(), true);
    Registration here = world.phone("here");
    Registration foreign = world.phone(World.BANK, "foreign");
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
    String token =
        World.json(world.auth(World.NUMBER, World.KEY, World.SECRET)).path("authToken").asText();
    JsonNode byId =
        World.good(
            world.as(
                token, "POST", "/invalidUser/check", "{'userType':1,'userIds':['" + ids + "']}"));
    assertThat(byId.path("invalidUsers").toString())
        .isEqualTo(
            "[\"%s\",\"%s\",\"%s\",\"15547801220021000000000\"]"
                .formatted(off.id(), blocked.id(), foreign.id()));

    world.clock.advance(Duration.ofMillis(1));
    JsonNode byAlias =
        World.good(
            world.as(
                token,
                "GET",
                "/invalidUser/check",
                "{'userType':'2','userIds':['away','here','nobody']}"));
    assertThat(byAlias.path("invalidUsers").toString()).isEqualTo("[\"away\",\"nobody\"]");
  }

  @Test
  void recycle_takesBackWhatWaits_andWhatIsOut() {
    Registration ada = world.phone("ada");
    Registration bob = world.phone("bob");
    Registration carl = world.phone("carl");
    TaskId list = World.task(world.post("/message/saveListPayload", world.message("")));
    World.good(
        world.post(
            "/message/pushToList",
            "{'requestId':'r','taskId':'%s','aliases':['ada','bob','carl']}".formatted(list)));
    world.receipt(bob, Receipt.Event.SHOWN);

    JsonNode answer = recycle(list, 2, "ada", "bob", "nobody");

    assertThat(answer.path("desc").asText()).isEqualTo("请求成功");
    assertThat(answer.path("invalidUsers").toString())
        .isEqualTo("[{\"status\":1,\"userid\":\"nobody\"}]");
    assertThat(phase(list, ada)).isEqualTo(Phase.RECALLED);
    assertThat(phase(list, bob)).isEqualTo(Phase.RECALLING);
    assertThat(phase(list, carl)).isEqualTo(Phase.QUEUED);
    assertThat(world.tasks(ada)).isEmpty();
    assertThat(world.tasks(carl)).containsExactly(list);
    assertThat(world.engine.devices().withdrawals(bob.id(), TaskId.NONE, 10)).hasSize(1);
    // Again changes nothing, and adding them again neither.
    recycle(list, 1, ada.id().value());
    World.good(
        world.post(
            "/message/pushToList",
            "{'requestId':'s','taskId':'%s','aliases':['ada','bob']}".formatted(list)));
    assertThat(world.tasks(ada)).isEmpty();
  }

  @Test
  void hundredUsers_areAsked_andTakenBackFrom_oneMoreIsTooMany() {
    TaskId task = world.sent(world.phone("ada"));
    String hundred = "'1'" + ",'1'".repeat(99);
    for (String path : new String[] {"/invalidUser/check", "/message/recycle"}) {
      String body = "{'taskId':" + task + ",'userType':1,'userIds':[" + hundred + "%s]}";
      World.good(world.post(path, body.formatted("")));
      assertThat(World.code(world.post(path, body.formatted(",'1'")))).isEqualTo(10614);
    }
  }

  @Test
  void recycle_ofABroadcast_isForTheUsersThatAreNamed() {
    Registration ada = world.phone("ada");
    Registration bob = world.phone("bob");
    TaskId all = World.task(world.post("/message/all", world.message("")));

    recycle(all, 1, ada.id().value());

    assertThat(world.tasks(ada)).isEmpty();
    assertThat(world.tasks(bob)).containsExactly(all);
    assertThat(world.engine.tasks().delivery(World.SHOP, all, ada.id()).orElseThrow().state())
        .isInstanceOfSatisfying(
            Recalled.class, state -> assertThat(state.how()).isEqualTo(Recalled.How.PREVENTED));
  }

  @Test
  void recycle_tellsOfThoseThatAreOffOrAway_andTakesBackAllTheSame() {
    Registration off = world.phone("off");
    Registration away = world.phone("away");
    world.clock.advance(Duration.ofDays(10));
    String token =
        World.json(world.auth(World.NUMBER, World.KEY, World.SECRET)).path("authToken").asText();
    TaskId task =
        World.task(world.as(token, "POST", "/message/all", world.message("'timeToLive':604800")));
    world.switchOff(off);
    world.clock.advance(Duration.ofDays(5));
    token =
        World.json(world.auth(World.NUMBER, World.KEY, World.SECRET)).path("authToken").asText();

    JsonNode answer =
        World.good(
            world.as(
                token,
                "POST",
                "/message/recycle",
                "{'taskId':%s,'userType':1,'userIds':['%s','%s']}"
                    .formatted(task, off.id(), away.id())));

    assertThat(answer.path("invalidUsers").toString())
        .isEqualTo(
            "[{\"status\":2,\"userid\":\"%s\"},{\"status\":3,\"userid\":\"%s\"}]"
                .formatted(off.id(), away.id()));
    assertThat(world.tasks(off)).isEmpty();
    assertThat(world.tasks(away)).isEmpty();
  }

  @Test
  void recycle_ofAnOldOrForeignTask_isRefused() {
    Registration ada = world.phone("ada");
    TaskId task = world.sent(ada);
    String body = "{'taskId':%s,'userType':1,'userIds':['%s']}".formatted(task, ada.id());
    assertThat(World.code(world.as(world.bankToken(), "POST", "/message/recycle", body)))
        .isEqualTo(10151);

    world.clock.advance(Duration.ofDays(7).plusMillis(1));
    String token =
        World.json(world.auth(World.NUMBER, World.KEY, World.SECRET)).path("authToken").asText();

    assertThat(World.code(world.as(token, "POST", "/message/recycle", body))).isEqualTo(10151);
  }
}
