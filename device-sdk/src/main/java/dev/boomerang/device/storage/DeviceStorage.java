// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a client keeps what must outlive the process: its credentials, which deliveries it has
 * seen, receipts the server has not acknowledged. A list of records, each one line of text, that
 * grows at the end and is now and then replaced by a shorter one.
 *
 * <p>Belongs to one client at a time, which calls it from one thread. After an {@link IOException}
 * the client stops for good: without storage it could not keep its promises.
 */
public interface DeviceStorage {

  /**
   * Files in this directory, made if missing; no other process may use it meanwhile. The
   * credentials are in it.
   */
  static DeviceStorage in(Path directory) {
    return new FileStorage(directory);
  }

  /** Forgets everything with the process. For tests, and apps that register anew on each start. */
  static DeviceStorage inMemory() {
    return new MemoryStorage();
  }

  /**
   * Called once, first. Returns every whole record, oldest first; one cut short by a crash is left
   * out.
   */
  List<String> open() throws IOException;

  /**
   * Adds records at the end. They survive power loss once this returns; after a crash within, the
   * first of them may.
   */
  void append(List<String> records) throws IOException;

  /**
   * Puts these in place of all records: after a crash within, either all old ones are there or all
   * new ones.
   */
  void replaceAll(List<String> records) throws IOException;

  /** Called once, last. */
  void close() throws IOException;
}
