// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Json;

/// Writes a registration as both APIs show it: without secrets, and with the vendors of its tokens
/// but not the tokens.
public final class RegistrationJson {
  private RegistrationJson() {}

  public static ObjectNode of(Registration registration) {
    Profile profile = registration.profile();
    ObjectNode json =
        Json.object()
            .put("registrationId", registration.id().value())
            .put("platform", registration.device().platform().wire())
            .put("notifications", registration.reachability().notificationsOn())
            .put("createdAt", registration.createdAt().toEpochMilli())
            .put("seenAt", registration.seenAt().toEpochMilli());
    registration.device().deviceId().ifPresent(id -> json.put("deviceId", id));
    profile.userId().ifPresent(user -> json.put("userId", user));
    profile.alias().ifPresent(alias -> json.put("alias", alias));
    profile.region().ifPresent(region -> json.put("region", region));
    var tags = json.putArray("tags");
    profile.tags().stream().sorted().forEach(tags::add);
    var channels = json.putArray("channels");
    registration.reachability().vendorTokens().keySet().stream().sorted().forEach(channels::add);
    return json;
  }
}
