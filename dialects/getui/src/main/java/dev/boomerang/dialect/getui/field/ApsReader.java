// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.field;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `aps`, APNs' own object, which all of Getui's protocols carry for iOS.
public final class ApsReader {
  private static final int MAX_TITLE = 200;
  private static final int MAX_BODY = 2_048;

  /// Lists the names that the collapse id has beside `aps`; one V1 library drops the last letter.
  private static final List<String> COLLAPSE_ID = List.of("apns-collapse-id", "apns-collapse-i");

  /// Source: Apple "Sending notification requests to APNs", `apns-collapse-id`.
  private static final int MAX_COLLAPSE_BYTES = 64;

  private ApsReader() {}

  /// Returns the collapse id: notifications with the same id replace each other. `payload` is the
  /// object that contains `aps`.
  public static Optional<String> collapseId(Fields payload) {
    for (String name : COLLAPSE_ID) {
      Optional<String> id = payload.text(name, MAX_BODY).filter(text -> !text.isBlank());
      if (id.filter(text -> text.getBytes(UTF_8).length > MAX_COLLAPSE_BYTES).isPresent()) {
        throw payload.invalid(
            name, Kind.OUT_OF_RANGE, "must have at most " + MAX_COLLAPSE_BYTES + " bytes");
      }
      if (id.isPresent()) {
        return id;
      }
    }
    return Optional.empty();
  }

  /// Returns the notification that an iPhone shows; empty without an alert. `alert` is a text or an
  /// object. A notification without a title of its own gets the app's name.
  public static Optional<Notification> shown(
      Fields aps, String appName, Map<String, String> extras) {
    aps.number("content-available", 0, 1);
    if (!aps.has("alert")) {
      return Optional.empty();
    }
    boolean isText = aps.node("alert").filter(node -> node.isValueNode()).isPresent();
    Fields alert = isText ? aps : aps.object("alert");
    Optional<String> title = isText ? Optional.empty() : alert.text("title", MAX_TITLE);
    return Optional.of(
        new Notification(
            title.filter(text -> !text.isBlank()).orElse(appName),
            alert.text(isText ? "alert" : "body", MAX_BODY).orElse(""),
            Appearance.PLAIN,
            Optional.empty(),
            !aps.has("sound"),
            extras));
  }
}
