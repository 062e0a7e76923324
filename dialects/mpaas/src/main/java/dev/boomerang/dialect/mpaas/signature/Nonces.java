// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.text.Digests;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Remembers which nonces have been used, each for as long as the call that used it could be sent
/// again: until its own timestamp would be refused. After that the nonce is free.
///
/// A nonce is kept as 64 bits of a SHA-256 over key and nonce, so the chance that one of a thousand
/// million honest nonces is taken for a used one is one in eighteen. Nonces are kept in sets by
/// timestamp, which are dropped whole, and in shards, so that a growing set blocks few callers. The
/// memory is that of one node and one run: a call that is replayed to another node, or after a
/// restart, passes; its message ids guard what it asks for.
public final class Nonces {
  /// Source: "公共参数": calls more than 15 minutes away from the server's time are refused.
  public static final long WINDOW_SECONDS = 15 * 60;

  private static final long BUCKET_SECONDS = 5 * 60;
  private static final int SHARDS = 64;

  public enum UseResult {
    FIRST,
    REPEATED,
    /// There is no room to remember the nonce, so the call must be refused.
    FULL
  }

  private record Bucket(long number, LongSet nonces) {
    boolean outlived(long nowSeconds) {
      return (number + 1) * BUCKET_SECONDS + WINDOW_SECONDS < nowSeconds;
    }
  }

  private static final class Shard {
    private final List<Bucket> buckets = new ArrayList<>();
    private final int max;

    Shard(int max) {
      this.max = max;
    }

    synchronized UseResult use(long nonce, long timestamp, long now) {
      int size = 0;
      boolean stale = false;
      for (Bucket bucket : buckets) {
        if (bucket.nonces.has(nonce)) {
          return bucket.outlived(now) ? renew(nonce, timestamp, now) : UseResult.REPEATED;
        }
        size += bucket.nonces.size();
        stale |= bucket.outlived(now);
      }
      if (stale) {
        return renew(nonce, timestamp, now);
      }
      if (size >= max) {
        return UseResult.FULL;
      }
      bucket(Math.floorDiv(timestamp, BUCKET_SECONDS)).nonces.add(nonce);
      return UseResult.FIRST;
    }

    private UseResult renew(long nonce, long timestamp, long now) {
      buckets.removeIf(bucket -> bucket.outlived(now));
      return use(nonce, timestamp, now);
    }

    private Bucket bucket(long number) {
      for (Bucket bucket : buckets) {
        if (bucket.number == number) {
          return bucket;
        }
      }
      var fresh = new Bucket(number, new LongSet());
      buckets.add(fresh);
      return fresh;
    }
  }

  private final Shard[] shards = new Shard[SHARDS];

  public Nonces(int max) {
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard(Math.max(1, max / SHARDS));
    }
  }

  /// Uses up a nonce. `timestamp` and `now` are seconds since 1970.
  public UseResult use(String keyId, String nonce, long timestamp, long now) {
    byte[] hash = Digests.sha256((keyId + '\0' + nonce).getBytes(UTF_8));
    long bits = ByteBuffer.wrap(hash).getLong();
    return shards[(int) (bits >>> 58)].use(bits, timestamp, now);
  }
}
