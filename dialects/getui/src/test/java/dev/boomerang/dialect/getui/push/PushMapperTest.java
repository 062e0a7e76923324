// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.port.ContentReviewer.Objection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests how the engine's results and tasks become Getui's.
class PushMapperTest {
  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(new SubmitResult.NobodyMatches(Fixtures.aTaskId()), ErrorKind.Simple.NOBODY),
        Arguments.of(new SubmitResult.NoTarget(), ErrorKind.Simple.NO_TARGET),
        Arguments.of(new SubmitResult.TooManyTargets(1), ErrorKind.Simple.TOO_MANY_TARGETS),
        Arguments.of(new SubmitResult.PayloadTooLong(2, 1), ErrorKind.Simple.TOO_LARGE),
        Arguments.of(
            new SubmitResult.RejectedByReview(new Objection("a word", 0, 0, 0)),
            ErrorKind.Simple.SENSITIVE),
        Arguments.of(
            new SubmitResult.LifetimeOutOfRange(Duration.ofDays(1)), ErrorKind.Simple.BAD_LIFETIME),
        Arguments.of(
            new SubmitResult.NothingToReplace(Fixtures.aTaskId()),
            ErrorKind.Simple.UNKNOWN_OLD_TASK));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_isAnErrorThatCallersKnow(SubmitResult.Refused refused, ErrorKind.Simple errorKind) {
    assertThat(PushMapper.errorKind(refused)).isEqualTo(errorKind);
  }

  /// No push of Getui's has an id of its own or single contents, so these are faults of the server.
  @Test
  void refusalThatNoCallerCanCause_isNoErrorOfTheirs() {
    assertThatThrownBy(() -> PushMapper.errorKind(new SubmitResult.NotForSendRate("why")))
        .isInstanceOf(IllegalStateException.class);
  }

  /// A task of another dialect has no detail of Getui's; its name says what kind of push it was.
  @ParameterizedTest
  @CsvSource({
    "SIMPLE, SINGLE, RASS_",
    "TEMPLATE, SINGLE, RASS_",
    "MULTIPLE, LIST, RASL_",
    "BROADCAST, APP, RASA_"
  })
  void otherDialectsTask_hasTheKindOfItsSource(
      Source.Kind source, GetuiTaskId.Kind kind, String prefix) {
    Task task = Fixtures.aTask().from(Source.of("native", source)).build();

    assertThat(PushMapper.kind(task)).isEqualTo(kind);
    assertThat(PushMapper.name(task).v2(ZoneOffset.UTC)).startsWith(prefix);
  }
}
