// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.journal;

import dev.boomerang.device.internal.json.Json;
import dev.boomerang.device.storage.DeviceStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies each record to the client's states and stores it. When the stored records outnumber a
 * snapshot of the states by far, the snapshot replaces them.
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

  /** Opens the storage and applies all its records. */
  public void open() throws IOException {
    List<String> records = storage.open();
    for (String record : records) {
      apply(Json.read(record));
    }
    storedCount = records.size();
    compactAt = MIN_COMPACT_SIZE + 2 * snapshot().size();
  }

  /** Applies the record at once; it is stored only by {@link #save}. */
  public void add(Json record) {
    apply(record);
    unsaved.add(record.write());
  }

  /**
   * Stores everything that was added; it is durable when this returns. Throws {@link
   * StorageFailedException}, which ends the client.
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

  /** Replaces all stored records by a snapshot of the states. */
  public void compact() throws IOException {
    List<String> snapshot = snapshot();
    storage.replaceAll(snapshot);
    storedCount = snapshot.size();
    compactAt = MIN_COMPACT_SIZE + 2 * storedCount;
  }

  /** Closes the storage. */
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
