// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import dev.boomerang.gateway.config.GatewayListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

final class GatewayMetrics implements GatewayListener {
  private final Gauge connections;
  private final Counter connects;
  private final Counter disconnects;
  private final Counter refusals;
  private final Counter sent;
  private final Counter acknowledged;
  private final Counter withdrawn;
  private final Counter dropped;
  private final Counter receipts;

  GatewayMetrics(PrometheusRegistry registry) {
    connections =
        Gauge.builder()
            .name("boomerang_gateway_connections")
            .help("Open device connections, those still logging in included.")
            .register(registry);
    connects = counter(registry, "connects", "Devices that logged in.", "protocol");
    disconnects = counter(registry, "disconnects", "Devices that went.", "reason");
    refusals = counter(registry, "refusals", "Connections refused.", "reason");
    sent = counter(registry, "sent", "Messages written to devices.");
    acknowledged = counter(registry, "acknowledged", "Messages devices acknowledged.");
    withdrawn = counter(registry, "withdrawn", "Deliveries devices were told to take off.");
    dropped =
        counter(registry, "dropped", "Messages taken back before they were written.", "reason");
    receipts = counter(registry, "receipts", "Receipts of devices that are stored.");
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name("boomerang_gateway_" + name)
        .help(help)
        .labelNames(labels)
        .register(registry);
  }

  @Override
  public void opened() {
    connections.inc();
  }

  @Override
  public void closed() {
    connections.dec();
  }

  @Override
  public void connected(String protocol) {
    connects.labelValues(protocol).inc();
  }

  @Override
  public void disconnected(String reason) {
    disconnects.labelValues(reason).inc();
  }

  @Override
  public void refused(String reason) {
    refusals.labelValues(reason).inc();
  }

  @Override
  public void sent() {
    sent.inc();
  }

  @Override
  public void acknowledged() {
    acknowledged.inc();
  }

  @Override
  public void withdrawn(int deliveries) {
    withdrawn.inc(deliveries);
  }

  @Override
  public void dropped(String reason) {
    dropped.labelValues(reason).inc();
  }

  @Override
  public void receipts(int count) {
    receipts.inc(count);
  }
}
