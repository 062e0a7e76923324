// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.kit.Race;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void changesOfManyAtOnce_areAllKept() {
    var documents = house.engine.documents();

    Race.among(
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
    var documents = house.engine.documents();
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
