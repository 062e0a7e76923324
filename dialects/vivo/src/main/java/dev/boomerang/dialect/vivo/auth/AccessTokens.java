// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.dialect.vivo.base.VivoKeyKind;
import dev.boomerang.engine.base.Apps;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.text.Digests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// What opens every call but the one that gives them out: good for a day, and any number of an
/// app's at once.
///
/// None is kept. A token is the second it was made in, 64 random bits and 96 that only the key's
/// secret makes, and names the key; so it is good on any node and after any restart, and ends with
/// its key.
///
/// Source: vivo "PUSH-UPS-API", authToken.
public final class AccessTokens {
  public static final Duration VALID = Duration.ofDays(1);

  /// Nodes' clocks differ a little.
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private static final int SIGNED_BYTES = 12;
  private static final int CHECK_BYTES = 12;

  private final Apps apps;
  private final Clock clock;

  public AccessTokens(Apps apps, Clock clock) {
    this.apps = apps;
    this.clock = clock;
  }

  public String create(Key key) {
    byte[] signed =
        ByteBuffer.allocate(SIGNED_BYTES)
            .putInt((int) clock.instant().getEpochSecond())
            .putLong(ThreadLocalRandom.current().nextLong())
            .array();
    byte[] token =
        ByteBuffer.allocate(SIGNED_BYTES + CHECK_BYTES).put(signed).put(check(key, signed)).array();
    return Base64.getUrlEncoder().encodeToString(token) + "." + key.id();
  }

  /// The key that a token was made for, switched off ones included; empty if it is none of ours, or
  /// more than a day old.
  public Optional<Key> key(String token) {
    int dot = token.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    return bytes(token.substring(0, dot))
        .flatMap(
            bytes ->
                apps.key(VivoKeyKind.KIND, token.substring(dot + 1))
                    .filter(key -> isGood(key, bytes)));
  }

  private boolean isGood(Key key, byte[] token) {
    byte[] signed = Arrays.copyOf(token, SIGNED_BYTES);
    byte[] check = Arrays.copyOfRange(token, SIGNED_BYTES, token.length);
    Instant mintedAt =
        Instant.ofEpochSecond(Integer.toUnsignedLong(ByteBuffer.wrap(signed).getInt()));
    Instant now = clock.instant();
    return MessageDigest.isEqual(check, check(key, signed))
        && mintedAt.isBefore(now.plus(AHEAD))
        && now.isBefore(mintedAt.plus(VALID));
  }

  private static Optional<byte[]> bytes(String text) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text))
          .filter(bytes -> bytes.length == SIGNED_BYTES + CHECK_BYTES);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static byte[] check(Key key, byte[] signed) {
    byte[] mac =
        Digests.hmac(
            Digests.HMAC_SHA_256,
            key.secret().reveal().getBytes(UTF_8),
            ("authToken:" + key.id()).getBytes(UTF_8),
            signed);
    return Arrays.copyOf(mac, CHECK_BYTES);
  }
}
