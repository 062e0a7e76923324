// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.deliver.Connections;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection;

/// The sessions of connected devices, for load drivers that measure the gateway without what comes
/// before it.
final class LiveSessions {
  private final Connections connections;

  public LiveSessions(Engine engine) {
    this.connections = engine.connections();
  }

  /// Throws if it is not connected.
  public DeviceConnection of(RegistrationId registration) {
    return connections.of(registration).orElseThrow();
  }
}
