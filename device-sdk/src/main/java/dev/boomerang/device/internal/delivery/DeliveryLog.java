// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.delivery;

import dev.boomerang.device.internal.journal.JournaledState;
import dev.boomerang.device.internal.json.Json;
import dev.boomerang.device.internal.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers, oldest first, which deliveries this device knows, which tasks were recalled as a
 * whole, and which receipts the server has not acknowledged.
 *
 * <p>It is bounded. A delivery is remembered for {@link #RETENTION} after its lifetime, because the
 * server may send it again until it has seen the acknowledgement, and a recall may arrive for that
 * long. The newest {@link #MIN_RECORDS} are always remembered, and never more than {@link
 * #MAX_RECORDS}.
 */
public final class DeliveryLog implements JournaledState {
  /** How long a delivery is remembered after its lifetime. */
  public static final Duration RETENTION = Duration.ofDays(7);

  /**
   * How long a recall is remembered whose message has not arrived, so that its lifetime is unknown.
   * No message lives longer than the recall window and this together.
   */
  public static final Duration TOMBSTONE_RETENTION = Duration.ofDays(30);

  static final int MIN_RECORDS = 1000;
  public static final int MAX_RECORDS = 20_000;

  private static final String ACKNOWLEDGED = "acknowledged";
  private static final String RECALLED_TASK = "recalledTask";

  private final EventLoop loop;
  private final Map<String, DeliveryRecord> records = new LinkedHashMap<>();
  private final Map<String, Long> recalledTasks = new LinkedHashMap<>();
  private final Deque<Receipt> receipts = new ArrayDeque<>();
  private long lastNumber;
  private int ignoredRecords;

  public DeliveryLog(EventLoop loop) {
    this.loop = loop;
  }

  /** Returns the delivery with this id; empty if this device does not know it. */
  public Optional<DeliveryRecord> find(String id) {
    return Optional.ofNullable(records.get(id));
  }

  /** Returns the deliveries in this state, oldest first. */
  public List<DeliveryRecord> inState(DeliveryRecord.State state) {
    List<DeliveryRecord> found = new ArrayList<>();
    for (DeliveryRecord delivery : records.values()) {
      if (delivery.state == state) {
        found.add(delivery);
      }
    }
    return found;
  }

  /** Returns the deliveries of this task, oldest first. */
  public List<DeliveryRecord> ofTask(String task) {
    List<DeliveryRecord> found = new ArrayList<>();
    for (DeliveryRecord delivery : records.values()) {
      if (delivery.task.equals(task)) {
        found.add(delivery);
      }
    }
    return found;
  }

  /** Returns whether the task was recalled as a whole. */
  public boolean isRecalled(String task) {
    return recalledTasks.containsKey(task);
  }

  /** Returns the oldest receipts, at most {@code limit}. */
  public List<Receipt> receipts(int limit) {
    List<Receipt> oldest = new ArrayList<>();
    for (Receipt receipt : receipts) {
      if (oldest.size() == limit) {
        break;
      }
      oldest.add(receipt);
    }
    return oldest;
  }

  /** Returns how many records of deliveries were ignored because their state is unknown here. */
  public int ignoredRecords() {
    return ignoredRecords;
  }

  int receiptCount() {
    return receipts.size();
  }

  /** Returns the record of a new receipt; empty if the same receipt is waiting already. */
  public Optional<Json> receipt(String delivery, String event, String replacedBy) {
    for (Receipt waiting : receipts) {
      if (waiting.deliveryId.equals(delivery) && waiting.event.equals(event)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Receipt(lastNumber + 1, delivery, event, loop.now(), replacedBy).write());
  }

  /** Returns the record that the server has all receipts up to {@code number}. */
  static Json acknowledged(long number) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", ACKNOWLEDGED);
    record.put("n", number);
    return new Json(record);
  }

  /** Returns the record that nothing of this task may be shown any more. */
  public Json recalledTask(String task) {
    return recalledTask(task, loop.now() + TOMBSTONE_RETENTION.toMillis());
  }

  private static Json recalledTask(String task, long until) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", RECALLED_TASK);
    record.put("t", task);
    record.put("until", until);
    return new Json(record);
  }

  @Override
  public void apply(Json record) {
    switch (record.text("r")) {
      case DeliveryRecord.RECORD:
        Optional<DeliveryRecord> delivery = DeliveryRecord.read(record);
        if (delivery.isPresent()) {
          records.put(delivery.get().id, delivery.get());
          evictOldest(records);
        } else {
          ignoredRecords++;
        }
        break;
      case Receipt.RECORD:
        Receipt receipt = Receipt.read(record);
        receipts.add(receipt);
        lastNumber = Math.max(lastNumber, receipt.sequence);
        break;
      case ACKNOWLEDGED:
        lastNumber = Math.max(lastNumber, record.number("n"));
        while (!receipts.isEmpty() && receipts.getFirst().sequence <= record.number("n")) {
          receipts.removeFirst();
        }
        break;
      case RECALLED_TASK:
        recalledTasks.put(record.text("t"), record.number("until"));
        evictOldest(recalledTasks);
        break;
      default:
        break;
    }
  }

  @Override
  public List<Json> snapshot() {
    purgeExpired();
    List<Json> snapshot = new ArrayList<>();
    recalledTasks.forEach((task, until) -> snapshot.add(recalledTask(task, until)));
    records.values().forEach(delivery -> snapshot.add(delivery.write()));
    snapshot.add(acknowledged(receipts.isEmpty() ? lastNumber : receipts.getFirst().sequence - 1));
    receipts.forEach(receipt -> snapshot.add(receipt.write()));
    return snapshot;
  }

  /** Forgets everything. */
  public void clear() {
    records.clear();
    recalledTasks.clear();
    receipts.clear();
  }

  private void purgeExpired() {
    long now = loop.now();
    recalledTasks.values().removeIf(until -> until <= now);
    int spare = records.size() - MIN_RECORDS;
    Iterator<DeliveryRecord> oldest = records.values().iterator();
    while (spare > 0 && oldest.hasNext()) {
      spare--;
      if (oldest.next().keepUntil <= now) {
        oldest.remove();
      }
    }
  }

  private static void evictOldest(Map<String, ?> map) {
    if (map.size() > MAX_RECORDS) {
      Iterator<String> oldest = map.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
