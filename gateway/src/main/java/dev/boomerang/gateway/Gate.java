// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

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
final class Gate {
  /// Turned away; the session knows already that it has to read again.
  static final int AWAY = -1;

  /// Turned away, and the session does not know yet: wake it.
  static final int AWAY_FIRST = -2;

  private static final int SHUT = 0;
  private static final int READING = 1;
  private static final int MISSED = 2;
  private static final int LIVE = 3;
  private static final int STATE = 3;

  private static final int ONE = 1 << 2;
  private static final int COUNT_BITS = 16;
  private static final int COUNT = ((1 << COUNT_BITS) - 1) << 2;
  private static final int GENERATION_SHIFT = COUNT_BITS + 2;
  private static final int GENERATION = (1 << (31 - GENERATION_SHIFT)) - 1;

  private final AtomicInteger word = new AtomicInteger(SHUT);

  /// Takes one parcel in, if live and fewer than `bound` are inside: a ticket of 0 or more.
  /// Otherwise [#AWAY] or [#AWAY_FIRST]. From any thread.
  int take(int bound) {
    while (true) {
      int now = word.get();
      if ((now & STATE) == LIVE && inside(now) < bound) {
        if (word.compareAndSet(now, now + ONE)) {
          return generation(now);
        }
      } else if ((now & STATE) == SHUT || (now & STATE) == MISSED) {
        return AWAY;
      } else if (word.compareAndSet(now, with(now, MISSED))) {
        return (now & STATE) == LIVE ? AWAY_FIRST : AWAY;
      }
    }
  }

  /// Something is in the mailbox that no read so far has seen. True if the session has to be woken.
  /// From any thread.
  boolean miss() {
    while (true) {
      int now = word.get();
      if ((now & STATE) == SHUT || (now & STATE) == MISSED) {
        return false;
      }
      if (word.compareAndSet(now, with(now, MISSED))) {
        return (now & STATE) == LIVE;
      }
    }
  }

  /// A new subscription: tickets given before are void.
  void subscribe() {
    word.updateAndGet(
        now ->
            READING | (now & COUNT) | (((generation(now) + 1) & GENERATION) << GENERATION_SHIFT));
  }

  /// A read of the whole mailbox begins now.
  void reading() {
    word.updateAndGet(now -> (now & STATE) == SHUT ? now : with(now, READING));
  }

  /// The read came to the mailbox's end. True if nothing was missed since it began: the gate is
  /// open.
  boolean open() {
    while (true) {
      int now = word.get();
      if ((now & STATE) != READING) {
        return false;
      }
      if (word.compareAndSet(now, with(now, LIVE))) {
        return true;
      }
    }
  }

  void shut() {
    word.updateAndGet(now -> with(now, SHUT));
  }

  boolean missed() {
    return (word.get() & STATE) == MISSED;
  }

  boolean holds(int ticket) {
    int now = word.get();
    return (now & STATE) != SHUT && generation(now) == ticket;
  }

  void entered(int parcels) {
    word.addAndGet(parcels * ONE);
  }

  void left(int parcels) {
    word.addAndGet(-parcels * ONE);
  }

  int inside() {
    return inside(word.get());
  }

  private static int inside(int word) {
    return (word & COUNT) >> 2;
  }

  private static int generation(int word) {
    return word >>> GENERATION_SHIFT;
  }

  private static int with(int word, int state) {
    return (word & ~STATE) | state;
  }
}
