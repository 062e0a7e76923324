// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import dev.boomerang.server.http.HttpServerListener;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Told of every request, so it does as little as it can.
final class HttpMetrics implements HttpServerListener {
  private final Histogram answers;
  private final Map<Integer, DistributionDataPoint> byStatus = new ConcurrentHashMap<>();
  private volatile int inFlight;
  private volatile int connections;
  private volatile long memory;

  HttpMetrics(PrometheusRegistry registry) {
    answers =
        Histogram.builder()
            .name("boomerang_http_seconds")
            .help("Time from a request's head to its answer, by status.")
            .labelNames("status")
            .classicOnly()
            .classicUpperBounds(Metrics.BUCKETS)
            .register(registry);
    GaugeWithCallback.builder()
        .name("boomerang_http_in_flight")
        .help("Calls that run now.")
        .callback(callback -> callback.call(inFlight))
        .register(registry);
    GaugeWithCallback.builder()
        .name("boomerang_http_memory_bytes")
        .help("Memory that HTTP calls under way hold, of what http-memory allows.")
        .callback(callback -> callback.call((double) memory))
        .register(registry);
    GaugeWithCallback.builder()
        .name("boomerang_http_connections")
        .help("Open HTTP connections.")
        .callback(callback -> callback.call(connections))
        .register(registry);
  }

  @Override
  public void memory(long bytes) {
    memory = bytes;
  }

  @Override
  public void answered(int status, Duration took) {
    byStatus
        .computeIfAbsent(status, code -> answers.labelValues(Integer.toString(code)))
        .observe(Metrics.seconds(took));
  }

  @Override
  public void inFlight(int now) {
    inFlight = now;
  }

  @Override
  public void connections(int now) {
    connections = now;
  }
}
