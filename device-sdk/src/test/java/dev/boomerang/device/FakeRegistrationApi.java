// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.json.Json;
import dev.boomerang.device.internal.registration.Registration;
import dev.boomerang.device.internal.registration.RegistrationApi;
import dev.boomerang.device.internal.registration.RegistrationException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// A server's HTTP side that remembers what it was asked and fails when the test says so.
final class FakeRegistrationApi implements RegistrationApi {
  final List<Map<String, Object>> registered = new ArrayList<>();

  /// The old secret that each registration call showed; empty for none.
  final List<String> shownSecrets = new ArrayList<>();

  final List<String> changes = new ArrayList<>();
  final List<String> unregistered = new ArrayList<>();
  Optional<RegistrationException> error = Optional.empty();

  /// Each fails one call, before `error` does.
  final Queue<RegistrationException> nextErrors = new ArrayDeque<>();

  @Override
  public Registration register(Map<String, Object> request, Optional<Registration> known)
      throws RegistrationException {
    registered.add(request);
    shownSecrets.add(known.map(one -> one.secret).orElse(""));
    check();
    return new Registration("reg", "secret" + registered.size(), "gateway.test", 7310);
  }

  @Override
  public void update(Registration registration, Map<String, Object> patch)
      throws RegistrationException {
    check();
    changes.add(new Json(patch).write());
  }

  @Override
  public void unregister(Registration registration) throws RegistrationException {
    check();
    unregistered.add(registration.id);
  }

  private void check() throws RegistrationException {
    if (!nextErrors.isEmpty()) {
      throw nextErrors.remove();
    }
    if (error.isPresent()) {
      throw error.get();
    }
  }
}
