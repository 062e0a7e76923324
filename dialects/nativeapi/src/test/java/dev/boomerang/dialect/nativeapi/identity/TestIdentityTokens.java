// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.text.Digests;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/// Makes identity tokens as an app's back end does, good ones and all others.
final class TestIdentityTokens {
  static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  static final String ES256 = "{\"alg\":\"ES256\",\"typ\":\"JWT\"}";

  private TestIdentityTokens() {}

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String unsigned(String header, String claims) {
    return base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
  }

  static String hs256(String secret, String claims) {
    return hs256(secret, HS256, claims);
  }

  static String hs256(String secret, String header, String claims) {
    String signed = unsigned(header, claims);
    byte[] mac = Digests.hmac(Digests.HMAC_SHA_256, secret.getBytes(UTF_8), signed.getBytes(UTF_8));
    return signed + "." + base64(mac);
  }

  static KeyPair keys(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// `algorithm` names the format of the signature as well.
  static byte[] signature(KeyPair keys, String algorithm, String signed) {
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String es256(KeyPair keys, String claims) {
    String signed = unsigned(ES256, claims);
    return signed + "." + base64(signature(keys, "SHA256withECDSAinP1363Format", signed));
  }

  static String pem(KeyPair keys) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }
}
