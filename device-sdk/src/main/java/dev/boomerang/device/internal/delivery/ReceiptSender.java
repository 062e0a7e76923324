// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.device.internal.journal.Journal;
import dev.boomerang.device.internal.json.Json;
import dev.boomerang.device.internal.loop.EventLoop;
import dev.boomerang.device.internal.transport.MqttTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends the receipts to the server, in the order they were stored. One batch is on its way at a
 * time, and stays in the {@link DeliveryLog} until the server has acknowledged it; a batch that a
 * lost connection left unacknowledged is sent again on the next. So a receipt may arrive twice; the
 * server counts it once.
 */
public final class ReceiptSender {
  public static final Duration BATCH_DELAY = Duration.ofMillis(100);
  public static final Duration ACK_TIMEOUT = Duration.ofSeconds(30);
  static final int MAX_BATCH = 100;

  private final EventLoop loop;
  private final Journal journal;
  private final DeliveryLog log;
  private Optional<MqttTransport.Connection> connection = Optional.empty();
  private Optional<EventLoop.Timer> batchTimer = Optional.empty();
  private Optional<EventLoop.Timer> ackTimer = Optional.empty();

  /** The sequence number of the last receipt on its way; 0 if none is. */
  private long lastSent;

  private Runnable onTimeout = () -> {};

  public ReceiptSender(EventLoop loop, Journal journal, DeliveryLog log) {
    this.loop = loop;
    this.journal = journal;
    this.log = log;
  }

  /**
   * Sends over this connection from now on. {@code whenUnacknowledged} runs if the server does not
   * acknowledge a batch within {@link #ACK_TIMEOUT}.
   */
  public void attach(MqttTransport.Connection newConnection, Runnable whenUnacknowledged) {
    connection = Optional.of(newConnection);
    onTimeout = whenUnacknowledged;
    lastSent = 0;
    send();
  }

  /** Stops sending until the next connection. */
  public void detach() {
    connection = Optional.empty();
    lastSent = 0;
    cancelTimers();
  }

  /** Sends new receipts after {@link #BATCH_DELAY}, so that others join them; many go at once. */
  public void sendSoon() {
    if (!connection.isPresent() || lastSent > 0 || log.receiptCount() == 0) {
      return;
    }
    if (log.receiptCount() >= MAX_BATCH) {
      send();
    } else if (!batchTimer.isPresent()) {
      batchTimer = Optional.of(loop.after(BATCH_DELAY, this::send));
    }
  }

  /** Forgets the batch that the server has acknowledged, and sends the next. */
  public void acknowledged() {
    if (lastSent == 0) {
      return;
    }
    journal.add(DeliveryLog.acknowledged(lastSent));
    journal.save();
    lastSent = 0;
    cancelTimers();
    sendSoon();
  }

  /** Sends the waiting receipts now, unless a batch is on its way. */
  public void send() {
    cancelTimers();
    List<Receipt> batch = log.receipts(MAX_BATCH);
    if (!connection.isPresent() || lastSent > 0 || batch.isEmpty()) {
      return;
    }
    List<Object> receipts = new ArrayList<>();
    for (Receipt receipt : batch) {
      receipts.add(receipt.wire());
    }
    lastSent = batch.get(batch.size() - 1).sequence;
    ackTimer = Optional.of(loop.after(ACK_TIMEOUT, onTimeout));
    connection.get().publish(new Json(Map.of("receipts", receipts)).write().getBytes(UTF_8));
  }

  private void cancelTimers() {
    batchTimer.ifPresent(EventLoop.Timer::cancel);
    ackTimer.ifPresent(EventLoop.Timer::cancel);
    batchTimer = Optional.empty();
    ackTimer = Optional.empty();
  }
}
