// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.RegistrationStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps when devices were last connected, in memory until it is stored: a write for each that
/// connects or disconnects would cost more than a push.
public final class LastSeen {
  private static final int AT_ONCE = 1_000;

  private final Map<RegistrationId, Instant> pending = new ConcurrentHashMap<>();

  /// Records that a device connected. If that is in the millisecond in which it registered, it is
  /// recorded as one later, so that it is told from devices that never connected
  /// ([Registration#hasConnected]).
  void connected(Registration registration, Instant now) {
    record(registration.id(), later(now, first(registration)));
  }

  private static Instant first(Registration registration) {
    return registration.createdAt().plusMillis(1);
  }

  void disconnected(RegistrationId id, Instant now) {
    record(id, now);
  }

  private void record(RegistrationId id, Instant at) {
    pending.merge(id, at, LastSeen::later);
  }

  /// Returns when the device was last connected; empty if it never was.
  public Optional<Instant> of(Registration registration) {
    Optional<Instant> stored =
        Optional.of(registration.seenAt()).filter(_ -> registration.hasConnected());
    return Optional.ofNullable(pending.get(registration.id()))
        .map(recorded -> stored.map(it -> later(it, recorded)).orElse(recorded))
        .or(() -> stored)
        .map(it -> it.equals(first(registration)) ? registration.createdAt() : it);
  }

  /// Stores what was recorded, in batches, so that the writers do not wait while all devices
  /// connect or disconnect.
  void flush(RegistrationStore registrations) {
    var batch = new HashMap<RegistrationId, Instant>();
    for (Map.Entry<RegistrationId, Instant> each : Map.copyOf(pending).entrySet()) {
      batch.put(each.getKey(), each.getValue());
      if (batch.size() == AT_ONCE) {
        flush(registrations, batch);
      }
    }
    flush(registrations, batch);
  }

  private void flush(RegistrationStore registrations, Map<RegistrationId, Instant> batch) {
    registrations.updateLastSeen(batch);
    batch.forEach(pending::remove);
    batch.clear();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
