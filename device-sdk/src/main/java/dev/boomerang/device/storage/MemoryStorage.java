// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.storage;

import java.util.ArrayList;
import java.util.List;

/** Keeps the records in memory, as long as this object lives. */
final class MemoryStorage implements DeviceStorage {
  private final List<String> records = new ArrayList<>();

  @Override
  public synchronized List<String> open() {
    return new ArrayList<>(records);
  }

  @Override
  public synchronized void append(List<String> more) {
    records.addAll(more);
  }

  @Override
  public synchronized void replaceAll(List<String> others) {
    records.clear();
    records.addAll(others);
  }

  @Override
  public void close() {}
}
