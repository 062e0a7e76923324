// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevokeTest {
  private final V2ApiFixture api = new V2ApiFixture();
  private final Registration ada = api.fixture.android("ada", "vip");
  private final Registration bob = api.fixture.android("bob");

  @AfterEach
  void close() {
    api.close();
  }

  private String sentToAll() {
    return api.push("all", "'all'", V2ApiFixture.TEXT).path("taskid").asText();
  }

  @Test
  void single_withdrawsFromTheDevice_andHasItsOwnTaskName() {
    TestDevice phone = api.fixture.connect(ada);
    String old = api.pushed(phone.registration().id().value(), V2ApiFixture.TEXT);

    JsonNode data =
        api.push(
            "single/cid",
            V2ApiFixture.cids(phone.registration().id().value()),
            V2ApiFixture.revoke(old, false));

    String revoke = data.fieldNames().next();
    assertThat(revoke).matches("RASS_\\d{4}_[0-9a-f]{32}").isNotEqualTo(old);
    assertThat(data.path(revoke).path(phone.registration().id().value()).asText())
        .isEqualTo("successed_online");
    assertThat(phone.withdrawn())
        .extracting(DeliveryId::task)
        .containsExactly(V2ApiFixture.number(old));
    assertThat(phone.contents()).hasSize(1);
    assertThat(api.data("/report/push/task/" + revoke).has(revoke)).isTrue();
  }

  @Test
  void single_revokesAWaitingPush_forThisUserOnly() {
    String old = sentToAll();

    api.push("single/alias", "{'alias':['ada']}", V2ApiFixture.revoke(old, false));

    assertThat(api.fixture.mailbox(ada)).isEmpty();
    assertThat(api.fixture.mailbox(bob)).hasSize(1);
  }

  @Test
  void all_revokesTheWholeTask() {
    String old = sentToAll();
    TestDevice phone = api.fixture.connect(bob);

    String revoke =
        api.push("all", "'all'", V2ApiFixture.revoke(old, false)).path("taskid").asText();

    assertThat(revoke).startsWith("RASA_");
    assertThat(phone.withdrawn())
        .extracting(DeliveryId::task)
        .containsExactly(V2ApiFixture.number(old));
    assertThat(api.fixture.mailbox(ada)).isEmpty();
  }

  @Test
  void tag_revokesForMatchingUsers() {
    String old = sentToAll();

    api.push(
        "tag",
        "{'tag':[{'key':'custom_tag','values':['vip'],'opt_type':'or'}]}",
        V2ApiFixture.revoke(old, false));

    assertThat(api.fixture.mailbox(ada)).isEmpty();
    assertThat(api.fixture.mailbox(bob)).hasSize(1);
  }

  @Test
  void list_revokesForUsersNamedLater() {
    String old = api.opened(V2ApiFixture.TEXT);
    api.list(old, ada.id().value(), bob.id().value());
    String revoke = api.opened(V2ApiFixture.revoke(old, false));
    assertThat(api.fixture.mailbox(ada)).hasSize(1);

    JsonNode statuses = api.list(revoke, ada.id().value());

    assertThat(statuses.path(ada.id().value()).asText()).isEqualTo("successed_offline");
    assertThat(api.fixture.mailbox(ada)).isEmpty();
    assertThat(api.fixture.mailbox(bob)).hasSize(1);
  }

  @Test
  void revokedSchedule_isNotSent() {
    long later = api.fixture.clock.instant().plusSeconds(600).toEpochMilli();
    String old =
        api.push("all", "'all'", "'settings':{'schedule_time':" + later + "}," + V2ApiFixture.TEXT)
            .path("taskid")
            .asText();

    api.push("all", "'all'", V2ApiFixture.revoke(old, false));

    api.fixture.clock.advance(Duration.ofMinutes(10));
    api.fixture.engine.schedules().runOnce();
    assertThat(api.fixture.mailbox(ada)).isEmpty();
  }

  @Test
  void sentSchedule_isRevokedByItsName() {
    long later = api.fixture.clock.instant().plusSeconds(600).toEpochMilli();
    String old =
        api.push("all", "'all'", "'settings':{'schedule_time':" + later + "}," + V2ApiFixture.TEXT)
            .path("taskid")
            .asText();
    api.fixture.clock.advance(Duration.ofMinutes(10));
    api.fixture.engine.schedules().runOnce();
    TestDevice phone = api.fixture.connect(ada);

    api.push(
        "single/cid",
        V2ApiFixture.cids(phone.registration().id().value()),
        V2ApiFixture.revoke(old, false));

    assertThat(phone.withdrawn()).hasSize(1);
  }

  @Test
  void force_withdrawsAll_fromADeviceThatDidNotGetIt() {
    TestDevice phone = api.fixture.connect(ada);
    String other = api.pushed(phone.registration().id().value(), V2ApiFixture.TEXT);
    String old = api.pushed(bob.id().value(), V2ApiFixture.TEXT);

    api.push(
        "single/cid",
        V2ApiFixture.cids(phone.registration().id().value()),
        V2ApiFixture.revoke(old, false));
    assertThat(phone.withdrawn()).isEmpty();

    api.push(
        "single/cid",
        V2ApiFixture.cids(phone.registration().id().value()),
        V2ApiFixture.revoke(old, true));
    assertThat(phone.withdrawn())
        .extracting(DeliveryId::task)
        .containsExactly(V2ApiFixture.number(other));
    assertThat(api.fixture.mailbox(bob)).hasSize(1);
  }

  @Test
  void force_onADeviceThatGotIt_withdrawsNothingElse() {
    TestDevice phone = api.fixture.connect(ada);
    api.pushed(phone.registration().id().value(), V2ApiFixture.TEXT);
    String old = api.pushed(phone.registration().id().value(), V2ApiFixture.TEXT);

    api.push(
        "single/cid",
        V2ApiFixture.cids(phone.registration().id().value()),
        V2ApiFixture.revoke(old, true));

    assertThat(phone.withdrawn())
        .extracting(DeliveryId::task)
        .containsExactly(V2ApiFixture.number(old));
  }

  @Test
  void sameRequest_forcesOnce() {
    TestDevice phone = api.fixture.connect(ada);
    String old = api.pushed(bob.id().value(), V2ApiFixture.TEXT);
    String body =
        api.body(
            V2ApiFixture.cids(phone.registration().id().value()), V2ApiFixture.revoke(old, true));
    JsonNode first = api.data("POST", "/push/single/cid", body);
    api.pushed(phone.registration().id().value(), V2ApiFixture.TEXT);

    assertThat(api.data("POST", "/push/single/cid", body)).isEqualTo(first);

    assertThat(phone.withdrawn()).isEmpty();
  }

  @Test
  void unknownForeignAndOldTasks_areRefused_andNothingIsStored() {
    assertRefused("RASS_0101_" + "0".repeat(32));
    assertRefused("nonsense");
    String old = api.pushed(ada.id().value(), V2ApiFixture.TEXT);
    api.fixture.clock.advance(Duration.ofDays(7).plusMillis(1));
    String token = api.logIn();
    Reply late =
        api.fixture.call(
            "POST",
            V2ApiFixture.BASE + "/push/single/cid",
            dev.boomerang.web.http.Headers.of("token", token),
            api.body(V2ApiFixture.cids(ada.id().value()), V2ApiFixture.revoke(old, false)));
    assertThat(V2ApiFixture.message(late)).startsWith("old_task_id is invalid");
  }

  private void assertRefused(String old) {
    for (String path : new String[] {"single/cid", "all"}) {
      String audience = path.equals("all") ? "'all'" : V2ApiFixture.cids(ada.id().value());
      Reply reply =
          api.call("POST", "/push/" + path, api.body(audience, V2ApiFixture.revoke(old, false)));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
      assertThat(V2ApiFixture.message(reply)).startsWith("old_task_id is invalid");
    }
  }

  @Test
  void revoke_excludesOtherContent() {
    Reply reply =
        api.call(
            "POST",
            "/push/single/cid",
            api.body(
                V2ApiFixture.cids(ada.id().value()),
                "'push_message':{'revoke':{'old_task_id':'1'},'transmission':'x'}"));

    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(reply)).startsWith("push_message.revoke is invalid");
  }
}
