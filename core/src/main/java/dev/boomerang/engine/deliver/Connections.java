// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.AudienceAttributes;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/// Knows who is connected to this node.
public final class Connections {

  /// Holds a connection with the attributes that broadcast rules ask for.
  public record LocalConnection(
      RegistrationId registration,
      AudienceAttributes audienceAttributes,
      DeviceConnection deviceConnection) {}

  /// The number of counters that registrations share by hash: few enough to keep, many enough that
  /// a device which connects while another's secret is replaced seldom has to be asked again.
  private static final int EPOCHS = 4_096;

  private final Map<RegistrationId, LocalConnection> byRegistration = new ConcurrentHashMap<>();
  private final AtomicLongArray epochs = new AtomicLongArray(EPOCHS);

  public Connections() {}

  public int size() {
    return byRegistration.size();
  }

  /// Returns how many of an app's devices are connected. Looks at all connections.
  public int size(AppId app) {
    return of(app).size();
  }

  public boolean has(RegistrationId registration) {
    return byRegistration.containsKey(registration);
  }

  public Optional<DeviceConnection> of(RegistrationId registration) {
    return Optional.ofNullable(byRegistration.get(registration))
        .map(LocalConnection::deviceConnection);
  }

  Optional<AudienceAttributes> audienceAttributes(RegistrationId registration) {
    return Optional.ofNullable(byRegistration.get(registration))
        .map(LocalConnection::audienceAttributes);
  }

  /// Returns an app's connections. Looks at all connections.
  public List<LocalConnection> of(AppId app) {
    return byRegistration.values().stream()
        .filter(one -> one.audienceAttributes().app().equals(app))
        .toList();
  }

  /// Returns the ids of the registrations in [#of(AppId)].
  public List<RegistrationId> ids(AppId app) {
    return of(app).stream().map(LocalConnection::registration).toList();
  }

  /// Returns a number that changes with each [#revoke] of this registration. Read it before the
  /// credentials are checked.
  long epoch(RegistrationId registration) {
    return epochs.get(stripe(registration));
  }

  private static int stripe(RegistrationId registration) {
    return Math.floorMod(registration.hashCode(), EPOCHS);
  }

  /// Makes a connection the registration's only one; the one before it is closed. Returns false,
  /// and does nothing, if credentials may have been revoked since `epoch` was read: then they have
  /// to be checked again.
  boolean connected(Registration registration, DeviceConnection deviceConnection, long epoch) {
    var replaced = new ArrayList<LocalConnection>(1);
    var now =
        new LocalConnection(registration.id(), registration.audienceAttributes(), deviceConnection);
    LocalConnection kept =
        byRegistration.compute(
            registration.id(),
            (id, known) -> {
              if (epoch(id) != epoch) {
                return known;
              }
              if (known != null) {
                replaced.add(known);
              }
              return now;
            });
    replaced.stream()
        .map(LocalConnection::deviceConnection)
        .filter(known -> known != deviceConnection)
        .forEach(known -> known.close(DeviceConnection.CloseReason.TAKEN_OVER));
    return kept != null && kept.deviceConnection() == deviceConnection;
  }

  /// Ends the connection that the registration has, and keeps out one whose credentials were
  /// checked before this call. Call it once the store no longer takes them.
  public void revoke(RegistrationId registration, DeviceConnection.CloseReason why) {
    epochs.incrementAndGet(stripe(registration));
    // Not `get`: it would not wait for a connection that is just being attached.
    LocalConnection known = byRegistration.computeIfPresent(registration, (_, one) -> one);
    if (known != null) {
      known.deviceConnection().close(why);
    }
  }

  /// Takes over a registration's new attributes, which broadcast rules see from then on.
  public void changed(Registration registration) {
    byRegistration.computeIfPresent(
        registration.id(),
        (id, before) ->
            new LocalConnection(id, registration.audienceAttributes(), before.deviceConnection()));
  }

  /// Removes a connection, unless another one has taken over meanwhile.
  void disconnected(RegistrationId registration, DeviceConnection deviceConnection) {
    byRegistration.computeIfPresent(
        registration, (_, now) -> now.deviceConnection() == deviceConnection ? null : now);
  }
}
