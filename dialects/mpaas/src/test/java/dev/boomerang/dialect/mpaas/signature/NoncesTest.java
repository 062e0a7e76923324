// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.signature.Nonces.UseResult;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoncesTest {
  private static final long NOW = 1_795_220_400;

  @Test
  void nonce_isRememberedUntilItsTimestampIsRefused() {
    var nonces = new Nonces(1_000);
    long timestamp = NOW + Nonces.WINDOW_SECONDS;

    assertThat(nonces.use("k", "n", timestamp, NOW)).isEqualTo(UseResult.FIRST);

    long lastMoment = timestamp + Nonces.WINDOW_SECONDS;
    assertThat(nonces.use("k", "n", timestamp, lastMoment)).isEqualTo(UseResult.REPEATED);
    assertThat(nonces.use("k", "n", lastMoment, lastMoment)).isEqualTo(UseResult.REPEATED);
    assertThat(nonces.use("k", "n", lastMoment + 301, lastMoment + 301)).isEqualTo(UseResult.FIRST);
  }

  @Test
  void room_isFoundAgain_whenTheOldAreForgotten() {
    var nonces = new Nonces(64);
    for (int i = 0; i < 10_000; i++) {
      nonces.use("k", "n" + i, NOW, NOW);
    }

    assertThat(nonces.use("k", "fresh", NOW, NOW)).isEqualTo(UseResult.FULL);
    assertThat(nonces.use("k", "fresh", NOW + 1_300, NOW + 1_300)).isEqualTo(UseResult.FIRST);
  }

  @Test
  void longSet_isASet() {
    var random = new Random(1);
    Set<Long> expected = new HashSet<>();
    var actual = new LongSet();
    for (int i = 0; i < 20_000; i++) {
      long value = random.nextInt(10_000);
      assertThat(actual.has(value)).isEqualTo(expected.contains(value));
      expected.add(value);
      actual.add(value);
    }
    assertThat(actual.size()).isEqualTo(expected.size());
  }
}
