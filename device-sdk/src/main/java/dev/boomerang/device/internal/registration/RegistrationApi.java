// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.registration;

import java.util.Map;
import java.util.Optional;

/**
 * The server's HTTP side, where devices register. All methods block; never call them on the loop.
 */
public interface RegistrationApi {

  /**
   * Registers. With the registration that is known already it comes back as that one, and its
   * secret ends.
   */
  Registration register(Map<String, Object> request, Optional<Registration> existing)
      throws RegistrationException;

  /** Changes the members in {@code patch}; null takes a value away. */
  void update(Registration registration, Map<String, Object> patch) throws RegistrationException;

  /** Ends the registration. */
  void unregister(Registration registration) throws RegistrationException;
}
