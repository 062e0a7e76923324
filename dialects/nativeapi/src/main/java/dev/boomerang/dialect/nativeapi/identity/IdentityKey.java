// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.app.Secret;
import dev.boomerang.model.text.Digests;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/// Holds the key that checks an app's identity tokens. An app has one key, and a key has one
/// algorithm: what a token says of its algorithm never picks how the key is used.
public sealed interface IdentityKey {

  /// Returns the name that a token's header must have as `alg`.
  String algorithm();

  boolean verifies(byte[] signed, byte[] signature);

  /// Returns the text in which it is kept, sealed, in the store.
  Secret stored();

  /// Returns the key that [#stored] wrote down.
  static IdentityKey read(Secret stored) {
    String[] parts = stored.reveal().split(":", 2);
    return switch (parts[0]) {
      case Hs256.NAME -> new Hs256(new Secret(parts[1]));
      case Es256.NAME -> new Es256(EcKeys.decoded(Base64.getDecoder().decode(parts[1])));
      default -> throw new IllegalStateException("the store has an identity key of another kind");
    };
  }

  /// HMAC with SHA-256; the key is the bytes of the secret's text.
  record Hs256(Secret secret) implements IdentityKey {
    static final String NAME = "HS256";

    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public boolean verifies(byte[] signed, byte[] signature) {
      byte[] right = Digests.hmac(Digests.HMAC_SHA_256, secret.reveal().getBytes(UTF_8), signed);
      return MessageDigest.isEqual(right, signature);
    }

    @Override
    public Secret stored() {
      return new Secret(NAME + ":" + secret.reveal());
    }
  }

  /// ECDSA with SHA-256 on P-256; a signature is r and s, 32 bytes each (RFC 7518, section 3.4).
  record Es256(PublicKey key) implements IdentityKey {
    static final String NAME = "ES256";
    private static final int HALF = 32;

    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public boolean verifies(byte[] signed, byte[] signature) {
      if (signature.length != 2 * HALF || !isInRange(signature, 0) || !isInRange(signature, HALF)) {
        return false;
      }
      try {
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(key);
        check.update(signed);
        return check.verify(signature);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has ECDSA on P-256", e);
      }
    }

    /// Returns whether r or s lies between 1 and the order of the curve minus 1. Zeros would pass
    /// for every message in a verifier that forgets to look (CVE-2022-21449).
    private static boolean isInRange(byte[] signature, int from) {
      var number = new BigInteger(1, Arrays.copyOfRange(signature, from, from + HALF));
      return number.signum() > 0 && number.compareTo(EcKeys.ORDER) < 0;
    }

    @Override
    public Secret stored() {
      return new Secret(NAME + ":" + Base64.getEncoder().encodeToString(key.getEncoded()));
    }

    /// Returns the key as PEM.
    String pem() {
      String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
      return EcKeys.BEGIN + "\n" + body + "\n" + EcKeys.END + "\n";
    }
  }
}
