// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.model.app.Secret;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class VaultTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private static Vault vault(int firstByte) {
    byte[] key = new byte[Vault.MASTER_KEY_BYTES];
    key[0] = (byte) firstByte;
    return new Vault(key, RANDOM);
  }

  @Test
  void sealed_isOpenedUnderItsName() {
    String sealed = vault(1).seal("MPAAS:id", new Secret("wörd"));

    assertThat(vault(1).open("MPAAS:id", sealed)).isEqualTo(new Secret("wörd"));
    assertThat(sealed).doesNotContain("wörd");
  }

  @Test
  void sealed_twice_looksDifferent() {
    var vault = vault(1);

    assertThat(vault.seal("n", new Secret("s"))).isNotEqualTo(vault.seal("n", new Secret("s")));
  }

  @Test
  void sealed_underAnotherNameOrKey_staysShut() {
    String sealed = vault(1).seal("MPAAS:one", new Secret("s"));

    assertThatThrownBy(() -> vault(1).open("MPAAS:two", sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vault(2).open("MPAAS:one", sealed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("master key");
  }

  @Test
  void secret_printsNothing() {
    assertThat(new Secret("s").toString()).isEqualTo("***");
  }
}
