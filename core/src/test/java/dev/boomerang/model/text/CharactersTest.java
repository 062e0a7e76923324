// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.model.push.RequestKey;
import org.junit.jupiter.api.Test;

class CharactersTest {

  @Test
  void character_isACodePoint() {
    assertThat(Characters.count("")).isZero();
    assertThat(Characters.count("a标😀")).isEqualTo(3);
    assertThat(Characters.exceed("😀😀", 2)).isFalse();
    assertThat(Characters.exceed("😀😀", 1)).isTrue();
    assertThat(Characters.exceed("ab", 1)).isTrue();
  }

  /// What a request reader lets through, the model takes.
  @Test
  void modelsOwnLimits_countAlike() {
    assertThat(new RequestKey("scope", "😀".repeat(256)).key()).hasSize(512);
    assertThatThrownBy(() -> new RequestKey("scope", "😀".repeat(257)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
