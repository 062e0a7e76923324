// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import dev.boomerang.gateway.config.GatewayListener;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.StoreListener;
import dev.boomerang.server.http.HttpServerListener;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Route;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/// Everything that is counted, in Prometheus' text format under `/metrics`.
public final class Metrics {
  /// Seconds. A single push is two group commits, so most of it lies below 50 ms.
  static final double[] BUCKETS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final AtomicBoolean jvm = new AtomicBoolean();
  private final EngineListener engine = new EngineMetrics(registry);
  private final GatewayListener gateway = new GatewayMetrics(registry);
  private final HttpServerListener http = new HttpMetrics(registry);
  private final StoreMetrics store = new StoreMetrics(registry);
  private final Histogram doors =
      Histogram.builder()
          .name("boomerang_call_seconds")
          .help("Time a call took inside its dialect, by dialect and HTTP status.")
          .labelNames("dialect", "status")
          .classicOnly()
          .classicUpperBounds(BUCKETS)
          .register(registry);

  public EngineListener engine() {
    return engine;
  }

  public GatewayListener gateway() {
    return gateway;
  }

  public HttpServerListener http() {
    return http;
  }

  public StoreListener store() {
    return store;
  }

  /// Registers the free space of the data directory.
  public void dataDir(Path folder) {
    store.dataDir(folder);
  }

  /// Registrations that are connected to this node.
  public void connections(IntSupplier now) {
    GaugeWithCallback.builder()
        .name("boomerang_connected_registrations")
        .help("Registrations connected to this node.")
        .callback(callback -> callback.call(now.getAsInt()))
        .register(registry);
  }

  /// Returns the dialect with the time of its routes measured.
  public Dialect timed(Dialect dialect, Clock clock) {
    List<Route> routes =
        dialect.routes().stream().map(route -> timed(dialect.name(), route, clock)).toList();
    return new TimedDialect(dialect, routes);
  }

  private Route timed(String dialect, Route route, Clock clock) {
    Map<Integer, DistributionDataPoint> byStatus = new ConcurrentHashMap<>();
    return route.with(
        call -> {
          Instant began = clock.instant();
          Reply reply = route.endpoint().answer(call);
          byStatus
              .computeIfAbsent(
                  reply.status(), code -> doors.labelValues(dialect, Integer.toString(code)))
              .observe(seconds(Duration.between(began, clock.instant())));
          return reply;
        });
  }

  public List<Route> routes() {
    return List.of(new Route("GET", "/metrics", _ -> scrape()));
  }

  private Reply scrape() {
    // The JVM's own metrics wake its management beans, which a start has no time for.
    if (!jvm.getAndSet(true)) {
      JvmMetrics.builder().register(registry);
    }
    var text = new ByteArrayOutputStream();
    try {
      writer.write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reply(
        200,
        Headers.of("Content-Type", PrometheusTextFormatWriter.CONTENT_TYPE),
        Body.of(text.toByteArray()));
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }
}
