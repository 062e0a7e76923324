// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.app.Secret;
import dev.boomerang.model.text.Digests;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/// Secrets that we make and later only need to recognise. They carry 192 random bits, so a plain
/// hash protects them as well as a slow one would.
public final class Secrets {
  private static final int BYTES = 24;

  /// Every webhook secret begins with this. Source: Standard Webhooks 1.0.
  public static final String WEBHOOK_PREFIX = "whsec_";

  private Secrets() {}

  /// Returns a webhook secret with this key.
  public static Secret webhookSecret(byte[] key) {
    return new Secret(WEBHOOK_PREFIX + Base64.getEncoder().encodeToString(key));
  }

  public static Secret mint(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  public static String hash(Secret secret) {
    return Digests.hex(Digests.sha256(secret.reveal().getBytes(UTF_8)));
  }

  /// Takes the same time for any wrong secret. An empty hash matches nothing.
  public static boolean matches(String hash, Secret secret) {
    return MessageDigest.isEqual(hash.getBytes(UTF_8), hash(secret).getBytes(UTF_8));
  }
}
