// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.app.Secret;
import dev.boomerang.model.text.Digests;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets that must be known in clear to check a signature: AES-256-GCM under the master
/// key. The name of what is sealed is bound in, so a sealed text cannot be moved to another key's
/// place.
public final class Vault {
  public static final int MASTER_KEY_BYTES = 32;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec master;
  private final SecureRandom random;

  /// `masterKey` has [#MASTER_KEY_BYTES] bytes.
  public Vault(byte[] masterKey, SecureRandom random) {
    if (masterKey.length != MASTER_KEY_BYTES) {
      throw new IllegalArgumentException(
          "the master key must have " + MASTER_KEY_BYTES + " bytes, has " + masterKey.length);
    }
    this.master = new SecretKeySpec(masterKey, "AES");
    this.random = random;
  }

  String seal(String name, Secret secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, name, nonce, secret.reveal().getBytes(UTF_8));
    byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    return Base64.getEncoder().encodeToString(all);
  }

  /// Throws if the text was sealed under another master key or another name, or was changed.
  Secret open(String name, String sealed) {
    ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
    byte[] nonce = new byte[NONCE_BYTES];
    all.get(nonce);
    byte[] rest = new byte[all.remaining()];
    all.get(rest);
    return new Secret(new String(run(Cipher.DECRYPT_MODE, name, nonce, rest), UTF_8));
  }

  /// Derives a key for another purpose. It is always the same for a name and reveals nothing of the
  /// master key.
  byte[] derive(String name) {
    return Digests.hmac(Digests.HMAC_SHA_256, master.getEncoded(), name.getBytes(UTF_8));
  }

  private byte[] run(int mode, String name, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, master, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(name.getBytes(UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "cannot open or seal a key: is this the right master key?", e);
    }
  }
}
