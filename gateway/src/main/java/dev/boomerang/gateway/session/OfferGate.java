// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import java.util.concurrent.atomic.AtomicInteger;

/// A session's door for parcels, the one part of it that is asked from any thread. It is open only
/// while everything the store had for the device has been read: that is what keeps the order. One
/// number holds all of it, so that an answer and its reason are one step:
///
/// - SHUT: nobody subscribed. Nothing needs to be remembered, subscribing reads everything.
/// - READING: the mailbox is being read; nothing was turned away since this read began.
/// - MISSED: something was turned away, or put into the mailbox, since the read began: read again
///   before opening.
/// - LIVE: open, as long as there is room.
///
/// and how many parcels are inside (taken and not yet written or dropped), and a generation that
/// changes with each subscription, so that a parcel taken under an earlier one is recognised.
final class OfferGate {
  /// Turned away; the session knows already that it has to read again.
  static final int REJECTED = -1;

  /// Turned away, and the session does not know yet: wake it.
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

  /// Takes one parcel in, if live and fewer than `bound` are inside: a ticket of 0 or more.
  /// Otherwise [#REJECTED] or [#REJECTED_FIRST]. From any thread.
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

  /// Something is in the mailbox that no read so far has seen. True if the session has to be woken.
  /// From any thread.
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

  /// A new subscription: tickets given before are void.
  void subscribe() {
    packed.updateAndGet(
        now ->
            READING | (now & COUNT) | (((generation(now) + 1) & GENERATION) << GENERATION_SHIFT));
  }

  /// A read of the whole mailbox begins now.
  void beginRead() {
    packed.updateAndGet(now -> (now & STATE) == CLOSED ? now : withState(now, READING));
  }

  /// The read came to the mailbox's end. True if nothing was missed since it began: the gate is
  /// open.
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

  void enter(int parcels) {
    packed.addAndGet(parcels * ONE);
  }

  void exit(int parcels) {
    packed.addAndGet(-parcels * ONE);
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
