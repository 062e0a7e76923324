// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.Caller.Answer;
import dev.boomerang.engine.recall.RecallReport.Part;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.RecallId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokePushMessageTest {
  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  private Caller revoke(String messageId, String target) {
    return world.call("RevokePushMessage").with("MessageId", messageId).with("TargetId", target);
  }

  @Test
  void revoke_recallsThatTargetsPart_andTellsWhereTheReportIs() {
    world.device("d1", "user1024");
    world.device("d2", "user2");
    world.push().with("TargetMsgkey", "{\"user1024\":\"m1\",\"user2\":\"m2\"}").send();

    Answer answer = revoke("m1", "user1024").send();

    assertThat(answer.verdict()).isEqualTo("OK SUCCESS");
    var report =
        world
            .engine
            .recalls()
            .find(new AppId(World.APP), RecallId.parse(answer.data()).orElseThrow())
            .orElseThrow()
            .report();
    assertThat(report.count(Part.PREVENTED)).isEqualTo(1);
    assertThat(report.total()).isEqualTo(1);
  }

  @Test
  void revoke_again_changesNothing_andAnswersTheSame() {
    world.device("d1", "user1024");
    world.push().send();

    Answer first = revoke("m1", "user1024").send();
    Answer again = revoke("m1", "user1024").send();

    assertThat(again.verdict()).isEqualTo("OK SUCCESS");
    assertThat(again.data()).isEqualTo(first.data());
  }

  @Test
  void revoke_ofAMessageNobodyKnows_isInvalid() {
    world.push().send();

    assertThat(revoke("m2", "user1024").send().verdict()).isEqualTo("3028 INVALID_PARAM");
    assertThat(revoke("m1", "user2").send().why())
        .isEqualTo("INVALID_PARAM: MessageId is not that of a message pushed to this TargetId");
  }

  @Test
  void revoke_ofAnotherAppsMessage_isOfAMessageNobodyKnows() {
    world.push().send();

    Answer answer =
        world
            .otherCall("RevokePushMessage")
            .with("MessageId", "m1")
            .with("TargetId", "user1024")
            .send();

    assertThat(answer.verdict()).isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void revoke_worksForSevenDays() {
    world.push().with("TargetMsgkey", "{\"user1024\":\"m1\",\"user2\":\"m2\"}").send();

    world.clock.advance(Duration.ofDays(7));
    assertThat(revoke("m1", "user1024").send().verdict()).isEqualTo("OK SUCCESS");

    world.clock.advance(Duration.ofSeconds(1));
    assertThat(revoke("m2", "user2").send().why())
        .isEqualTo("INVALID_PARAM: MessageId is that of a message older than 7 days");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MessageId", "TargetId"})
  void blankParameter_isInvalid(String name) {
    Answer answer = revoke("m1", "user1024").with(name, " ").send();

    assertThat(answer.verdict()).isEqualTo("3028 INVALID_PARAM");
    assertThat(answer.why()).isEqualTo("INVALID_PARAM: " + name + " must not be blank");
  }
}
