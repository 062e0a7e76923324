// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.message;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Decides when the next message is due: at a steady rate, however slow the other side is, or
/// whenever the other side can take one. Both run on the caller's thread, and sleep rather than
/// spin, because the machine is shared.
public final class SendPacer {
  /// The shortest sleep: 0.05 ms, far below the latencies that are measured.
  private static final long NAP_NANOS = 50_000;

  /// Messages sent between two questions to `maySend`; so many more than it allows may be under
  /// way.
  private static final int BATCH = 32;

  private SendPacer() {}

  /// Sends a message that is, or was, due at `due`, a `System.nanoTime`.
  public interface Sender {
    void send(long due);

    /// Nothing more is due at this moment.
    default void pause() {}
  }

  /// Calls `sender` with the moment each message is due (as `System.nanoTime`), so that what waits
  /// for its turn counts as waiting. Returns how many.
  public static long steady(double perSecond, Duration span, Sender sender) {
    long begin = System.nanoTime();
    long count = Math.round(perSecond * span.toNanos() / 1e9);
    for (long sent = 0; sent < count; ) {
      long now = System.nanoTime();
      long due = Math.min(count, (long) ((now - begin) / 1e9 * perSecond) + 1);
      if (due <= sent) {
        sender.pause();
        LockSupport.parkNanos(NAP_NANOS);
      }
      for (; sent < due; sent++) {
        sender.send(begin + (long) (sent * 1e9 / perSecond));
      }
    }
    return count;
  }

  /// Calls `sender` with the time while `maySend` is true, [#BATCH] times in a row, and returns how
  /// often it did. It sleeps while it may not send.
  public static long eager(Duration span, BooleanSupplier maySend, Sender sender) {
    long end = System.nanoTime() + span.toNanos();
    long sent = 0;
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      if (maySend.getAsBoolean()) {
        for (int i = 0; i < BATCH; i++) {
          sender.send(System.nanoTime());
        }
        sender.pause();
        sent += BATCH;
      } else {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
    return sent;
  }
}
