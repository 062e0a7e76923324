// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import java.util.concurrent.atomic.AtomicInteger;

/// Decides whether a session takes an offered message. It is the one part of a session that any
/// thread calls. It is open only while everything the store had for the device has been read: that
/// keeps the order. One number holds its whole state, so that a decision and its reason are one
/// atomic step. The state is one of
///
/// - CLOSED: the device is not subscribed. Nothing is remembered: subscribing reads everything.
/// - READING: the mailbox is being read; nothing was rejected since this read began.
/// - MISSED: something was rejected, or put into the mailbox, since the read began: the mailbox is
///   read again before the gate opens.
/// - OPEN: messages are taken while there is room.
///
/// It also counts the messages inside (taken and not yet written or dropped), and has a generation
/// that changes with each subscription, so that a message taken under an earlier one is recognised.
final class OfferGate {
  /// The offer was rejected; the session knows already that it has to read again.
  static final int REJECTED = -1;

  /// Rejected, and the session does not know yet: wake it.
  static final int REJECTED_FIRST = -2;

  private static final int CLOSED = 0;
  private static final int READING = 1;
  private static final int MISSED = 2;
  private static final int OPEN = 3;
  private static final int STATE = 3;

  private static final int ONE = 1 << 2;
  private static final int COUNT_BITS = 16;
  private static final int COUNT = ((1 << COUNT_BITS) - 1) << 2;
  private static final int GENERATION_SHIFT = COUNT_BITS + 2;
  private static final int GENERATION = (1 << (31 - GENERATION_SHIFT)) - 1;

  private final AtomicInteger packed = new AtomicInteger(CLOSED);

  /// Takes one message in if the gate is open and fewer than `bound` are inside, and returns a
  /// ticket of 0 or more. Otherwise returns [#REJECTED] or [#REJECTED_FIRST]. From any thread.
  int tryEnter(int bound) {
    while (true) {
      int now = packed.get();
      if ((now & STATE) == OPEN && size(now) < bound) {
        if (packed.compareAndSet(now, now + ONE)) {
          return generation(now);
        }
      } else if ((now & STATE) == CLOSED || (now & STATE) == MISSED) {
        return REJECTED;
      } else if (packed.compareAndSet(now, withState(now, MISSED))) {
        return (now & STATE) == OPEN ? REJECTED_FIRST : REJECTED;
      }
    }
  }

  /// Records that the mailbox holds something that no read so far has seen. Returns true if the
  /// session has to be woken. From any thread.
  boolean markMissed() {
    while (true) {
      int now = packed.get();
      if ((now & STATE) == CLOSED || (now & STATE) == MISSED) {
        return false;
      }
      if (packed.compareAndSet(now, withState(now, MISSED))) {
        return (now & STATE) == OPEN;
      }
    }
  }

  /// Begins a new subscription: tickets of earlier ones become void.
  void subscribe() {
    packed.updateAndGet(
        now ->
            READING | (now & COUNT) | (((generation(now) + 1) & GENERATION) << GENERATION_SHIFT));
  }

  /// Begins a read of the whole mailbox.
  void beginRead() {
    packed.updateAndGet(now -> (now & STATE) == CLOSED ? now : withState(now, READING));
  }

  /// Opens the gate at the end of the mailbox, unless something was missed since the read began.
  /// Returns whether it is open.
  boolean tryOpen() {
    while (true) {
      int now = packed.get();
      if ((now & STATE) != READING) {
        return false;
      }
      if (packed.compareAndSet(now, withState(now, OPEN))) {
        return true;
      }
    }
  }

  void close() {
    packed.updateAndGet(now -> withState(now, CLOSED));
  }

  boolean hasMissed() {
    return (packed.get() & STATE) == MISSED;
  }

  boolean isCurrent(int ticket) {
    int now = packed.get();
    return (now & STATE) != CLOSED && generation(now) == ticket;
  }

  void enter(int count) {
    packed.addAndGet(count * ONE);
  }

  void exit(int count) {
    packed.addAndGet(-count * ONE);
  }

  int size() {
    return size(packed.get());
  }

  private static int size(int word) {
    return (word & COUNT) >> 2;
  }

  private static int generation(int word) {
    return word >>> GENERATION_SHIFT;
  }

  private static int withState(int word, int state) {
    return (word & ~STATE) | state;
  }
}
