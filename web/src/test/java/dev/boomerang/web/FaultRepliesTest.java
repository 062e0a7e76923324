// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.port.StoreException;
import dev.boomerang.web.FieldFault.Kind;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FaultRepliesTest {
  private static final FaultReplies<String> REPLIES =
      new FaultReplies<>() {
        @Override
        public Optional<String> refused(RuntimeException fault) {
          return fault instanceof FieldFault field
              ? Optional.of(field.sentence())
              : Optional.empty();
        }

        @Override
        public String unavailable() {
          return "unavailable";
        }

        @Override
        public String broken() {
          return "broken";
        }
      };

  private static Supplier<String> throwing(RuntimeException fault) {
    return () -> {
      throw fault;
    };
  }

  private static final FieldFault FAULT = new FieldFault("title", Kind.MISSING, "must be given");
  private static final StoreException NO_ANSWER =
      new StoreException("no answer", new IllegalStateException());
  private static final RuntimeException OURS = new IllegalStateException("ours");

  @Test
  void each_hasItsReply() {
    assertThat(REPLIES.guard("test", () -> "good")).isEqualTo("good");
    assertThat(REPLIES.guard("test", throwing(FAULT))).isEqualTo("title must be given");
    assertThat(REPLIES.guard("test", throwing(NO_ANSWER))).isEqualTo("unavailable");
    assertThat(REPLIES.guard("test", throwing(OURS))).isEqualTo("broken");
  }

  @Test
  void aPart_answersForItsCallersFaults_only() {
    assertThat(REPLIES.part(() -> "good")).isEqualTo("good");
    assertThat(REPLIES.part(throwing(FAULT))).isEqualTo("title must be given");
    assertThatThrownBy(() -> REPLIES.part(throwing(NO_ANSWER))).isSameAs(NO_ANSWER);
    assertThatThrownBy(() -> REPLIES.part(throwing(OURS))).isSameAs(OURS);
  }
}
