// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests pushes some of whose targets cannot be reached, or are named twice.
class MixedTargetsTest {
  private final WireFixture wire = new WireFixture();
  private final Registration ada = wire.fixture.android("ada");

  @AfterEach
  void close() {
    wire.close();
  }

  /// One text may be a cid and the alias of another user: both are meant, each once.
  @Test
  void list_withACidThatIsAlsoAnAlias_reachesBothOnce() {
    String cid = ada.id().value();
    Registration bob = wire.fixture.android(cid);
    String list = wire.list(WireFixture.text("x"));

    JsonNode answer =
        wire.toList(list, WireFixture.quoted(ada), ",'aliasList':['" + cid + "','ada']");

    assertThat(answer.path("result").asText()).isEqualTo("ok");
    assertThat(wire.fixture.mailbox(ada)).hasSize(1);
    assertThat(wire.fixture.mailbox(bob)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "[1]", "{'appId':'appIdX','appId':"})
  void batch_withAnItemThatCannotBeRead_pushesTheOthers(String item) {
    String readable =
        "{" + WireFixture.APP + "'clientId':'" + ada.id() + "'," + WireFixture.text("x") + "}";

    JsonNode answer =
        wire.call(
            "pushMessageToSingleBatchAction",
            "'requestId':'r','singleDatas':'" + WireMessages.batch(1, item, readable) + "'");

    assertThat(answer.at("/info/1/result").asText()).isEqualTo("Error");
    assertThat(answer.at("/info/2/result").asText()).isEqualTo("ok");
    assertThat(wire.fixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void scheduledPush_thatNobodyMatchesAtItsTime_hasFailed() {
    String task =
        wire.prepare(WireFixture.text("x"), ",'tagList':['none'],'pushTime':'202601011700'")
            .path("contentId")
            .asText();
    wire.launch(task);
    wire.fixture.clock.advance(Duration.ofMinutes(61));
    wire.fixture.engine.schedules().runOnce();

    JsonNode answer =
        wire.call("getScheduleTaskAction", WireFixture.APP + "'taskId':'" + task + "'");

    assertThat(answer.at("/taskDetail/sendResult").asText()).isEqualTo("SEND_FAILED");
  }
}
