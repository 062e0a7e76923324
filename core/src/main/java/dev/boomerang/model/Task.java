// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An accepted push: the unit of recall, query and report. `fingerprint` tells a repeated call from
/// a different one that uses the same id. `callback`: who is told what becomes of its deliveries.
public record Task(
    TaskId id,
    AppId app,
    String name,
    Source source,
    Content content,
    Lifespan lifespan,
    Reached reached,
    String fingerprint,
    Map<String, String> vendorHints,
    Map<Platform, Slot> slots,
    Optional<Callback> callback) {
  public Task {
    vendorHints = Map.copyOf(vendorHints);
    slots = Map.copyOf(slots);
  }

  /// What its callback asks to be told; nothing without one.
  public Set<Callback.Event> told() {
    return callback.map(Callback::events).orElse(Set.of());
  }

  /// Where devices of this platform show it.
  public Slot slot(Platform platform) {
    return slots.getOrDefault(platform, Slot.of(id));
  }

  /// Nothing is delivered at or after `expiresAt`.
  public record Lifespan(Instant acceptedAt, Instant expiresAt) {}

  /// How the audience turned out: so many deliveries, and so many targets that no registration
  /// answers to or that were passed over. The two add up to the task's total. A broadcast's
  /// deliveries are those to the devices that were connected; more begin as others come. An open
  /// task's grow with what is added to it. `passedOver`: how many of the unreached were left out
  /// though somebody answers to them, by the cause that their dialect gave.
  public record Reached(int deliveries, int unreached, Map<String, Integer> passedOver) {
    public Reached {
      passedOver = Map.copyOf(passedOver);
    }

    public Reached(int deliveries, int unreached) {
      this(deliveries, unreached, Map.of());
    }

    public Reached plus(Reached more) {
      Map<String, Integer> causes = new HashMap<>(passedOver);
      more.passedOver.forEach((cause, count) -> causes.merge(cause, count, Integer::sum));
      return new Reached(deliveries + more.deliveries, unreached + more.unreached, causes);
    }
  }

  /// More of an open task.
  public Task reached(Reached now) {
    return new Task(
        id, app, name, source, content, lifespan, now, fingerprint, vendorHints, slots, callback);
  }

  public String origin() {
    return source.origin();
  }

  public boolean isBroadcast() {
    return source.kind() == Source.Kind.BROADCAST;
  }

  public Instant expiresAt() {
    return lifespan.expiresAt();
  }
}
