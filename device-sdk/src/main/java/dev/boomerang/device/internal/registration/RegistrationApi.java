// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.registration;

import java.util.Map;
import java.util.Optional;

/**
 * Calls the server's HTTP API for registrations. All methods block; never call them on the loop.
 */
public interface RegistrationApi {

  /**
   * Registers the device. With the {@code existing} registration, that one is returned with a new
   * secret, and its old secret ends.
   */
  Registration register(Map<String, Object> request, Optional<Registration> existing)
      throws RegistrationException;

  /** Changes the members in {@code patch}; null removes a value. */
  void update(Registration registration, Map<String, Object> patch) throws RegistrationException;

  /** Ends the registration at the server. */
  void unregister(Registration registration) throws RegistrationException;
}
