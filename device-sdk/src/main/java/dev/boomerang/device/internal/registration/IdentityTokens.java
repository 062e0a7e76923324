// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.registration;

import dev.boomerang.device.registration.IdentityTokenSupplier;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Adds an identity token of the app's supplier to calls of the server. Without a supplier it
 * changes nothing. All methods block.
 */
public final class IdentityTokens {
  private static final String MEMBER = "identityToken";

  /** Calls the server with this body. */
  public interface Call<T> {
    T send(Map<String, Object> body) throws RegistrationException;
  }

  private final Optional<IdentityTokenSupplier> supplier;

  public IdentityTokens(Optional<IdentityTokenSupplier> supplier) {
    this.supplier = supplier;
  }

  /**
   * Makes the call with a token for this device and the user in {@code profile}; if the server
   * refuses the token, once more with another.
   */
  public <T> T send(
      String deviceId, Map<String, Object> profile, Map<String, Object> body, Call<T> call)
      throws RegistrationException {
    if (!supplier.isPresent()) {
      return call.send(body);
    }
    Optional<String> user =
        Optional.ofNullable(profile.get(DeviceIdentity.USER))
            .filter(String.class::isInstance)
            .map(String.class::cast);
    Map<String, Object> first = signed(supplier.get(), deviceId, user, body);
    try {
      return call.send(first);
    } catch (RegistrationException e) {
      if (!e.isIdentityTokenRequired() || !first.containsKey(MEMBER)) {
        throw e;
      }
      return call.send(signed(supplier.get(), deviceId, user, body));
    }
  }

  private static Map<String, Object> signed(
      IdentityTokenSupplier from, String deviceId, Optional<String> user, Map<String, Object> body)
      throws RegistrationException {
    Map<String, Object> signed = new LinkedHashMap<>(body);
    try {
      from.identityToken(deviceId, user).ifPresent(token -> signed.put(MEMBER, token));
    } catch (IOException | RuntimeException e) {
      throw RegistrationException.noToken(e);
    }
    return signed;
  }
}
