// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the receipts to the server, in the order they were written down. One batch is on its way
 * at a time, and stays in the ledger until the server has acknowledged it; what a lost connection
 * leaves open goes out again on the next. A receipt may so arrive twice, which the server counts
 * once.
 */
final class Outbox {
  static final Duration GATHERING = Duration.ofMillis(100);
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final int BATCH = 100;

  private final Loop loop;
  private final Journal journal;
  private final Ledger ledger;
  private Optional<Links.Link> link = Optional.empty();
  private Optional<Loop.Timer> gathering = Optional.empty();
  private Optional<Loop.Timer> patience = Optional.empty();

  /** The last one on its way; 0 if none is. */
  private long lastSent;

  private Runnable impatient = () -> {};

  Outbox(Loop loop, Journal journal, Ledger ledger) {
    this.loop = loop;
    this.journal = journal;
    this.ledger = ledger;
  }

  /**
   * There is a connection; {@code onSilence} runs if the server does not acknowledge for too long.
   */
  void attach(Links.Link to, Runnable onSilence) {
    link = Optional.of(to);
    impatient = onSilence;
    lastSent = 0;
    send();
  }

  void detach() {
    link = Optional.empty();
    lastSent = 0;
    stop();
  }

  /** There may be new receipts. They wait a moment for others, unless there are many. */
  void nudge() {
    if (!link.isPresent() || lastSent > 0 || ledger.receiptCount() == 0) {
      return;
    }
    if (ledger.receiptCount() >= BATCH) {
      send();
    } else if (!gathering.isPresent()) {
      gathering = Optional.of(loop.after(GATHERING, this::send));
    }
  }

  /** The server has the batch. */
  void published() {
    if (lastSent == 0) {
      return;
    }
    journal.add(Ledger.acknowledged(lastSent));
    journal.save();
    lastSent = 0;
    stop();
    nudge();
  }

  /** Sends what there is, now. */
  void send() {
    stop();
    List<Receipt> batch = ledger.receipts(BATCH);
    if (!link.isPresent() || lastSent > 0 || batch.isEmpty()) {
      return;
    }
    List<Object> receipts = new ArrayList<>();
    for (Receipt receipt : batch) {
      receipts.add(receipt.wire());
    }
    lastSent = batch.get(batch.size() - 1).number;
    patience = Optional.of(loop.after(PATIENCE, impatient));
    link.get().publish(new Json(Map.of("receipts", receipts)).write().getBytes(UTF_8));
  }

  private void stop() {
    gathering.ifPresent(Loop.Timer::cancel);
    patience.ifPresent(Loop.Timer::cancel);
    gathering = Optional.empty();
    patience = Optional.empty();
  }
}
