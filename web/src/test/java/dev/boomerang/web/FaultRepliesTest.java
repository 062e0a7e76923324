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

  private final FieldFault blamed = new FieldFault("title", Kind.MISSING, "must be given");
  private final StoreException noAnswer =
      new StoreException("no answer", new IllegalStateException());
  private final RuntimeException ours = new IllegalStateException("ours");

  @Test
  void each_hasItsReply() {
    assertThat(REPLIES.guard("test", () -> "good")).isEqualTo("good");
    assertThat(REPLIES.guard("test", throwing(blamed))).isEqualTo("title must be given");
    assertThat(REPLIES.guard("test", throwing(noAnswer))).isEqualTo("unavailable");
    assertThat(REPLIES.guard("test", throwing(ours))).isEqualTo("broken");
  }

  @Test
  void aPart_answersForItsCallersFaults_only() {
    assertThat(REPLIES.part(() -> "good")).isEqualTo("good");
    assertThat(REPLIES.part(throwing(blamed))).isEqualTo("title must be given");
    assertThatThrownBy(() -> REPLIES.part(throwing(noAnswer))).isSameAs(noAnswer);
    assertThatThrownBy(() -> REPLIES.part(throwing(ours))).isSameAs(ours);
  }
}
