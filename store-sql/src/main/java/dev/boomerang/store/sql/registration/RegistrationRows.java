// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.ReachabilityInfo;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.store.sql.codec.Json;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.StoredText;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Converts registrations to rows and back. What no statement asks for is in `details`, as JSON.
final class RegistrationRows {
  /// Lists the columns that a new version sets; `seen_at` only grows.
  static final List<String> CHANGEABLE =
      List.of(
          "platform",
          "device_id",
          "user_id",
          "alias",
          "details",
          "secret_hash",
          "notifications_on",
          "blocked",
          "bound_at",
          "version");

  private RegistrationRows() {}

  static Object[] row(Registration registration, long number) {
    Object[] changeable = changeable(registration);
    return new Object[] {
      registration.id().value(),
      registration.app().value(),
      changeable[0],
      changeable[1],
      changeable[2],
      changeable[3],
      changeable[4],
      changeable[5],
      changeable[6],
      changeable[7],
      registration.createdAt().toEpochMilli(),
      registration.boundAt().toEpochMilli(),
      registration.seenAt().toEpochMilli(),
      registration.version(),
      number
    };
  }

  /// Returns the values of [#CHANGEABLE].
  static Object[] changeable(Registration registration) {
    Device device = registration.device();
    Profile profile = registration.profile();
    return new Object[] {
      device.platform().wire(),
      device.deviceId().orElse(null),
      profile.userId().orElse(null),
      profile.alias().orElse(null),
      details(registration),
      registration.reachability().secretHash(),
      registration.reachability().notificationsOn() ? 1 : 0,
      registration.reachability().blocked() ? 1 : 0,
      registration.boundAt().toEpochMilli(),
      registration.version()
    };
  }

  private static String details(Registration registration) {
    ObjectNode json = Json.object();
    Json.put(json, "attributes", registration.device().attributes());
    Json.put(json, "tags", registration.profile().tags());
    registration.profile().region().ifPresent(region -> json.put("region", region));
    Json.put(json, "vendorTokens", registration.reachability().vendorTokens());
    return StoredText.of(json);
  }

  static Registration registration(Row row) throws SQLException {
    JsonNode details = Json.parse(row.getString("details"));
    return new Registration(
        new RegistrationId(row.getString("id")),
        new AppId(row.getString("app")),
        new Device(
            Platform.parse(row.getString("platform")).orElseThrow(),
            row.getOptionalString("device_id"),
            Json.map(details.path("attributes"))),
        new Profile(
            row.getOptionalString("user_id"),
            row.getOptionalString("alias"),
            Json.set(details.path("tags")),
            Optional.ofNullable(details.path("region").textValue())),
        new ReachabilityInfo(
            row.getString("secret_hash"),
            Json.map(details.path("vendorTokens")),
            row.getFlag("notifications_on"),
            row.getFlag("blocked")),
        row.getInstant("created_at"),
        row.getInstant("bound_at"),
        row.getInstant("seen_at"),
        row.getLong("version"));
  }
}
