// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.Map;
import java.util.Optional;

/**
 * The server's HTTP side, where devices register. All methods block; never call them on the loop.
 */
interface Desk {

  /**
   * Registers. With the registration that is known already it comes back as that one, and its
   * secret ends.
   */
  Registration register(Map<String, Object> request, Optional<Registration> known)
      throws DeskException;

  /** Changes the members in {@code patch}; null takes a value away. */
  void change(Registration registration, Map<String, Object> patch) throws DeskException;

  /** Ends the registration. */
  void leave(Registration registration) throws DeskException;
}
