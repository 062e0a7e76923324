// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.device;

import static dev.boomerang.dialect.mpaas.error.ResultCode.DELIVERYTOKEN_INVALID;
import static dev.boomerang.dialect.mpaas.error.ResultCode.NEED_DELIVERYTOKEN;
import static dev.boomerang.dialect.mpaas.error.ResultCode.OS_TYPE_NOT_SUPPORTED;

import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.App;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.text.Characters;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Finds the registration of a `DeliveryToken`. A token is a registration id (23 digits), or the
/// device id under which the app registers its device.
public final class DeliveryTokenResolver {
  static final String DELIVERY_TOKEN = "DeliveryToken";
  static final String OS_TYPE = "OsType";

  private final Registrations registrations;

  public DeliveryTokenResolver(Registrations registrations) {
    this.registrations = registrations;
  }

  private static String readToken(ActionParams params) {
    String token = params.required(DELIVERY_TOKEN, NEED_DELIVERYTOKEN);
    if (Characters.exceed(token, ActionParams.MAX_TARGET_LENGTH)) {
      throw invalid("must have at most " + ActionParams.MAX_TARGET_LENGTH + " characters");
    }
    return token;
  }

  /// Returns the registration of a device that must be known.
  Registration find(App app, ActionParams params) {
    return registrations
        .findDevice(app.id(), readToken(params))
        .orElseThrow(() -> invalid("is not known"));
  }

  /// Returns the registration of a device, and creates one for an unknown device id; the device can
  /// register itself later. An unknown registration id is refused, because only this server issues
  /// those.
  Registration findOrCreate(App app, ActionParams params) {
    String token = readToken(params);
    Platform platform = platform(params);
    Optional<Registration> known = registrations.findDevice(app.id(), token);
    if (known.isEmpty() && RegistrationId.parse(token).isPresent()) {
      throw invalid("is not known");
    }
    return known.orElseGet(
        () -> registrations.ensure(app.id(), new Device(platform, Optional.of(token), Map.of())));
  }

  /// Makes the change unless it changes nothing.
  Registration update(Registration registration, UnaryOperator<Registration> change) {
    Registration after = change.apply(registration);
    boolean same =
        after.device().equals(registration.device())
            && after.profile().equals(registration.profile())
            && after.reachability().equals(registration.reachability());
    return same
        ? registration
        : registrations
            .update(registration.id(), change)
            .orElseThrow(() -> invalid("is not known any more"));
  }

  /// The numbers are inferred from those of `DeliveryType`; the vendor's own list is not public.
  /// They matter only for an unknown device: any other has reported its platform itself.
  private static Platform platform(ActionParams params) {
    return switch (params.required(OS_TYPE, OS_TYPE_NOT_SUPPORTED).strip()) {
      case "1" -> Platform.ANDROID;
      case "2" -> Platform.IOS;
      case "7" -> Platform.HARMONY;
      default ->
          throw new ResultException(
              OS_TYPE_NOT_SUPPORTED, OS_TYPE, "must be 1 (Android), 2 (iOS) or 7 (HarmonyOS)");
    };
  }

  private static ResultException invalid(String problem) {
    return new ResultException(DELIVERYTOKEN_INVALID, DELIVERY_TOKEN, problem);
  }
}
