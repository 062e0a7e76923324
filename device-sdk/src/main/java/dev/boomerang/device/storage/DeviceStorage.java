// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps what must outlive the process: the client's credentials, the deliveries it has seen, and
 * the receipts that the server has not acknowledged. It is a list of records, each one line of
 * text, that grows at the end and is now and then replaced by a shorter one.
 *
 * <p>It belongs to one client at a time, which calls it from one thread. After an {@link
 * IOException} the client stops for good: without storage it could not keep its promises.
 */
public interface DeviceStorage {

  /**
   * Returns a storage in files in this directory, which is created if missing. No other process may
   * use the directory meanwhile. The credentials are in it.
   */
  static DeviceStorage in(Path directory) {
    return new FileStorage(directory);
  }

  /**
   * Returns a storage in memory, which ends with the process. It is for tests, and for apps that
   * register anew on each start.
   */
  static DeviceStorage inMemory() {
    return new MemoryStorage();
  }

  /**
   * Opens the storage and returns every whole record, oldest first; one cut short by a crash is
   * left out. It is called once, before all other methods.
   */
  List<String> open() throws IOException;

  /**
   * Adds records at the end. They survive power loss once this returns; after a crash during the
   * call, the first of them may.
   */
  void append(List<String> records) throws IOException;

  /**
   * Replaces all records by these. After a crash during the call, either all old ones are there or
   * all new ones.
   */
  void replaceAll(List<String> records) throws IOException;

  /** Closes the storage. It is called once, after all other methods. */
  void close() throws IOException;
}
