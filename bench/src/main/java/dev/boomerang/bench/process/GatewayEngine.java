// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import dev.boomerang.bench.message.MqttPackets.Identity;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.engine.registration.Registrations.Registered;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.port.EngineListener;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An engine over a store in memory, with one app and its devices: what a gateway needs to run
/// alone.
final class GatewayEngine implements AutoCloseable {
  private static final AppId APP = new AppId("BENCH");

  private final Engine engine;

  GatewayEngine(Clock clock) {
    var random = new SecureRandom();
    var vault = new Vault(new byte[Vault.MASTER_KEY_BYTES], random);
    var config = new Engine.Config(Limits.DEFAULT, vault, 0, random, true);
    engine = Engine.open(new MemoryStore(), config, EngineListener.NONE, clock);
    engine.apps().add(new App(APP, "default", "Bench", clock.instant()), List.of());
  }

  Engine engine() {
    return engine;
  }

  AppId app() {
    return APP;
  }

  List<Identity> register(int count) {
    var identities = new ArrayList<Identity>(count);
    var device = new Device(Platform.ANDROID, Optional.empty(), Map.of());
    for (int i = 0; i < count; i++) {
      Registered registered = engine.registrations().register(APP, device, Profile.EMPTY, Map.of());
      String id = registered.registration().id().value();
      identities.add(new Identity(id, APP.value(), registered.secret().reveal(), "push/" + id));
    }
    return identities;
  }

  @Override
  public void close() {
    engine.close();
  }
}
