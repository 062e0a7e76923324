// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.load;

import dev.boomerang.bench.message.PushSigner;
import dev.boomerang.bench.process.ServerProcess;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Requests signed ahead, so that signing does not take from the machine what is to be measured.
/// Each has its own nonce and message id and may be sent once; they are good for 15 minutes.
public final class SignedRequests {
  /// The numbers of all pools of this process: a nonce may not come twice.
  private static final AtomicLong NUMBERS = new AtomicLong(1);

  private final long first;
  private final byte[][] requests;
  private int next;

  private SignedRequests(long first, byte[][] requests) {
    this.first = first;
    this.requests = requests;
  }

  /// Signs `count` pushes, to one of `users` users after the other, on all cores. `now` is their
  /// timestamp.
  public static SignedRequests sign(PushSigner pushSigner, int count, int users, Instant now) {
    long first = NUMBERS.getAndAdd(count);
    var requests = new byte[count][];
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> requests[i] = pushSigner.push(ServerProcess.user(i % users), first + i, now));
    return new SignedRequests(first, requests);
  }

  /// Has no requests; stands for the requests of callers that have nothing to do.
  static final SignedRequests NONE = new SignedRequests(0, new byte[0][]);

  boolean isEmpty() {
    return next >= requests.length;
  }

  /// Returns the number of the request that [#take] gives next.
  public long number() {
    return first + next;
  }

  /// Returns the next request. The callers' loop alone may take; it fails if [#isEmpty].
  byte[] take() {
    return requests[next++];
  }

  /// Begins again with the first request. Use it only with a server that does not check nonces.
  public void rewind() {
    next = 0;
  }
}
