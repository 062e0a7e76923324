// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is on the screen: puts up, takes off, and writes down what came of it. The writing is in
 * force at once; whoever calls sees to it that it is saved.
 */
final class Board {
  private final Loop loop;
  private final Journal journal;
  private final Ledger ledger;
  private final Screen screen;

  Board(Loop loop, Journal journal, Ledger ledger, Screen screen) {
    this.loop = loop;
    this.journal = journal;
    this.ledger = ledger;
    this.screen = screen;
  }

  void opened(String id) {
    ledger
        .find(id)
        .filter(
            entry ->
                entry.state == Entry.State.SHOWN
                    || entry.state == Entry.State.RECEIVED
                    || entry.state == Entry.State.GONE)
        .ifPresent(entry -> answered(entry, Entry.State.OPENED, Receipt.OPENED));
  }

  void dismissed(String id) {
    ledger
        .find(id)
        .filter(entry -> entry.state == Entry.State.SHOWN || entry.state == Entry.State.RECEIVED)
        .ifPresent(entry -> answered(entry, Entry.State.DISMISSED, Receipt.DISMISSED));
  }

  private void answered(Entry entry, Entry.State state, String event) {
    journal.add(entry.now(state).write());
    report(entry.id, event);
  }

  /**
   * Shows it or hands it over, if it still has to be. {@code inDoubt}: that may have happened
   * before a crash.
   */
  void present(String id, boolean inDoubt) {
    Optional<Entry> found = ledger.find(id);
    if (!found.isPresent()) {
      return;
    }
    Entry entry = found.get();
    if (entry.state != Entry.State.RECEIVED) {
      if (entry.state == Entry.State.WITHDRAWN) {
        vacate(entry);
      }
      return;
    }
    try {
      Json message = Json.read(entry.message);
      if (isOver(message)) {
        journal.add(entry.now(Entry.State.EXPIRED).write());
        vacate(entry);
      } else if (message.text("type").equals("data")) {
        screen.data(new DataMessage(message));
        journal.add(entry.now(Entry.State.HANDED).write());
      } else {
        show(entry, new Notice(message), inDoubt);
      }
    } catch (IOException | RuntimeException e) {
      screen.trouble("delivery " + id + " could not be shown", e);
    }
  }

  private void show(Entry entry, Notice notice, boolean inDoubt) {
    List<Entry> older = inSlot(entry.slot, Entry.State.SHOWN);
    if (inDoubt && screen.stillShows(entry.id)) {
      // Nothing to do but to say so.
    } else if (older.isEmpty()) {
      screen.show(notice);
    } else {
      screen.replace(older.get(older.size() - 1).id, notice);
    }
    for (Entry gone : older) {
      replaced(gone, entry.task);
    }
    notice.data().ifPresent(screen::data);
    journal.add(entry.now(Entry.State.SHOWN).write());
    report(entry.id, Receipt.SHOWN);
  }

  private boolean isOver(Json message) {
    return message
        .time("expiresAt")
        .filter(expiresAt -> expiresAt.toEpochMilli() <= loop.now())
        .isPresent();
  }

  /**
   * The newer one of this slot is not shown after all, but the older one is out of date all the
   * same.
   */
  private void vacate(Entry newer) {
    for (Entry older : inSlot(newer.slot, Entry.State.SHOWN)) {
      try {
        screen.withdraw(older.id);
        replaced(older, newer.task);
      } catch (RuntimeException e) {
        screen.trouble("delivery " + older.id + " could not be taken off", e);
      }
    }
  }

  /** Off the screen, or never on it, because a push of {@code task} has its place. */
  void replaced(Entry older, String task) {
    journal.add(older.now(Entry.State.REPLACED).write());
    ledger.receipt(older.id, Receipt.REPLACED, task).ifPresent(journal::add);
  }

  List<Entry> inSlot(String slot, Entry.State state) {
    List<Entry> found = new ArrayList<>();
    if (!slot.isEmpty()) {
      for (Entry entry : ledger.inState(state)) {
        if (entry.slot.equals(slot)) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  /** It never was on the screen, and never will be. */
  void unshown(Entry entry) {
    journal.add(entry.now(Entry.State.WITHDRAWN).write());
    report(entry.id, Receipt.WITHDRAWN);
  }

  void takeOff(String id) {
    Optional<Entry> shown = ledger.find(id).filter(entry -> entry.state == Entry.State.SHOWN);
    if (!shown.isPresent()) {
      // Replaced within this batch: off the screen, unopened.
      report(id, Receipt.WITHDRAWN);
      return;
    }
    try {
      boolean takenOff = screen.withdraw(id) == Withdrawal.TAKEN_OFF;
      Entry.State state = takenOff ? Entry.State.WITHDRAWN : Entry.State.GONE;
      journal.add(shown.get().now(state).write());
      report(id, takenOff ? Receipt.WITHDRAWN : Receipt.TOO_LATE);
    } catch (RuntimeException e) {
      // No receipt: the server asks again.
      screen.trouble("delivery " + id + " could not be taken off", e);
    }
  }

  void report(String id, String event) {
    ledger.receipt(id, event, "").ifPresent(journal::add);
  }
}
