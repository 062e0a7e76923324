// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.model.Content.Look;
import dev.boomerang.model.Content.Notification;
import dev.boomerang.web.Fields;
import java.util.Map;
import java.util.Optional;

/// APNs' own object, as all of Getui's protocols carry it for iOS.
public final class Aps {
  private static final int MAX_TITLE = 200;
  private static final int MAX_BODY = 2_048;

  private Aps() {}

  /// What an iPhone shows; empty without an alert. `alert` is a text or an object. Without a title
  /// of its own it has the app's name.
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
            Look.PLAIN,
            Optional.empty(),
            !aps.has("sound"),
            extras));
  }
}
