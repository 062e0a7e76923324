// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.accept.SubmitResult.LifetimeOutOfRange;
import dev.boomerang.engine.accept.SubmitResult.NoTarget;
import dev.boomerang.engine.accept.SubmitResult.PayloadTooLong;
import dev.boomerang.engine.accept.SubmitResult.TooManyTargets;
import dev.boomerang.model.push.Source;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The engine's refusals that the dialect's own limits, as they are by default, never let it come
/// to.
class SubmitResponseTest {

  @Test
  void refusal_hasItsCode_andASentence() {
    refused(new NoTarget(), "TOKEN_OR_USERID_NULL: TargetMsgkey has no target");
    refused(
        new TooManyTargets(5), "SINGLE_PUSH_TARGET_TOO_MUCH: TargetMsgkey has more than 5 targets");
    refused(
        new PayloadTooLong(9, 8),
        "MSG_PAYLOAD_TOO_LONG: Content makes a payload of 9 bytes, at most 8");
    refused(
        new LifetimeOutOfRange(Duration.ofHours(1)),
        "EXPIREDTIME_TOO_LONG: ExpiredSeconds is out of range:"
            + " lifetime must be positive and at most 3600 seconds");
  }

  private static void refused(SubmitResult submitResult, String text) {
    assertThatThrownBy(() -> SubmitResponse.of(submitResult, Source.Kind.SIMPLE))
        .isInstanceOf(ResultException.class)
        .hasMessage(text);
  }
}
