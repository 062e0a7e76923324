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
 * Which deliveries this device knows, which tasks were called back whole, and which receipts the
 * server has not acknowledged. Oldest first.
 *
 * <p>Bounded: a delivery is remembered for {@link #MEMORY} after its lifetime, as the server may
 * bring it again until it has seen the acknowledgement, and recalls may come for that long; the
 * newest {@link #KEPT} are always remembered, and never more than {@link #MOST}.
 */
public final class DeliveryLog implements JournaledState {
  public static final Duration RETENTION = Duration.ofDays(7);

  /**
   * A tombstone has no lifetime to go by; no message lives longer than the recall window and this
   * together.
   */
  public static final Duration TOMBSTONE_RETENTION = Duration.ofDays(30);

  static final int MIN_RECORDS = 1000;
  public static final int MAX_RECORDS = 20_000;

  private static final String ACKNOWLEDGED = "acked";
  private static final String TASK = "task";

  private final EventLoop loop;
  private final Map<String, DeliveryRecord> records = new LinkedHashMap<>();
  private final Map<String, Long> recalledTasks = new LinkedHashMap<>();
  private final Deque<Receipt> receipts = new ArrayDeque<>();
  private long lastNumber;

  public DeliveryLog(EventLoop loop) {
    this.loop = loop;
  }

  public Optional<DeliveryRecord> find(String id) {
    return Optional.ofNullable(records.get(id));
  }

  public List<DeliveryRecord> inState(DeliveryRecord.State state) {
    List<DeliveryRecord> found = new ArrayList<>();
    for (DeliveryRecord entry : records.values()) {
      if (entry.state == state) {
        found.add(entry);
      }
    }
    return found;
  }

  public List<DeliveryRecord> ofTask(String task) {
    List<DeliveryRecord> found = new ArrayList<>();
    for (DeliveryRecord entry : records.values()) {
      if (entry.task.equals(task)) {
        found.add(entry);
      }
    }
    return found;
  }

  public boolean isRecalled(String task) {
    return recalledTasks.containsKey(task);
  }

  /** The oldest receipts, at most so many. */
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

  int receiptCount() {
    return receipts.size();
  }

  /** The record of a new receipt; the same words waiting already are enough. */
  public Optional<Json> receipt(String delivery, String event, String replacedBy) {
    for (Receipt waiting : receipts) {
      if (waiting.deliveryId.equals(delivery) && waiting.event.equals(event)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Receipt(lastNumber + 1, delivery, event, loop.now(), replacedBy).write());
  }

  /** The record that the server has all receipts up to this one. */
  static Json acknowledged(long number) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", ACKNOWLEDGED);
    record.put("n", number);
    return new Json(record);
  }

  /** The record that nothing of this task may be shown any more. */
  public Json recalledTask(String task) {
    return recalledTask(task, loop.now() + TOMBSTONE_RETENTION.toMillis());
  }

  private static Json recalledTask(String task, long until) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", TASK);
    record.put("t", task);
    record.put("until", until);
    return new Json(record);
  }

  @Override
  public void apply(Json record) {
    switch (record.text("r")) {
      case DeliveryRecord.RECORD:
        DeliveryRecord entry = DeliveryRecord.read(record);
        records.put(entry.id, entry);
        evictOldest(records);
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
      case TASK:
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
    records.values().forEach(entry -> snapshot.add(entry.write()));
    snapshot.add(acknowledged(receipts.isEmpty() ? lastNumber : receipts.getFirst().sequence - 1));
    receipts.forEach(receipt -> snapshot.add(receipt.write()));
    return snapshot;
  }

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
