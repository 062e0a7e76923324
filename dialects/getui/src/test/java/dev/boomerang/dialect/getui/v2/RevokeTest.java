// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.Phone;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevokeTest {
  private final Api api = new Api();
  private final Registration ada = api.world.android("ada", "vip");
  private final Registration bob = api.world.android("bob");

  @AfterEach
  void close() {
    api.close();
  }

  private String sentToAll() {
    return api.push("all", "'all'", Api.TEXT).path("taskid").asText();
  }

  @Test
  void single_takesItOffTheDevice_andHasANameOfItsOwn() {
    Phone phone = api.world.connected(ada);
    String old = api.pushed(phone.cid(), Api.TEXT);

    JsonNode data = api.push("single/cid", Api.cids(phone.cid()), Api.revoke(old, false));

    String revoke = data.fieldNames().next();
    assertThat(revoke).matches("RASS_\\d{4}_[0-9a-f]{32}").isNotEqualTo(old);
    assertThat(data.path(revoke).path(phone.cid()).asText()).isEqualTo("successed_online");
    assertThat(phone.withdrawn()).containsExactly(Api.number(old));
    assertThat(phone.contents()).hasSize(1);
    assertThat(api.data("/report/push/task/" + revoke).has(revoke)).isTrue();
  }

  @Test
  void single_keepsWhatWaitsFromArriving_forThisOneOnly() {
    String old = sentToAll();

    api.push("single/alias", "{'alias':['ada']}", Api.revoke(old, false));

    assertThat(api.world.mailbox(ada)).isEmpty();
    assertThat(api.world.mailbox(bob)).hasSize(1);
  }

  @Test
  void all_takesTheWholeTask() {
    String old = sentToAll();
    Phone phone = api.world.connected(bob);

    String revoke = api.push("all", "'all'", Api.revoke(old, false)).path("taskid").asText();

    assertThat(revoke).startsWith("RASA_");
    assertThat(phone.withdrawn()).containsExactly(Api.number(old));
    assertThat(api.world.mailbox(ada)).isEmpty();
  }

  @Test
  void tag_takesItFromThoseWhoMatch() {
    String old = sentToAll();

    api.push(
        "tag",
        "{'tag':[{'key':'custom_tag','values':['vip'],'opt_type':'or'}]}",
        Api.revoke(old, false));

    assertThat(api.world.mailbox(ada)).isEmpty();
    assertThat(api.world.mailbox(bob)).hasSize(1);
  }

  @Test
  void list_takesItFromThoseWhoAreNamedLater() {
    String old = api.opened(Api.TEXT);
    api.list(old, ada.id().value(), bob.id().value());
    String revoke = api.opened(Api.revoke(old, false));
    assertThat(api.world.mailbox(ada)).hasSize(1);

    JsonNode statuses = api.list(revoke, ada.id().value());

    assertThat(statuses.path(ada.id().value()).asText()).isEqualTo("successed_offline");
    assertThat(api.world.mailbox(ada)).isEmpty();
    assertThat(api.world.mailbox(bob)).hasSize(1);
  }

  @Test
  void whatWaitsForItsTime_doesNotCome() {
    long later = api.world.clock.instant().plusSeconds(600).toEpochMilli();
    String old =
        api.push("all", "'all'", "'settings':{'schedule_time':" + later + "}," + Api.TEXT)
            .path("taskid")
            .asText();

    api.push("all", "'all'", Api.revoke(old, false));

    api.world.clock.advance(Duration.ofMinutes(10));
    api.world.engine.schedules().runOnce();
    assertThat(api.world.mailbox(ada)).isEmpty();
  }

  @Test
  void whatWasScheduled_isTakenBackByItsName() {
    long later = api.world.clock.instant().plusSeconds(600).toEpochMilli();
    String old =
        api.push("all", "'all'", "'settings':{'schedule_time':" + later + "}," + Api.TEXT)
            .path("taskid")
            .asText();
    api.world.clock.advance(Duration.ofMinutes(10));
    api.world.engine.schedules().runOnce();
    Phone phone = api.world.connected(ada);

    api.push("single/cid", Api.cids(phone.cid()), Api.revoke(old, false));

    assertThat(phone.withdrawn()).hasSize(1);
  }

  @Test
  void force_takesEverythingFromADeviceThatDidNotGetIt() {
    Phone phone = api.world.connected(ada);
    String other = api.pushed(phone.cid(), Api.TEXT);
    String old = api.pushed(bob.id().value(), Api.TEXT);

    api.push("single/cid", Api.cids(phone.cid()), Api.revoke(old, false));
    assertThat(phone.withdrawn()).isEmpty();

    api.push("single/cid", Api.cids(phone.cid()), Api.revoke(old, true));
    assertThat(phone.withdrawn()).containsExactly(Api.number(other));
    assertThat(api.world.mailbox(bob)).hasSize(1);
  }

  @Test
  void force_onADeviceThatGotIt_takesNothingElse() {
    Phone phone = api.world.connected(ada);
    api.pushed(phone.cid(), Api.TEXT);
    String old = api.pushed(phone.cid(), Api.TEXT);

    api.push("single/cid", Api.cids(phone.cid()), Api.revoke(old, true));

    assertThat(phone.withdrawn()).containsExactly(Api.number(old));
  }

  @Test
  void sameRequest_forcesOnce() {
    Phone phone = api.world.connected(ada);
    String old = api.pushed(bob.id().value(), Api.TEXT);
    String body = api.body(Api.cids(phone.cid()), Api.revoke(old, true));
    JsonNode first = api.data("POST", "/push/single/cid", body);
    api.pushed(phone.cid(), Api.TEXT);

    assertThat(api.data("POST", "/push/single/cid", body)).isEqualTo(first);

    assertThat(phone.withdrawn()).isEmpty();
  }

  @Test
  void unknownForeignAndOldTasks_areRefused_andNothingIsStored() {
    assertRefused("RASS_0101_" + "0".repeat(32));
    assertRefused("nonsense");
    String old = api.pushed(ada.id().value(), Api.TEXT);
    api.world.clock.advance(Duration.ofDays(7).plusMillis(1));
    String token = api.logIn();
    Reply late =
        api.world.call(
            "POST",
            Api.BASE + "/push/single/cid",
            dev.boomerang.web.http.Headers.of("token", token),
            api.body(Api.cids(ada.id().value()), Api.revoke(old, false)));
    assertThat(Api.message(late)).startsWith("old_task_id is invalid");
  }

  private void assertRefused(String old) {
    for (String path : new String[] {"single/cid", "all"}) {
      String audience = path.equals("all") ? "'all'" : Api.cids(ada.id().value());
      Reply reply = api.call("POST", "/push/" + path, api.body(audience, Api.revoke(old, false)));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(Api.code(reply)).isEqualTo(20001);
      assertThat(Api.message(reply)).startsWith("old_task_id is invalid");
    }
  }

  @Test
  void revoke_standsAlone() {
    Reply reply =
        api.call(
            "POST",
            "/push/single/cid",
            api.body(
                Api.cids(ada.id().value()),
                "'push_message':{'revoke':{'old_task_id':'1'},'transmission':'x'}"));

    assertThat(Api.code(reply)).isEqualTo(20001);
    assertThat(Api.message(reply)).startsWith("push_message.revoke is invalid");
  }
}
