// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.engine.recall.RecallReport.Part;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.RecallId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokePushMessageTest {
  private final MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  private SignedRequest revoke(String messageId, String target) {
    return fixture
        .action("RevokePushMessage")
        .param("MessageId", messageId)
        .param("TargetId", target);
  }

  @Test
  void revoke_recallsThatTargetsPart_andTellsWhereTheReportIs() {
    fixture.register("d1", "user1024");
    fixture.register("d2", "user2");
    fixture.pushSimple().param("TargetMsgkey", "{\"user1024\":\"m1\",\"user2\":\"m2\"}").send();

    Answer answer = revoke("m1", "user1024").send();

    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    var report =
        fixture
            .engine
            .recalls()
            .find(new AppId(MpaasFixture.APP), RecallId.parse(answer.data()).orElseThrow())
            .orElseThrow()
            .report();
    assertThat(report.count(Part.PREVENTED)).isEqualTo(1);
    assertThat(report.total()).isEqualTo(1);
  }

  @Test
  void revoke_again_changesNothing_andAnswersTheSame() {
    fixture.register("d1", "user1024");
    fixture.pushSimple().send();

    Answer first = revoke("m1", "user1024").send();
    Answer again = revoke("m1", "user1024").send();

    assertThat(again.outcome()).isEqualTo("OK SUCCESS");
    assertThat(again.data()).isEqualTo(first.data());
  }

  @Test
  void revoke_ofAMessageNobodyKnows_isInvalid() {
    fixture.pushSimple().send();

    assertThat(revoke("m2", "user1024").send().outcome()).isEqualTo("3028 INVALID_PARAM");
    assertThat(revoke("m1", "user2").send().resultMsg())
        .isEqualTo("INVALID_PARAM: MessageId is not that of a message pushed to this TargetId");
  }

  @Test
  void revoke_ofAnotherAppsMessage_isOfAMessageNobodyKnows() {
    fixture.pushSimple().send();

    Answer answer =
        fixture
            .otherAppAction("RevokePushMessage")
            .param("MessageId", "m1")
            .param("TargetId", "user1024")
            .send();

    assertThat(answer.outcome()).isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void revoke_worksForSevenDays() {
    fixture.pushSimple().param("TargetMsgkey", "{\"user1024\":\"m1\",\"user2\":\"m2\"}").send();

    fixture.clock.advance(Duration.ofDays(7));
    assertThat(revoke("m1", "user1024").send().outcome()).isEqualTo("OK SUCCESS");

    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(revoke("m2", "user2").send().resultMsg())
        .isEqualTo("INVALID_PARAM: MessageId is that of a message older than 7 days");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MessageId", "TargetId"})
  void blankParameter_isInvalid(String name) {
    Answer answer = revoke("m1", "user1024").param(name, " ").send();

    assertThat(answer.outcome()).isEqualTo("3028 INVALID_PARAM");
    assertThat(answer.resultMsg()).isEqualTo("INVALID_PARAM: " + name + " must not be blank");
  }
}
