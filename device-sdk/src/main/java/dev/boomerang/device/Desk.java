// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.Map;

/**
 * The server's HTTP side, where devices register. All methods block; never call them on the loop.
 */
interface Desk {

  /** Registers, or registers again, with the same device id, in which case the old secret ends. */
  Registration register(Map<String, Object> request) throws DeskException;

  /** Changes the members in {@code patch}; null takes a value away. */
  void change(Registration registration, Map<String, Object> patch) throws DeskException;

  /** Ends the registration. */
  void leave(Registration registration) throws DeskException;
}
