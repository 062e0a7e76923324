// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import static dev.boomerang.dialect.jpush.request.NotificationFields.MAX_EXTRAS;
import static dev.boomerang.dialect.jpush.request.NotificationFields.MAX_TEXT;

import dev.boomerang.dialect.jpush.base.FieldFormats;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads `notification.hmos`. Its `category` is the vendor's to check.
///
/// Source: JPush "Push API v3", notification, hmos.
final class HarmonyNotificationReader {
  private HarmonyNotificationReader() {}

  static Notification read(Fields own, Optional<String> common, String appName) {
    check(own);
    String alert = NotificationFields.alert(own, common);
    if (alert.isEmpty()) {
      throw own.invalid("alert", Kind.BLANK, "must not be empty");
    }
    boolean isInbox =
        own.choice("style", List.of("0", "2"), Function.identity()).equals(Optional.of("2"));
    Optional<String> inbox = NotificationFields.lines(own).filter(_ -> isInbox);
    return new Notification(
        NotificationFields.title(own, appName),
        inbox.orElse(alert),
        new Appearance(
            inbox.isPresent() ? Style.BIG_TEXT : Style.DEFAULT,
            Map.of(),
            NotificationFields.url(own, "large_icon")),
        NotificationFields.click(own),
        false,
        own.map("extras", MAX_EXTRAS));
  }

  private static void check(Fields own) {
    own.text("category", MAX_TEXT);
    own.number("badge_add_num", 1, 99);
    own.number("badge_set_num", 0, 99);
    own.number("sound_duration", 1, 60);
    own.choice("push_type", List.of("0", "1", "2", "7", "10"), Function.identity());
    own.choice("display_foreground", List.of("0", "1"), Function.identity());
    own.text("sound", MAX_TEXT);
    own.text("receipt_id", MAX_TEXT);
    FieldFormats.flag(own, "test_message");
    own.ignore("alternate_alert", "alternate_title", "extra_data", "hm_payload");
  }
}
