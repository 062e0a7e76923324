// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.registration.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests messages that take an earlier one back.
class RevokeTest {
  private final WireFixture wire = new WireFixture();
  private final Registration ada = wire.fixture.android("ada", "t1");
  private final Registration bob = wire.fixture.android("bob");

  @AfterEach
  void close() {
    wire.close();
  }

  private static String revoke(String task, boolean force) {
    return WireFixture.message(WireMessages.revoke(task, force), "") + ",'pushType':'Revoke'";
  }

  @Test
  void waitingMessage_isRevoked() {
    String old = wire.push(ada, WireFixture.text("wrong")).path("taskId").asText();

    JsonNode answer = wire.push(ada, revoke(old, false));

    assertThat(answer.path("result").asText()).isEqualTo("ok");
    assertThat(answer.path("taskId").asText()).startsWith("OSS-").isNotEqualTo(old);
    assertThat(wire.fixture.tasks(ada)).isEmpty();
  }

  @Test
  void shownMessage_isWithdrawnFromTheDevice() {
    TestDevice phone = wire.fixture.connect(ada);
    String old =
        wire.push(ada, WireFixture.message(WireMessages.notification(), ""))
            .path("taskId")
            .asText();

    JsonNode answer = wire.push(ada, revoke(old, false));

    assertThat(answer.path("status").asText()).isEqualTo("successed_online");
    assertThat(phone.withdrawn())
        .extracting(DeliveryId::task)
        .containsExactly(WireFixture.number(old));
  }

  @Test
  void listMessage_isRevokedForNamedUsers() {
    String old = wire.list(WireFixture.text("wrong"));
    wire.toList(old, WireFixture.quoted(ada, bob), "");

    String content = wire.list(revoke(old, false));
    wire.toList(content, WireFixture.quoted(ada), "");

    assertThat(wire.fixture.tasks(ada)).isEmpty();
    assertThat(wire.fixture.tasks(bob)).containsExactly(WireFixture.number(old));
  }

  @Test
  void appMessage_isRevokedForEverybody_byTheSecondCall() {
    String old = wire.prepare(WireFixture.text("wrong"), "").path("contentId").asText();
    wire.launch(old);

    String content = wire.prepare(revoke(old, false), "").path("contentId").asText();
    assertThat(wire.fixture.tasks(ada)).hasSize(1);
    wire.launch(content);

    assertThat(wire.fixture.tasks(ada)).isEmpty();
    assertThat(wire.fixture.tasks(bob)).isEmpty();
  }

  @Test
  void force_withdrawsAll_fromADeviceThatDidNotGetIt() {
    TestDevice phone = wire.fixture.connect(ada);
    String other =
        wire.push(ada, WireFixture.message(WireMessages.notification(), ""))
            .path("taskId")
            .asText();
    String old = wire.push(bob, WireFixture.text("wrong")).path("taskId").asText();

    wire.push(ada, revoke(old, false));
    assertThat(phone.withdrawn()).isEmpty();
    wire.push(ada, revoke(old, true));

    assertThat(phone.withdrawn())
        .extracting(DeliveryId::task)
        .containsExactly(WireFixture.number(other));
  }

  @Test
  void unknownTask_cannotBeRevoked() {
    assertThat(wire.push(ada, revoke("OSS-0101_old", true)).path("result").asText())
        .isEqualTo("NullMsgCommon");
    assertThat(wire.push(ada, revoke("", true)).path("result").asText())
        .isEqualTo("taskIdNullError");
  }
}
