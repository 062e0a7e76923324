// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.load;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.ReachabilityInfo;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/// Very many registrations of one app, put into a store from many threads at once.
public record StoredRegistrations(
    AppId app, Clock clock, IntFunction<Profile> profile, IntFunction<Platform> platform) {
  /// Threads that add at once. Stores write what waits together in one transaction, so many writers
  /// make it fast.
  private static final int AT_ONCE = 1_000;

  /// Makes registrations that are alike and have no profile.
  public static StoredRegistrations of(AppId app, Clock clock) {
    return new StoredRegistrations(app, clock, _ -> Profile.EMPTY, _ -> Platform.ANDROID);
  }

  /// Opens an engine over `store` with default limits and an all-zero master key, since nothing
  /// here is secret. The caller closes both.
  public static Engine engine(Store store, Clock clock) {
    var random = new SecureRandom();
    var vault = new Vault(new byte[Vault.MASTER_KEY_BYTES], random);
    return Engine.open(
        store,
        new Engine.Config(Limits.DEFAULT, vault, 0, random, false),
        EngineListener.NONE,
        clock);
  }

  /// Adds `count` registrations and returns their ids in the order of their numbers. It goes to the
  /// store directly, past the engine, which would make a secret for each. All are stored when it
  /// returns.
  public List<RegistrationId> register(Store store, int count) {
    var ids = new RegistrationId[count];
    var reachabilityInfo = ReachabilityInfo.of("", Map.of());
    Instant now = clock.instant();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (int i = 0; i < count; i++) {
        int number = i;
        threads.execute(
            () -> {
              ids[number] = new RegistrationId("%013d%010d".formatted(now.toEpochMilli(), number));
              var device = new Device(platform.apply(number), Optional.empty(), Map.of());
              store
                  .registrations()
                  .add(
                      new Registration(
                          ids[number],
                          app,
                          device,
                          profile.apply(number),
                          reachabilityInfo,
                          now,
                          now,
                          now,
                          0));
            });
      }
    }
    return new ArrayList<>(Arrays.asList(ids));
  }
}
