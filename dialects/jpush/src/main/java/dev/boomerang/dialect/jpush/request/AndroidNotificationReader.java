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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads `notification.android`.
///
/// Source: JPush "Push API v3", notification, android.
final class AndroidNotificationReader {
  private static final int MAX_CHANNEL_BYTES = 1_000;
  private static final int MAX_BUTTONS = 10;

  /// `alert_type` in which sound, vibration and lights are all off.
  private static final long SILENT = 0;

  private AndroidNotificationReader() {}

  /// The body is empty for one that is not shown.
  static Notification read(Fields own, Optional<String> common, String appName) {
    check(own);
    long style = own.number("style", 0, 3).orElse(0L);
    String alert = NotificationFields.alert(own, common);
    Optional<String> bigText =
        own.text("big_text", MAX_TEXT).filter(text -> !text.isEmpty() && style == 1);
    Optional<String> inbox = NotificationFields.lines(own).filter(_ -> style == 2);
    Optional<String> longer = bigText.or(() -> inbox);
    return new Notification(
        NotificationFields.title(own, appName),
        alert.isEmpty() ? "" : longer.orElse(alert),
        new Appearance(
            style == 3 ? Style.PICTURE : style == 0 ? Style.DEFAULT : Style.BIG_TEXT,
            NotificationFields.url(own, "big_pic_path"),
            NotificationFields.url(own, "large_icon")),
        NotificationFields.click(own),
        own.number("alert_type", -1, 7).filter(type -> type == SILENT).isPresent(),
        own.map("extras", MAX_EXTRAS));
  }

  private static void check(Fields own) {
    own.number("builder_id", 0, Integer.MAX_VALUE);
    own.text("channel_id", MAX_TEXT)
        .ifPresent(id -> FieldFormats.checkBytes(own, "channel_id", id, MAX_CHANNEL_BYTES));
    own.number("priority", -2, 2);
    own.number("badge_add_num", 1, 99);
    own.number("badge_set_num", 0, 99);
    own.choice("display_foreground", List.of("0", "1"), Function.identity());
    FieldFormats.checkTime(own, "show_begin_time");
    FieldFormats.checkTime(own, "show_end_time");
    for (String text :
        List.of("category", "small_icon_uri", "icon_bg_color", "badge_class", "sound")) {
      own.text(text, MAX_TEXT);
    }
    own.entries("custom_buttons", MAX_BUTTONS).forEach(AndroidNotificationReader::checkButton);
    own.ignore(
        "custom_buttons", "alternate_alert", "alternate_title", "uri_activity", "uri_action");
  }

  /// Checks a button; its action is 1 for an intent, 2 a deep link, 3 the app's home, 4 clear.
  private static void checkButton(Fields button) {
    button.requiredText("name", 20);
    if (button.requiredNumber("action_type", 1, 4) <= 2) {
      button.requiredText("action", 300);
    }
    button.text("data", 100);
  }
}
