// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StopTest {
  private final V2ApiFixture api = new V2ApiFixture();
  private final Registration ada = api.fixture.android("ada");

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void stop_cancelsWaitingDeliveries_andLeavesDeliveredOnes() {
    TestDevice phone = api.fixture.connect(api.fixture.android("bob"));
    String task = api.push("all", "'all'", V2ApiFixture.TEXT).path("taskid").asText();

    assertThat(V2ApiFixture.code(api.call("DELETE", "/task/" + task, "null"))).isZero();
    assertThat(V2ApiFixture.code(api.call("DELETE", "/task/" + task, ""))).isZero();

    assertThat(api.fixture.mailbox(ada)).isEmpty();
    assertThat(phone.contents()).hasSize(1);
    assertThat(phone.withdrawn()).isEmpty();
  }

  @Test
  void stoppedList_acceptsNoTargets() {
    String task = api.opened(V2ApiFixture.TEXT);
    api.data("DELETE", "/task/" + task, "");

    Reply reply = api.call("POST", "/push/list/cid", V2ApiFixture.listBody(task, ada.id().value()));

    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(reply)).startsWith("taskid is invalid: the task is stopped");
    assertThat(api.fixture.mailbox(ada)).isEmpty();
  }

  @Test
  void singlePushes_andUnknownTasks_cannotBeStopped() {
    String single = api.pushed(ada.id().value(), V2ApiFixture.TEXT);
    for (String task : new String[] {single, "RASL_0101_x"}) {
      Reply reply = api.call("DELETE", "/task/" + task, "");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
      assertThat(V2ApiFixture.message(reply)).startsWith("taskid is invalid");
    }
    assertThat(api.fixture.mailbox(ada)).hasSize(1);
  }
}
