// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The client's memory: applies each record to the chapters and stores it. When the records
 * outnumber by far what they amount to, they are replaced by the chapters' snapshots.
 */
final class Journal {
  private static final int ROOM = 1000;

  private final DeviceStorage storage;
  private final List<Chapter> chapters;
  private final List<String> unsaved = new ArrayList<>();
  private int stored;
  private int limit;

  Journal(DeviceStorage storage, List<Chapter> chapters) {
    this.storage = storage;
    this.chapters = chapters;
  }

  void open() throws IOException {
    List<String> records = storage.open();
    for (String record : records) {
      apply(Json.read(record));
    }
    stored = records.size();
    limit = ROOM + 2 * snapshot().size();
  }

  /** In force at once, in the storage only after {@link #save}. */
  void add(Json record) {
    apply(record);
    unsaved.add(record.write());
  }

  /**
   * When this returns, everything added is durable. Throws {@link StorageFailure}, which ends the
   * client.
   */
  void save() {
    if (unsaved.isEmpty()) {
      return;
    }
    try {
      if (stored + unsaved.size() > limit) {
        compact();
      } else {
        storage.append(unsaved);
        stored += unsaved.size();
      }
    } catch (IOException e) {
      throw new StorageFailure(e);
    }
    unsaved.clear();
  }

  /** Forgets everything that is not in the chapters any more. */
  void compact() throws IOException {
    List<String> snapshot = snapshot();
    storage.replaceAll(snapshot);
    stored = snapshot.size();
    limit = ROOM + 2 * stored;
  }

  void close() throws IOException {
    storage.close();
  }

  private void apply(Json record) {
    for (Chapter chapter : chapters) {
      chapter.apply(record);
    }
  }

  private List<String> snapshot() {
    List<String> records = new ArrayList<>();
    for (Chapter chapter : chapters) {
      for (Json record : chapter.snapshot()) {
        records.add(record.write());
      }
    }
    return records;
  }
}
