// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private final PushFixture engineFixture = new PushFixture();

  @AfterEach
  void close() {
    engineFixture.close();
  }

  @Test
  void changesOfManyAtOnce_areAllKept() {
    var documents = engineFixture.engine.documents();

    ConcurrentCalls.among(
        50,
        i -> {
          documents.change(SHOP, "marks", text -> text + "x");
          return i;
        });

    assertThat(documents.text(SHOP, "marks")).isEqualTo("x".repeat(50));
    assertThat(documents.text(BANK, "marks")).isEmpty();
  }

  @Test
  void changeThatThrows_leavesAllAsItWas() {
    var documents = engineFixture.engine.documents();
    documents.change(SHOP, "a", _ -> "good");

    assertThatThrownBy(
            () ->
                documents.change(
                    SHOP,
                    "a",
                    _ -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(documents.text(SHOP, "a")).isEqualTo("good");
  }
}
