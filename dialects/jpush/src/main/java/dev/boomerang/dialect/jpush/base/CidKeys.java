// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.app.Key;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.text.Digests;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Ids that make a push happen once: `{appkey}-{uuid}`, good for a day.
///
/// None is kept. The UUID is of version 8 (RFC 9562, "custom"): 32 bits of seconds, 58 random ones,
/// and 32 that only the key's secret makes. So one that we did not give out is told from ours, on
/// any node and after any restart.
///
/// Source: JPush "Push API v3", cid.
public final class CidKeys {
  static final Duration VALID = Duration.ofDays(1);

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /// The mask of the lower half without its check.
  private static final long UNCHECKED = 0xffff_ffff_0000_0000L;

  private final Clock clock;

  public CidKeys(Clock clock) {
    this.clock = clock;
  }

  public String create(Key key) {
    var random = ThreadLocalRandom.current();
    long seconds = clock.instant().getEpochSecond();
    long upper = (seconds << 32) | (random.nextLong(1L << 32) & ~0xf000L) | 0x8000L;
    long lower = (random.nextLong() & 0x3fff_ffff_0000_0000L) | 0x8000_0000_0000_0000L;
    return key.id() + "-" + new UUID(upper, lower | check(key, upper, lower));
  }

  /// The id a push comes with, if it comes with one. An empty one is none.
  public Optional<RequestKey> requestKey(Fields body, Key key) {
    return body.text("cid", 128)
        .filter(cid -> !cid.isEmpty())
        .map(
            cid -> {
              Instant mintedAt =
                  mintedAt(cid, key)
                      .orElseThrow(
                          () ->
                              body.invalid("cid", Kind.MALFORMED, "is not one that was given out"));
              if (mintedAt.plus(VALID).isBefore(clock.instant())) {
                throw body.invalid("cid", Kind.OUT_OF_RANGE, "is more than a day old");
              }
              return new RequestKey(JpushConfig.ORIGIN, cid);
            });
  }

  /// Empty if it is not ours.
  private static Optional<Instant> mintedAt(String cid, Key key) {
    String start = key.id() + "-";
    if (!cid.startsWith(start) || !UUID_FORM.matcher(cid.substring(start.length())).matches()) {
      return Optional.empty();
    }
    UUID uuid = UUID.fromString(cid.substring(start.length()));
    long upper = uuid.getMostSignificantBits();
    long lower = uuid.getLeastSignificantBits();
    return (lower & ~UNCHECKED) == check(key, upper, lower & UNCHECKED)
        ? Optional.of(Instant.ofEpochSecond(upper >>> 32))
        : Optional.empty();
  }

  /// 32 bits.
  private static long check(Key key, long upper, long lower) {
    byte[] mac =
        Digests.hmac(
            Digests.HMAC_SHA_256,
            key.secret().reveal().getBytes(UTF_8),
            ("cid:" + key.id()).getBytes(UTF_8),
            ByteBuffer.allocate(16).putLong(upper).putLong(lower).array());
    return ByteBuffer.wrap(mac).getInt() & ~UNCHECKED;
  }
}
