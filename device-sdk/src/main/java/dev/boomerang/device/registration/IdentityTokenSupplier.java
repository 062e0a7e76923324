// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.registration;

import java.io.IOException;
import java.util.Optional;

/**
 * Gets identity tokens from the app's own back end, for a server whose app is in the signed mode.
 *
 * <p>Called on the client's background thread, one call at a time: it may block, for an HTTP call,
 * and nothing else of the client's traffic with the server's HTTP side goes on meanwhile. It is
 * asked before each registration and before each change of user or alias, and once more at once if
 * the server refuses the token it gave; so it may keep a token until it expires, but should get a
 * new one when it is asked again for the same device and user within a moment.
 */
@FunctionalInterface
public interface IdentityTokenSupplier {

  /**
   * Returns a token for this device and this user; empty if nobody is logged in, so that the device
   * registers anonymously. {@code userId} is empty if the device is to belong to nobody. What it
   * throws is told to {@link Screen#trouble}, and it is asked again after a while.
   */
  Optional<String> identityToken(String deviceId, Optional<String> userId) throws IOException;
}
