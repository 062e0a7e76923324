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

/// Creates and checks the tokens that every call needs but the one that gives them out. A token is
/// valid for a day; an app may have any number of valid ones.
///
/// No token is stored. A token is the second in which it was made, 64 random bits and a MAC of 96
/// bits that needs the key's secret, and names the key. So it is valid on every node and after any
/// restart, and it ends when its key does.
///
/// Source: vivo "PUSH-UPS-API", authToken.
public final class AccessTokens {
  private static final Duration VALID = Duration.ofDays(1);

  /// How far the clocks of two nodes may differ.
  private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);

  private static final int SIGNED_BYTES = 12;
  private static final int MAC_BYTES = 12;

  private final Apps apps;
  private final Clock clock;

  public AccessTokens(Apps apps, Clock clock) {
    this.apps = apps;
    this.clock = clock;
  }

  /// Creates a token that is valid from now.
  public String create(Key key) {
    byte[] signed =
        ByteBuffer.allocate(SIGNED_BYTES)
            .putInt((int) clock.instant().getEpochSecond())
            .putLong(ThreadLocalRandom.current().nextLong())
            .array();
    byte[] token =
        ByteBuffer.allocate(SIGNED_BYTES + MAC_BYTES).put(signed).put(mac(key, signed)).array();
    return Base64.getUrlEncoder().encodeToString(token) + "." + key.id();
  }

  /// Returns the key for which a token was made, even if that key is switched off by now. Returns
  /// empty if the token was not made here or is more than a day old.
  public Optional<Key> key(String token) {
    int dot = token.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    return decode(token.substring(0, dot))
        .flatMap(
            bytes ->
                apps.key(VivoKeyKind.KIND, token.substring(dot + 1))
                    .filter(key -> isValid(key, bytes)));
  }

  private boolean isValid(Key key, byte[] token) {
    byte[] signed = Arrays.copyOf(token, SIGNED_BYTES);
    byte[] mac = Arrays.copyOfRange(token, SIGNED_BYTES, token.length);
    Instant createdAt =
        Instant.ofEpochSecond(Integer.toUnsignedLong(ByteBuffer.wrap(signed).getInt()));
    Instant now = clock.instant();
    return MessageDigest.isEqual(mac, mac(key, signed))
        && createdAt.isBefore(now.plus(MAX_CLOCK_SKEW))
        && now.isBefore(createdAt.plus(VALID));
  }

  private static Optional<byte[]> decode(String text) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text))
          .filter(bytes -> bytes.length == SIGNED_BYTES + MAC_BYTES);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static byte[] mac(Key key, byte[] signed) {
    byte[] mac =
        Digests.hmac(
            Digests.HMAC_SHA_256,
            key.secret().reveal().getBytes(UTF_8),
            ("authToken:" + key.id()).getBytes(UTF_8),
            signed);
    return Arrays.copyOf(mac, MAC_BYTES);
  }
}
