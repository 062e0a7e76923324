// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of each message, in the order they came.
 *
 * <p>Messages are taken in batches, whatever has come meanwhile, and a batch goes through four
 * steps: write down what was received; act on the screen; write down what came of it; acknowledge.
 * So a crash anywhere loses nothing: what was not acknowledged comes again and is known, what was
 * received and not shown is shown on the next start. And two writes are enough however many
 * messages wait. A message called back within its own batch never reaches the screen.
 */
final class Inbox {
  private final Loop loop;
  private final Journal journal;
  private final Ledger ledger;
  private final Screen screen;
  private final Board board;
  private final Outbox outbox;
  private final List<Item> waiting = new ArrayList<>();

  Inbox(Loop loop, State state, Board board, Screen screen, Outbox outbox) {
    this.loop = loop;
    this.journal = state.journal;
    this.ledger = state.ledger;
    this.screen = screen;
    this.board = board;
    this.outbox = outbox;
  }

  /** Takes a message; {@code acknowledge} runs when it is safe here. */
  void arrived(byte[] payload, Runnable acknowledge) {
    waiting.add(new Item(payload, acknowledge));
    if (waiting.size() == 1) {
      loop.execute(this::drain);
    }
  }

  /** Shows what a crash kept from being shown. */
  void resume() {
    for (Entry entry : ledger.inState(Entry.State.RECEIVED)) {
      if (!entry.message.isEmpty()) {
        board.present(entry.id, true);
      }
    }
    journal.save();
    outbox.nudge();
  }

  void opened(String id) {
    board.opened(id);
    journal.save();
    outbox.nudge();
  }

  void dismissed(String id) {
    board.dismissed(id);
    journal.save();
    outbox.nudge();
  }

  private void drain() {
    List<Item> batch = new ArrayList<>(waiting);
    waiting.clear();
    List<Runnable> acts = new ArrayList<>();
    for (Item item : batch) {
      receive(item.payload, acts);
    }
    journal.save();
    acts.forEach(Runnable::run);
    journal.save();
    batch.forEach(item -> item.acknowledge.run());
    outbox.nudge();
  }

  private void receive(byte[] payload, List<Runnable> acts) {
    try {
      Json message = Json.read(new String(payload, UTF_8));
      switch (message.text("type")) {
        case "notify":
        case "data":
          message(message, acts);
          break;
        case "withdraw":
          withdraw(message, acts);
          break;
        default:
          // A newer server's; acknowledged and left alone.
          break;
      }
    } catch (IOException e) {
      screen.trouble("a message could not be read and is dropped", e);
    }
  }

  private void message(Json message, List<Runnable> acts) {
    String id = message.text("delivery");
    if (id.isEmpty()) {
      screen.trouble("a message without delivery is dropped", new IOException("no delivery"));
      return;
    }
    Optional<Entry> known = ledger.find(id);
    if (known.isPresent()) {
      // It came again, or was called back before it came.
      if (known.get().state == Entry.State.RECEIVED) {
        // It could not be shown then.
        acts.add(() -> board.present(id, false));
      }
      return;
    }
    String task = message.text("task");
    // A push that takes no other's place can have its own taken.
    String slot = message.optionalText("slot").orElse(task);
    for (Entry older : board.inSlot(slot, Entry.State.RECEIVED)) {
      board.replaced(older, task);
    }
    Entry entry = new Entry(id, task, slot, Entry.State.RECEIVED, until(message), message.write());
    journal.add(entry.write());
    if (ledger.isRecalled(entry.task)) {
      board.unshown(entry);
    }
    acts.add(() -> board.present(id, false));
  }

  private long until(Json message) {
    long expires = message.time("expiresAt").map(Instant::toEpochMilli).orElse(0L);
    return Math.max(expires, loop.now()) + Ledger.MEMORY.toMillis();
  }

  private void withdraw(Json message, List<Runnable> acts) {
    List<String> ids = message.list("deliveries");
    boolean anyKnown = false;
    for (String id : ids) {
      anyKnown |= ledger.find(id).isPresent();
      withdraw(id, acts);
    }
    String task = message.text("task");
    if (ids.isEmpty() && !task.isEmpty()) {
      List<Entry> known = ledger.ofTask(task);
      anyKnown = !known.isEmpty();
      journal.add(ledger.recalledTask(task));
      known.forEach(entry -> withdraw(entry.id, acts));
    }
    if (message.flag("force") && !anyKnown) {
      // What was meant cannot be found, so everything goes: so Getui's `force` asks for it.
      ledger.inState(Entry.State.SHOWN).forEach(entry -> withdraw(entry.id, acts));
    }
  }

  private void withdraw(String id, List<Runnable> acts) {
    Optional<Entry> known = ledger.find(id);
    if (!known.isPresent()) {
      board.unshown(
          new Entry(
              id,
              "",
              "",
              Entry.State.RECEIVED,
              loop.now() + Ledger.TOMBSTONE_MEMORY.toMillis(),
              ""));
      return;
    }
    switch (known.get().state) {
      case RECEIVED:
        board.unshown(known.get());
        break;
      case SHOWN:
        acts.add(() -> board.takeOff(id));
        break;
      case OPENED:
      case DISMISSED:
      case GONE:
      case HANDED:
        board.report(id, Receipt.TOO_LATE);
        break;
      case WITHDRAWN:
      case REPLACED:
      case EXPIRED:
        board.report(id, Receipt.WITHDRAWN);
        break;
    }
  }

  private static final class Item {
    final byte[] payload;
    final Runnable acknowledge;

    Item(byte[] payload, Runnable acknowledge) {
      this.payload = payload;
      this.acknowledge = acknowledge;
    }
  }
}
