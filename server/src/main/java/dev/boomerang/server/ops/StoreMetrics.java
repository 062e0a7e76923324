// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import dev.boomerang.port.StoreFailure;
import dev.boomerang.port.StoreListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Measures what an operator wants to see coming before the store takes no more writes.
final class StoreMetrics implements StoreListener {
  private final PrometheusRegistry registry;
  private final Counter failures;

  StoreMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    failures =
        Counter.builder()
            .name("boomerang_store_write_failures")
            .help("Writes that the store refused, by cause.")
            .labelNames("cause")
            .register(registry);
    for (StoreFailure cause : StoreFailure.values()) {
      failures.labelValues(cause.wire());
    }
  }

  /// Begins to measure the free space of the data directory's file system.
  void dataDir(Path folder) {
    GaugeWithCallback.builder()
        .name("boomerang_data_dir_free_bytes")
        .help("Bytes free for this process on the file system of data-dir.")
        .callback(callback -> callback.call(freeBytes(folder)))
        .register(registry);
  }

  /// Returns the free bytes; not a number while the directory cannot be looked at.
  private static double freeBytes(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException _) {
      return Double.NaN;
    }
  }

  @Override
  public void writeFailed(StoreFailure cause) {
    failures.labelValues(cause.wire()).inc();
  }
}
