// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.Map;
import java.util.Optional;

/// The members that the objects of several platforms have in common.
final class NotificationFields {
  static final int MAX_TEXT = 100_000;
  static final int MAX_EXTRAS = 200;

  private NotificationFields() {}

  /// Returns the alert of a platform's object. To the vendor an object without one is an invalid
  /// value (1003), not a missing one (1002).
  ///
  /// Source: the tests of the vendor's Java client.
  static String alert(Fields own, Optional<String> common) {
    return own.text("alert", MAX_TEXT)
        .or(() -> common)
        .orElseThrow(() -> own.invalid("alert", Kind.BLANK, "must be given"));
  }

  static String title(Fields own, String appName) {
    return own.text("title", MAX_TEXT).filter(text -> !text.isBlank()).orElse(appName);
  }

  static Map<String, String> url(Fields own, String name) {
    return own.text(name, MAX_TEXT)
        .filter(url -> !url.isBlank())
        .map(url -> Map.of(Appearance.DEFAULT_VENDOR, url))
        .orElse(Map.of());
  }

  /// The lines of an inbox, which names them as it likes, in their order.
  static Optional<String> lines(Fields own) {
    own.members("inbox");
    return own.node("inbox")
        .filter(ObjectNode.class::isInstance)
        .map(node -> String.join("\n", node.valueStream().map(line -> line.asText()).toList()))
        .filter(lines -> !lines.isEmpty());
  }

  static Optional<Content.Click> click(Fields own) {
    own.ignore("intent");
    Optional<String> intent =
        own.object("intent")
            .text("url", MAX_TEXT)
            .or(() -> own.text("uri_activity", MAX_TEXT))
            .or(() -> own.text("uri_action", MAX_TEXT))
            .filter(uri -> !uri.isBlank());
    return intent.map(
        uri ->
            new Content.Click(
                uri.matches("https?:.*") ? Content.Action.URL : Content.Action.INTENT, uri));
  }
}
