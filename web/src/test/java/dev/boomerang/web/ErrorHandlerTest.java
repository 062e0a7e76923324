// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.port.StoreException;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ErrorHandlerTest {
  private static final ErrorHandler<String> REPLIES =
      new ErrorHandler<>() {
        @Override
        public Optional<String> refused(RuntimeException fault) {
          return fault instanceof InvalidFieldException field
              ? Optional.of(field.description())
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

  private final InvalidFieldException blamed =
      new InvalidFieldException("title", Kind.MISSING, "must be given");
  private final StoreException noAnswer =
      new StoreException("no answer", new IllegalStateException());
  private final RuntimeException ours = new IllegalStateException("ours");

  @Test
  void each_hasItsReply() {
    assertThat(REPLIES.handle("test", () -> "good")).isEqualTo("good");
    assertThat(REPLIES.handle("test", throwing(blamed))).isEqualTo("title must be given");
    assertThat(REPLIES.handle("test", throwing(noAnswer))).isEqualTo("unavailable");
    assertThat(REPLIES.handle("test", throwing(ours))).isEqualTo("broken");
  }

  @Test
  void aPart_answersForItsCallersFaults_only() {
    assertThat(REPLIES.handlePart(() -> "good")).isEqualTo("good");
    assertThat(REPLIES.handlePart(throwing(blamed))).isEqualTo("title must be given");
    assertThatThrownBy(() -> REPLIES.handlePart(throwing(noAnswer))).isSameAs(noAnswer);
    assertThatThrownBy(() -> REPLIES.handlePart(throwing(ours))).isSameAs(ours);
  }
}
