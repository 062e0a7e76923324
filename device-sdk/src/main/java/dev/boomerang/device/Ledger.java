// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

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
final class Ledger implements Chapter {
  static final Duration MEMORY = Duration.ofDays(7);

  /**
   * A tombstone has no lifetime to go by; no message lives longer than the recall window and this
   * together.
   */
  static final Duration TOMBSTONE_MEMORY = Duration.ofDays(30);

  static final int KEPT = 1000;
  static final int MOST = 20_000;

  private static final String ACKNOWLEDGED = "acked";
  private static final String TASK = "task";

  private final Loop loop;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Long> recalledTasks = new LinkedHashMap<>();
  private final Deque<Receipt> receipts = new ArrayDeque<>();
  private long lastNumber;

  Ledger(Loop loop) {
    this.loop = loop;
  }

  Optional<Entry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  List<Entry> inState(Entry.State state) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.state == state) {
        found.add(entry);
      }
    }
    return found;
  }

  List<Entry> ofTask(String task) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.task.equals(task)) {
        found.add(entry);
      }
    }
    return found;
  }

  boolean isRecalled(String task) {
    return recalledTasks.containsKey(task);
  }

  /** The oldest receipts, at most so many. */
  List<Receipt> receipts(int most) {
    List<Receipt> oldest = new ArrayList<>();
    for (Receipt receipt : receipts) {
      if (oldest.size() == most) {
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
  Optional<Json> receipt(String delivery, String event, String by) {
    for (Receipt waiting : receipts) {
      if (waiting.delivery.equals(delivery) && waiting.event.equals(event)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Receipt(lastNumber + 1, delivery, event, loop.now(), by).write());
  }

  /** The record that the server has all receipts up to this one. */
  static Json acknowledged(long number) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", ACKNOWLEDGED);
    record.put("n", number);
    return new Json(record);
  }

  /** The record that nothing of this task may be shown any more. */
  Json recalledTask(String task) {
    return recalledTask(task, loop.now() + TOMBSTONE_MEMORY.toMillis());
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
      case Entry.RECORD:
        Entry entry = Entry.read(record);
        entries.put(entry.id, entry);
        forgetOldest(entries);
        break;
      case Receipt.RECORD:
        Receipt receipt = Receipt.read(record);
        receipts.add(receipt);
        lastNumber = Math.max(lastNumber, receipt.number);
        break;
      case ACKNOWLEDGED:
        lastNumber = Math.max(lastNumber, record.number("n"));
        while (!receipts.isEmpty() && receipts.getFirst().number <= record.number("n")) {
          receipts.removeFirst();
        }
        break;
      case TASK:
        recalledTasks.put(record.text("t"), record.number("until"));
        forgetOldest(recalledTasks);
        break;
      default:
        break;
    }
  }

  @Override
  public List<Json> snapshot() {
    forgetOld();
    List<Json> records = new ArrayList<>();
    recalledTasks.forEach((task, until) -> records.add(recalledTask(task, until)));
    entries.values().forEach(entry -> records.add(entry.write()));
    records.add(acknowledged(receipts.isEmpty() ? lastNumber : receipts.getFirst().number - 1));
    receipts.forEach(receipt -> records.add(receipt.write()));
    return records;
  }

  void clear() {
    entries.clear();
    recalledTasks.clear();
    receipts.clear();
  }

  private void forgetOld() {
    long now = loop.now();
    recalledTasks.values().removeIf(until -> until <= now);
    int spare = entries.size() - KEPT;
    Iterator<Entry> oldest = entries.values().iterator();
    while (spare > 0 && oldest.hasNext()) {
      spare--;
      if (oldest.next().until <= now) {
        oldest.remove();
      }
    }
  }

  private static void forgetOldest(Map<String, ?> map) {
    if (map.size() > MOST) {
      Iterator<String> oldest = map.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
