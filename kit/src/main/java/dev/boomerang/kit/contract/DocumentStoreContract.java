// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.model.app.Document;
import dev.boomerang.port.DocumentStore;
import java.util.Collections;
import org.junit.jupiter.api.Test;

public abstract class DocumentStoreContract extends StoreContract {
  private DocumentStore documents() {
    return store().documents();
  }

  @Test
  void document_isTheAppsOwn_underItsName() {
    var first = new Document(SHOP, "标签", "{\"北京\": \"😀\"}".repeat(10_000), 1);

    assertThat(documents().replace(first)).isTrue();

    assertThat(documents().find(SHOP, "标签")).contains(first);
    assertThat(documents().find(SHOP, "other")).isEmpty();
    assertThat(documents().find(BANK, "标签")).isEmpty();
  }

  @Test
  void version_followsTheOneBefore_orNothingIsStored() {
    assertThat(documents().replace(new Document(SHOP, "a", "too early", 2))).isFalse();
    assertThat(documents().find(SHOP, "a")).isEmpty();
    documents().replace(new Document(SHOP, "a", "one", 1));

    assertThat(documents().replace(new Document(SHOP, "a", "one again", 1))).isFalse();
    assertThat(documents().replace(new Document(SHOP, "a", "three", 3))).isFalse();
    var second = new Document(SHOP, "a", "", 2);
    assertThat(documents().replace(second)).isTrue();

    assertThat(documents().find(SHOP, "a")).contains(second);
    assertThat(documents().replace(new Document(SHOP, "a", "two again", 2))).isFalse();
  }

  @Test
  void fiftyRacersForAVersion_oneWins() {
    for (long version : new long[] {1, 2}) {
      var won =
          ConcurrentCalls.among(
              50, i -> documents().replace(new Document(SHOP, "a", "by " + i, version)));

      assertThat(Collections.frequency(won, true)).isEqualTo(1);
      String by = documents().find(SHOP, "a").orElseThrow().text();
      assertThat(by).isEqualTo("by " + won.indexOf(true));
    }
  }
}
