// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.port.EngineListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

final class EngineMetrics implements EngineListener {
  private final Counter accepted;
  private final Counter deliveries;
  private final Counter unreached;
  private final Counter repeated;
  private final Counter refused;
  private final Counter transitions;
  private final Counter stale;
  private final Counter unknown;
  private final Counter stopped;
  private final Histogram fence;
  private final Counter webhookEventsSent;
  private final Counter webhookRequestsFailed;
  private final Counter webhookEventsGivenUp;
  private final Gauge webhookEventsWaiting;

  EngineMetrics(PrometheusRegistry registry) {
    accepted = counter(registry, "pushes_accepted", "Pushes accepted.", "origin");
    deliveries = counter(registry, "deliveries", "Deliveries that accepted pushes made.", "origin");
    unreached =
        counter(registry, "targets_unreached", "Targets no registration answers to.", "origin");
    repeated = counter(registry, "pushes_repeated", "Pushes that were accepted before.", "origin");
    refused = counter(registry, "pushes_refused", "Pushes refused.", "origin", "reason");
    transitions =
        counter(registry, "delivery_transitions", "Deliveries that came into a state.", "to");
    stale =
        counter(registry, "delivery_events_stale", "Events that came too late to matter.", "event");
    unknown = counter(registry, "delivery_events_unknown", "Events for deliveries no longer kept.");
    stopped = counter(registry, "tasks_stopped", "Calls that stopped a task.", "origin");
    webhookEventsSent =
        counter(registry, "webhook_events_sent", "Events that webhook receivers took.", "origin");
    webhookRequestsFailed =
        counter(
            registry,
            "webhook_requests_failed",
            "Requests to webhook receivers that failed.",
            "origin",
            "answer");
    webhookEventsGivenUp =
        counter(
            registry,
            "webhook_events_given_up",
            "Events that will not be sent: failed for too long, or not allowed to go there.",
            "origin",
            "cause");
    webhookEventsWaiting =
        Gauge.builder()
            .name("boomerang_webhook_events_waiting")
            .help("Events for webhooks that wait in the store, of all nodes.")
            .register(registry);
    fence =
        Histogram.builder()
            .name("boomerang_recall_fence_seconds")
            .help("Time from a recall to the moment nothing of it is handed out any more.")
            .labelNames("origin")
            .classicOnly()
            .classicUpperBounds(Metrics.BUCKETS)
            .register(registry);
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name("boomerang_" + name)
        .help(help)
        .labelNames(labels)
        .register(registry);
  }

  @Override
  public void accepted(String origin, int made, int missed) {
    accepted.labelValues(origin).inc();
    deliveries.labelValues(origin).inc(made);
    unreached.labelValues(origin).inc(missed);
  }

  @Override
  public void repeated(String origin) {
    repeated.labelValues(origin).inc();
  }

  @Override
  public void refused(String origin, String reason) {
    refused.labelValues(origin, reason).inc();
  }

  @Override
  public void stopped(String origin) {
    stopped.labelValues(origin).inc();
  }

  @Override
  public void recorded(Transition transition) {
    switch (transition) {
      case Transition.Moved _ -> {} // counted in moved
      case Transition.Stale(_, var event) ->
          stale.labelValues(event.getClass().getSimpleName()).inc();
      case Transition.Unknown _ -> unknown.inc();
    }
  }

  @Override
  public void moved(TransitionCounts counts) {
    counts
        .into()
        .forEach(
            (deliveryStatus, count) -> transitions.labelValues(deliveryStatus.wire()).inc(count));
  }

  @Override
  public void webhookEventsSent(String origin, int events) {
    webhookEventsSent.labelValues(origin).inc(events);
  }

  @Override
  public void webhookRequestFailed(String origin, String answer) {
    webhookRequestsFailed.labelValues(origin, answer).inc();
  }

  @Override
  public void webhookEventsGivenUp(String origin, String cause, int events) {
    webhookEventsGivenUp.labelValues(origin, cause).inc(events);
  }

  @Override
  public void webhookEventsWaiting(long events) {
    webhookEventsWaiting.set((double) events);
  }

  @Override
  public void recalled(String origin, Duration took) {
    fence.labelValues(origin).observe(Metrics.seconds(took));
  }
}
