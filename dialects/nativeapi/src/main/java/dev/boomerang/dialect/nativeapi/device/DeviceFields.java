// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.IdentityException;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.ReachabilityInfo;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.text.Characters;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what a device says of itself, with its limits. In a change an absent member leaves things
/// as they are and `null` clears them.
final class DeviceFields {
  private static final int MAX_NAME = 512;
  private static final int MAX_TOKEN = 4_096;
  private static final int MAX_TAGS = 1_000;
  private static final int MAX_TAG = 128;
  private static final int MAX_REGION = 64;
  private static final int MAX_MEMBERS = 32;

  private DeviceFields() {}

  /// Reads what the device is: its platform, its own id and its attributes.
  static Device device(Fields body) {
    String platform = body.requiredText("platform", 16);
    Optional<String> deviceId = name(body, "deviceId");
    // Pushes to devices name either: nobody may be called as another's registration is.
    if (deviceId.flatMap(RegistrationId::parse).isPresent()) {
      throw body.invalid("deviceId", Kind.MALFORMED, "must not look like a registration id");
    }
    return new Device(
        Platform.parse(platform)
            .orElseThrow(
                () ->
                    body.invalid(
                        "platform",
                        Kind.MALFORMED,
                        "must be android, ios, harmony, quickapp or web")),
        deviceId,
        values(body, "attributes"));
  }

  /// Reads user, alias, tags and region. A blank region counts as none.
  static Profile profile(Fields body) {
    return new Profile(
        name(body, "userId"),
        name(body, "alias"),
        Set.copyOf(body.texts("tags", MAX_TAGS, MAX_TAG)),
        body.text("region", MAX_REGION).filter(region -> !region.isBlank()));
  }

  static Map<String, String> channels(Fields body) {
    return values(body, "channels");
  }

  /// A token has its own limit, and its own error for what is over it.
  static Optional<String> identityToken(Fields body) {
    return body.text(IdentityException.TOKEN, Integer.MAX_VALUE).filter(token -> !token.isBlank());
  }

  static ObjectNode object(Body body) {
    return Json.read(body)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .orElseThrow(
            () -> new InvalidFieldException("body", Kind.MALFORMED, "must be a JSON object"));
  }

  /// Refuses a change that could not be made, before anything is touched.
  static void checkChanges(ObjectNode changes) {
    Fields fields = Fields.of(changes);
    identityToken(fields);
    profile(fields);
    channels(fields);
    values(fields, "attributes");
    fields.flag("notifications");
    fields.refuseUnread();
  }

  /// Returns the registration with the changes of a PATCH, which [#checkChanges] has passed. The
  /// platform and the device id stay: a device changes them by registering again.
  static Registration changed(Registration before, ObjectNode changes) {
    Fields fields = Fields.of(changes);
    Profile requested = profile(fields);
    Profile known = before.profile();
    var profile =
        new Profile(
            changes.has("userId") ? requested.userId() : known.userId(),
            changes.has("alias") ? requested.alias() : known.alias(),
            changes.has("tags") ? requested.tags() : known.tags(),
            changes.has("region") ? requested.region() : known.region());
    ReachabilityInfo reachabilityInfo = before.reachability();
    var newReach =
        reachabilityInfo
            .vendorTokens(
                changes.has("channels")
                    ? merged(reachabilityInfo.vendorTokens(), channels(fields), changes, "channels")
                    : reachabilityInfo.vendorTokens())
            .notificationsOn(
                fields.flag("notifications").orElse(reachabilityInfo.notificationsOn()));
    Device device = before.device();
    var newDevice =
        new Device(
            device.platform(),
            device.deviceId(),
            changes.has("attributes")
                ? merged(device.attributes(), values(fields, "attributes"), changes, "attributes")
                : device.attributes());
    return before.changed(newDevice, profile, newReach);
  }

  /// Members given replace those known; `null` removes one, or, for the whole, all.
  private static Map<String, String> merged(
      Map<String, String> known, Map<String, String> requested, ObjectNode changes, String name) {
    Map<String, String> merged = new HashMap<>(changes.get(name).isNull() ? Map.of() : known);
    merged.putAll(requested);
    changes
        .get(name)
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isNull()) {
                merged.remove(member.getKey());
              }
            });
    return merged;
  }

  private static Optional<String> name(Fields body, String field) {
    return body.has(field) ? Optional.of(body.requiredText(field, MAX_NAME)) : Optional.empty();
  }

  /// Reads an object of texts with at most [#MAX_MEMBERS] members of [#MAX_TOKEN] characters each.
  private static Map<String, String> values(Fields body, String field) {
    Map<String, String> values = body.map(field, MAX_MEMBERS);
    values.forEach(
        (name, value) -> {
          if (Characters.exceed(value, MAX_TOKEN)) {
            throw body.invalid(
                field + "." + name,
                Kind.OUT_OF_RANGE,
                "must have at most " + MAX_TOKEN + " characters");
          }
        });
    return values;
  }
}
