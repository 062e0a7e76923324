// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.user;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.code;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.json;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvalidUserCallsTest {
  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void check_returnsUsersThatCannotBeReached() {
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

    // The fixture's token is 14 days old by now.
    String token = fixture.newToken();
    JsonNode byId =
        requireSuccess(
            fixture.as(
                token, "POST", "/invalidUser/check", "{'userType':1,'userIds':['" + ids + "']}"));
    assertThat(byId.path("invalidUsers").toString())
        .isEqualTo(
            "[\"%s\",\"%s\",\"%s\",\"15547801220021000000000\"]"
                .formatted(off.id(), blocked.id(), foreign.id()));

    fixture.clock.advance(Duration.ofMillis(1));
    JsonNode byAlias =
        requireSuccess(
            fixture.as(
                token,
                "GET",
                "/invalidUser/check",
                "{'userType':'2','userIds':['away','here','nobody']}"));
    assertThat(byAlias.path("invalidUsers").toString()).isEqualTo("[\"away\",\"nobody\"]");
  }

  /// Every endpoint that names invalid users does so: single and list messages, recalls, tags and
  /// checks.
  @Test
  void deletedRegistration_isUninstalled_asLongAsItIsRemembered() {
    Registration gone = fixture.phone("gone", "vip");
    Registration here = fixture.phone("here", "vip");
    String id = gone.id().value();
    TaskId task = fixture.send(gone);
    requireSuccess(fixture.post("/tag/add", "{'name':'vip'}"));
    fixture.engine.registrations().unregister(gone.id());
    String invalidUser = "[{\"status\":%d,\"userid\":\"" + id + "\"}]";

    for (int status : new int[] {2, 1}) {
      String expected = invalidUser.formatted(status);
      assertThat(fixture.recycle(task, 1, id).path("invalidUsers").toString()).isEqualTo(expected);
      Reply single = fixture.send(gone, "");
      assertThat(code(single)).isEqualTo(10302);
      assertThat(json(single).at("/invalidUser/status").asInt()).isEqualTo(status);
      TaskId list = fixture.saveListPayload();
      String push = "{'requestId':'l%d','taskId':'%s','regIds':['%s','%s']}";
      JsonNode pushed =
          requireSuccess(
              fixture.post(
                  "/message/pushToList", push.formatted(status, list, id, here.id().value())));
      assertThat(pushed.path("invalidUsers").toString()).isEqualTo(expected);
      JsonNode counts = requireSuccess(fixture.get("/report/getStatistics?taskIds=" + list));
      assertThat(counts.at("/statistics/0/targetUnSub").asInt()).isEqualTo(status == 2 ? 1 : 0);
      assertThat(counts.at("/statistics/0/targetInvalid").asInt()).isEqualTo(status == 1 ? 1 : 0);
      String members = "{'name':'vip','type':1,'ids':['" + id + "']}";
      assertThat(requireSuccess(fixture.post("/tag/addMembers", members)).path("data").toString())
          .isEqualTo(expected);
      String check = "{'userType':1,'userIds':['" + id + "']}";
      assertThat(
              requireSuccess(fixture.post("/invalidUser/check", check))
                  .path("invalidUsers")
                  .toString())
          .isEqualTo("[\"" + id + "\"]");
      // Housekeeping does this when the time of `removed-ids` is over.
      fixture.store.registrations().clearRemoved(fixture.clock.instant().plusSeconds(1), 10);
    }
    assertThat(fixture.recycle(task, 2, "gone").at("/invalidUsers/0/status").asInt()).isEqualTo(1);
  }

  @Test
  void hundredUsers_areTheMostOfCheckAndRecycle() {
    TaskId task = fixture.send(fixture.phone("ada"));
    String hundred = "'1'" + ",'1'".repeat(99);
    for (String path : new String[] {"/invalidUser/check", "/message/recycle"}) {
      String body = "{'taskId':" + task + ",'userType':1,'userIds':[" + hundred + "%s]}";
      requireSuccess(fixture.post(path, body.formatted("")));
      assertThat(code(fixture.post(path, body.formatted(",'1'")))).isEqualTo(10614);
    }
  }
}
