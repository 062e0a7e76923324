// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import static dev.boomerang.dialect.jpush.request.NotificationFields.MAX_EXTRAS;
import static dev.boomerang.dialect.jpush.request.NotificationFields.MAX_TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.jpush.base.FieldFormats;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads `notification.ios`.
///
/// Source: JPush "Push API v3", notification, ios.
final class IosNotificationReader {
  private static final Pattern BADGE = Pattern.compile("([+-]?\\d{1,5})?");

  private IosNotificationReader() {}

  /// `alert` is a text or APNs' own object. The body is empty for one that is not shown.
  static Notification read(Fields own, Optional<String> common, String appName) {
    check(own);
    own.ignore("alert", "alternate_alert", "sound");
    boolean isObject = isObject(own, "alert");
    return new Notification(
        isObject ? NotificationFields.title(own.object("alert"), appName) : appName,
        isObject
            ? own.object("alert").text("body", MAX_TEXT).orElse("")
            : NotificationFields.alert(own, common),
        Appearance.PLAIN,
        Optional.empty(),
        false,
        own.map("extras", MAX_EXTRAS));
  }

  private static void check(Fields own) {
    own.choice(
        "interruption-level",
        List.of("active", "critical", "passive", "time-sensitive"),
        Function.identity());
    if (!BADGE.matcher(own.text("badge", MAX_TEXT).orElse("")).matches()) {
      throw own.invalid("badge", Kind.MALFORMED, "must be a number, +N or -N");
    }
    if (isObject(own, "sound")) {
      Fields sound = own.object("sound");
      FieldFormats.flag(sound, "critical");
      sound.text("name", MAX_TEXT);
      sound.text("volume", MAX_TEXT);
    } else {
      own.text("sound", MAX_TEXT);
    }
    FieldFormats.flag(own, "content-available");
    FieldFormats.flag(own, "mutable-content");
    own.text("category", MAX_TEXT);
    own.text("thread-id", MAX_TEXT);
  }

  private static boolean isObject(Fields own, String name) {
    return own.node(name).filter(JsonNode::isObject).isPresent();
  }
}
