// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.field.ApsReader;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.PushInfo;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Reads the content that Apple's devices get in the place of the others' content.
///
/// Source: Getui "V1 server SDK", APN payload.
final class ApnsPayload {
  private static final String PAYLOAD = "payload";

  /// Lists the members that are not the app's own: APNs' part, the collapse id (which one library
  /// misspells), pictures and sounds to fetch, and text to speak.
  private static final Set<String> NOT_CUSTOM =
      Set.of("aps", "apns-collapse-id", "apns-collapse-i", "_grinfo_", "_gvp_t_", "_gvp_m_");

  private ApnsPayload() {}

  /// Returns the content for Apple's devices; empty if there is none. The app gets `transmission`,
  /// which may be empty, with it.
  static Optional<Content> read(PushInfo info, String appName, String transmission) {
    // The sender has marked its own payload as not to be used: iPhones get the others' content.
    if (info.hasInvalidAPN() && info.getInvalidAPN()) {
      return Optional.empty();
    }
    if (!info.getApnJson().isBlank()) {
      return Optional.of(ofJson(info.getApnJson(), appName, transmission));
    }
    return Optional.of(info.getMessage())
        .filter(message -> !message.isBlank())
        .map(message -> withTransmission(ofFields(info, message, appName), transmission));
  }

  /// Returns the collapse id, by which notifications replace each other on iPhones.
  static Optional<String> collapseId(PushInfo info) {
    return info.getApnJson().isBlank()
        ? Optional.empty()
        : parsed(() -> ApsReader.collapseId(payload(info.getApnJson())));
  }

  /// Returns APNs' JSON as fields; throws [WireResult#PUSH_INFO] if it is not a JSON object.
  private static Fields payload(String json) {
    return Json.read(json)
        .filter(ObjectNode.class::isInstance)
        .map(node -> Fields.of((ObjectNode) node))
        .orElseThrow(() -> new WireResultException(WireResult.PUSH_INFO));
  }

  /// Returns the content of APNs' JSON: a notification if `aps` shows anything, else a data
  /// message. A data message without a transmission carries the app's own `payload` member instead.
  private static Content ofJson(String json, String appName, String transmission) {
    Fields payload = payload(json);
    return parsed(
        () -> {
          Fields aps = payload.object("aps");
          Map<String, String> customFields = custom(payload);
          return ApsReader.shown(aps, appName, customFields)
              .map(shown -> withTransmission(shown, transmission))
              .orElseGet(
                  () ->
                      new DataMessage(
                          transmission.isEmpty()
                              ? customFields.getOrDefault(PAYLOAD, "")
                              : transmission,
                          customFields));
        });
  }

  /// Runs a reader; every error in the payload has the same result.
  private static <T> T parsed(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (InvalidFieldException fault) {
      throw new WireResultException(WireResult.PUSH_INFO, fault.description());
    }
  }

  /// Returns the notification, together with a data message if the app is to get one.
  private static Content withTransmission(Notification notification, String transmission) {
    return transmission.isEmpty()
        ? notification
        : new Content.NotificationWithData(notification, new DataMessage(transmission, Map.of()));
  }

  /// Returns the app's own members, which reach it as extras.
  private static Map<String, String> custom(Fields payload) {
    Map<String, String> customFields = new HashMap<>();
    for (String name : payload.names()) {
      if (!NOT_CUSTOM.contains(name)) {
        payload.node(name).ifPresent(node -> customFields.put(name, text(node)));
      }
    }
    return customFields;
  }

  /// Returns a value as text: extras hold texts only, so objects and arrays stay JSON.
  private static String text(JsonNode node) {
    return node.isValueNode() ? node.asText() : Json.write(node);
  }

  /// Reads a notification from the fields that libraries wrote before they had APNs' JSON.
  private static Notification ofFields(PushInfo info, String message, String appName) {
    return new Notification(
        appName,
        message,
        Appearance.PLAIN,
        Optional.empty(),
        info.getSound().isBlank(),
        info.getPayload().isBlank() ? Map.of() : Map.of(PAYLOAD, info.getPayload()));
  }
}
