// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Sees every write and every sight, and knows what was promised by then. Breaks with an
/// [AssertionError] at the moment a promise is broken.
final class PromiseChecker {
  private final Clock clock;
  private final Map<DeliveryId, Instant> lifetimes = new HashMap<>();
  private final Set<DeliveryId> recalled = new HashSet<>();
  private final Set<DeliveryId> overridden = new HashSet<>();
  private final Set<DeliveryId> stopped = new HashSet<>();
  private final Set<TaskId> paced = new HashSet<>();
  private final Map<DeliveryId, Instant> deferred = new HashMap<>();
  private final Set<DeliveryId> written = new HashSet<>();
  private final Set<DeliveryId> shown = new HashSet<>();
  private final Map<RegistrationId, TaskId> newest = new HashMap<>();

  PromiseChecker(Clock clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /// Notes that a push with this delivery was answered with success.
  void accepted(DeliveryId id, Instant expiresAt) {
    lifetimes.put(id, expiresAt);
  }

  /// Notes that a recall of this delivery has returned.
  void recalled(DeliveryId id) {
    recalled.add(id);
  }

  /// Notes that a push that overrides this delivery has returned.
  void overridden(DeliveryId id) {
    overridden.add(id);
  }

  /// Notes that a stop of this delivery's task has returned.
  void stopped(DeliveryId id) {
    stopped.add(id);
  }

  /// This task goes at a pace: its place in the order of acceptance is not kept.
  void paced(TaskId task) {
    paced.add(task);
  }

  /// This delivery is not to be sent before a time: its place in the order of acceptance is not
  /// kept.
  void deferred(DeliveryId id, Instant notBefore) {
    deferred.put(id, notBefore);
  }

  boolean everWritten(DeliveryId id) {
    return written.contains(id);
  }

  boolean wasRecalled(DeliveryId id) {
    return recalled.contains(id);
  }

  void wrote(DeliveryId id) {
    Instant expiresAt = lifetimes.get(id);
    if (expiresAt == null) {
      throw new AssertionError("Durable: written, but its push never returned: " + id);
    }
    if (recalled.contains(id)) {
      throw new AssertionError("Fence: written after its recall returned: " + id);
    }
    if (stopped.contains(id)) {
      throw new AssertionError("Fence: written after its stop returned: " + id);
    }
    if (overridden.contains(id)) {
      throw new AssertionError("Newest: written after a newer one took its place: " + id);
    }
    if (!now().isBefore(expiresAt)) {
      throw new AssertionError("Timely: written after its lifetime: " + id);
    }
    if (now().isBefore(deferred.getOrDefault(id, Instant.MIN))) {
      throw new AssertionError("Timely: written before the time it was deferred to: " + id);
    }
    TaskId before = newest.getOrDefault(id.registration(), TaskId.NONE);
    boolean keepsItsPlace = !paced.contains(id.task()) && !deferred.containsKey(id);
    boolean first = written.add(id) && keepsItsPlace;
    if (first && id.task().compareTo(before) < 0) {
      throw new AssertionError("Ordered: " + id + " first written after task " + before);
    }
    if (first) {
      newest.put(id.registration(), id.task());
    }
  }

  void shows(DeliveryId id) {
    if (!shown.add(id)) {
      throw new AssertionError("Once: shown twice: " + id);
    }
  }
}
