// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.registration;

import java.io.IOException;
import java.util.Optional;

/**
 * Gets identity tokens from the app's own back end, for a server whose app is in the signed mode.
 *
 * <p>It is called on the client's background thread, one call at a time. It may block, for an HTTP
 * call; meanwhile the client makes no other HTTP call to the server. It is called before each
 * registration and before each change that sets a user or an alias, and once more at once if the
 * server refuses the token. So it may keep a token until it expires, but should get a new one when
 * it is called again for the same device and user within a moment.
 */
@FunctionalInterface
public interface IdentityTokenSupplier {

  /**
   * Returns a token for this device and this user; empty if nobody is logged in, so that the device
   * registers anonymously. {@code userId} is empty if the device is to belong to nobody. If it
   * throws, {@link dev.boomerang.device.NotificationHandler#onError} is called, and this method is
   * called again after a while.
   */
  Optional<String> identityToken(String deviceId, Optional<String> userId) throws IOException;
}
