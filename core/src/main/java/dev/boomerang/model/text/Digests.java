// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.text;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hashes every JDK has. Made anew for each call: on a virtual thread of its own there is nobody to
/// share them with, and making one costs a fraction of using it.
public final class Digests {
  public static final String SHA_256 = "SHA-256";
  public static final String MD5 = "MD5";
  public static final String HMAC_SHA_256 = "HmacSHA256";

  private Digests() {}

  public static byte[] sha256(byte[] bytes) {
    return hash(SHA_256, bytes);
  }

  public static byte[] hash(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /// Returns the HMAC over all of `parts`, one after the other.
  public static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /// Lower-case hexadecimal digits.
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
