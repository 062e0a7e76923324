// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.journal;

import dev.boomerang.device.internal.json.Json;
import dev.boomerang.device.storage.DeviceStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The client's memory: applies each record to the chapters and stores it. When the records
 * outnumber by far what they amount to, they are replaced by the chapters' snapshots.
 */
public final class Journal {
  private static final int MIN_COMPACT_SIZE = 1000;

  private final DeviceStorage storage;
  private final List<JournaledState> states;
  private final List<String> unsaved = new ArrayList<>();
  private int storedCount;
  private int compactAt;

  public Journal(DeviceStorage storage, List<JournaledState> states) {
    this.storage = storage;
    this.states = states;
  }

  public void open() throws IOException {
    List<String> records = storage.open();
    for (String record : records) {
      apply(Json.read(record));
    }
    storedCount = records.size();
    compactAt = MIN_COMPACT_SIZE + 2 * snapshot().size();
  }

  /** In force at once, in the storage only after {@link #save}. */
  public void add(Json record) {
    apply(record);
    unsaved.add(record.write());
  }

  /**
   * When this returns, everything added is durable. Throws {@link StorageFailure}, which ends the
   * client.
   */
  public void save() {
    if (unsaved.isEmpty()) {
      return;
    }
    try {
      if (storedCount + unsaved.size() > compactAt) {
        compact();
      } else {
        storage.append(unsaved);
        storedCount += unsaved.size();
      }
    } catch (IOException e) {
      throw new StorageFailedException(e);
    }
    unsaved.clear();
  }

  /** Forgets everything that is not in the chapters any more. */
  public void compact() throws IOException {
    List<String> snapshot = snapshot();
    storage.replaceAll(snapshot);
    storedCount = snapshot.size();
    compactAt = MIN_COMPACT_SIZE + 2 * storedCount;
  }

  public void close() throws IOException {
    storage.close();
  }

  private void apply(Json record) {
    for (JournaledState state : states) {
      state.apply(record);
    }
  }

  private List<String> snapshot() {
    List<String> records = new ArrayList<>();
    for (JournaledState state : states) {
      for (Json record : state.snapshot()) {
        records.add(record.write());
      }
    }
    return records;
  }
}
