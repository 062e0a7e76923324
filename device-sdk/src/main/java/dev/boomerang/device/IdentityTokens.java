// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts an identity token of the app's supplier into what is said to the server. Without a supplier
 * it changes nothing. All methods block.
 */
final class IdentityTokens {
  private static final String MEMBER = "identityToken";

  /** A call of the server, with this body. */
  interface Call<T> {
    T send(Map<String, Object> body) throws DeskException;
  }

  private final Optional<IdentityTokenSupplier> supplier;

  IdentityTokens(Optional<IdentityTokenSupplier> supplier) {
    this.supplier = supplier;
  }

  /**
   * Makes the call for this device and the user in {@code profile}; if the server refuses the
   * token, once more with another.
   */
  <T> T send(String deviceId, Map<String, Object> profile, Map<String, Object> body, Call<T> call)
      throws DeskException {
    if (!supplier.isPresent()) {
      return call.send(body);
    }
    Optional<String> user =
        Optional.ofNullable(profile.get(Identity.USER))
            .filter(String.class::isInstance)
            .map(String.class::cast);
    Map<String, Object> first = signed(supplier.get(), deviceId, user, body);
    try {
      return call.send(first);
    } catch (DeskException e) {
      if (!e.isTokenWanted() || !first.containsKey(MEMBER)) {
        throw e;
      }
      return call.send(signed(supplier.get(), deviceId, user, body));
    }
  }

  private static Map<String, Object> signed(
      IdentityTokenSupplier from, String deviceId, Optional<String> user, Map<String, Object> body)
      throws DeskException {
    Map<String, Object> signed = new LinkedHashMap<>(body);
    try {
      from.identityToken(deviceId, user).ifPresent(token -> signed.put(MEMBER, token));
    } catch (IOException | RuntimeException e) {
      throw DeskException.noToken(e);
    }
    return signed;
  }
}
