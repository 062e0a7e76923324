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

/// A server's HTTP side that remembers what it was asked and fails when told to.
final class FakeRegistrationApi implements RegistrationApi {
  final List<Map<String, Object>> registered = new ArrayList<>();

  /** The old secret that each registration showed; empty for none. */
  final List<String> proofs = new ArrayList<>();

  final List<String> changes = new ArrayList<>();
  final List<String> left = new ArrayList<>();
  Optional<RegistrationException> fault = Optional.empty();

  /** Each is the answer to one call, before `fault`. */
  final Queue<RegistrationException> faults = new ArrayDeque<>();

  @Override
  public Registration register(Map<String, Object> request, Optional<Registration> known)
      throws RegistrationException {
    registered.add(request);
    proofs.add(known.map(one -> one.secret).orElse(""));
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
    left.add(registration.id);
  }

  private void check() throws RegistrationException {
    if (!faults.isEmpty()) {
      throw faults.remove();
    }
    if (fault.isPresent()) {
      throw fault.get();
    }
  }
}
