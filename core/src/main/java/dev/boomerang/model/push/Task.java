// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Platform;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An accepted push: the unit of recall, query and report. `fingerprint` tells a repeated call from
/// a different one that uses the same id. `callback`: who is notified of what becomes of its
/// deliveries.
public record Task(
    TaskId id,
    AppId app,
    String name,
    Source source,
    Content content,
    Validity validity,
    TargetCounts counts,
    String fingerprint,
    Map<String, String> vendorHints,
    Map<Platform, CollapseKey> collapseKeys,
    Optional<Webhook> webhook) {
  public Task {
    vendorHints = Map.copyOf(vendorHints);
    collapseKeys = Map.copyOf(collapseKeys);
  }

  /// Returns the events that its webhook asks for; none without a webhook.
  public Set<Webhook.EventType> webhookEvents() {
    return webhook.map(Webhook::eventTypes).orElse(Set.of());
  }

  /// Returns the collapse key under which devices of this platform show it.
  public CollapseKey collapseKey(Platform platform) {
    return collapseKeys.getOrDefault(platform, CollapseKey.of(id));
  }

  /// Holds when the task was accepted and when it ends: nothing is delivered at or after
  /// `expiresAt`.
  public record Validity(Instant acceptedAt, Instant expiresAt) {}

  /// Counts how the audience turned out: `deliveries`, and `unmatched` targets that no registration
  /// answers to or that were skipped. The two add up to the task's total. A broadcast's deliveries
  /// are those to the devices that were connected; more begin as others connect. An open task's
  /// grow with what is added to it. `skipped` counts, by the cause that the dialect gave, the
  /// unmatched targets that were left out though a registration answers to them.
  public record TargetCounts(int deliveries, int unmatched, Map<String, Integer> skipped) {
    public TargetCounts {
      skipped = Map.copyOf(skipped);
    }

    public TargetCounts(int deliveries, int unreached) {
      this(deliveries, unreached, Map.of());
    }

    public TargetCounts plus(TargetCounts more) {
      Map<String, Integer> causes = new HashMap<>(skipped);
      more.skipped.forEach((cause, count) -> causes.merge(cause, count, Integer::sum));
      return new TargetCounts(deliveries + more.deliveries, unmatched + more.unmatched, causes);
    }
  }

  /// Returns this task with the counts that it has after targets were added.
  public Task reached(TargetCounts now) {
    return new Task(
        id,
        app,
        name,
        source,
        content,
        validity,
        now,
        fingerprint,
        vendorHints,
        collapseKeys,
        webhook);
  }

  public String origin() {
    return source.origin();
  }

  public boolean isBroadcast() {
    return source.kind() == Source.Kind.BROADCAST;
  }

  public Instant expiresAt() {
    return validity.expiresAt();
  }
}
