// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads a notification of `push_message`, as Android devices show it. What only vendors' channels
/// read is checked here and kept among the push's hints.
///
/// Source: Getui "RestAPI V2", push_message.notification.
record PushMessageNotification(Notification content, Optional<String> notifyId) {
  private static final int MAX_TITLE = 50;
  private static final int MAX_BODY = 256;
  private static final int MAX_BIG_TEXT = 512;
  private static final int MAX_PICTURE = 1_024;
  private static final int MAX_LOGO = 64;
  private static final int MAX_LOGO_URL = 256;
  private static final int MAX_INTENT = 4_096;
  private static final int MAX_URL = 1_024;
  private static final int MAX_CHANNEL = 64;

  /// Is the lowest level with sound and vibration; 0 and 1 have neither.
  private static final long LOUD = 2;

  private static final long DEFAULT_LEVEL = 3;

  /// Names the extra that holds what an app is given when its notification is opened.
  static final String PAYLOAD = "payload";

  private static final List<String> CLICKS =
      List.of("intent", "url", "payload", "payload_custom", "startapp", "none");

  /// Reads a notification. A big text is shown in the place of the body, which must be there too.
  static PushMessageNotification read(Fields fields) {
    checkOthers(fields);
    String title = fields.requiredText("title", MAX_TITLE);
    String body = fields.requiredText("body", MAX_BODY);
    Optional<String> bigText = fields.text("big_text", MAX_BIG_TEXT).filter(it -> !it.isEmpty());
    Optional<String> picture = fields.text("big_image", MAX_PICTURE).filter(it -> !it.isEmpty());
    if (bigText.isPresent() && picture.isPresent()) {
      throw fields.invalid("big_text", Kind.MALFORMED, "must not be given together with big_image");
    }
    Style style =
        picture.isPresent() ? Style.PICTURE : bigText.isPresent() ? Style.BIG_TEXT : Style.DEFAULT;
    Optional<String> logo =
        fields.text("logo_url", MAX_LOGO_URL).or(() -> fields.text("logo", MAX_LOGO));
    var notification =
        new Notification(
            title,
            bigText.orElse(body),
            new Appearance(style, byVendor(picture), byVendor(logo.filter(it -> !it.isEmpty()))),
            click(fields),
            fields.number("channel_level", 0, 4).orElse(DEFAULT_LEVEL) < LOUD,
            payload(fields));
    return new PushMessageNotification(notification, notifyId(fields));
  }

  static Optional<String> notifyId(Fields fields) {
    return fields.number("notify_id", 0, Integer.MAX_VALUE).map(id -> Long.toString(id));
  }

  private static Map<String, String> byVendor(Optional<String> url) {
    return url.map(it -> Map.of(Appearance.DEFAULT_VENDOR, it)).orElse(Map.of());
  }

  /// Returns what opening it does; empty for opening the app, and for nothing at all.
  static Optional<Click> click(Fields fields) {
    return switch (clickType(fields, CLICKS)) {
      case "intent" ->
          Optional.of(new Click(Action.INTENT, fields.requiredText("intent", MAX_INTENT)));
      case "url" -> Optional.of(new Click(Action.URL, fields.requiredText("url", MAX_URL)));
      case String _ -> Optional.empty();
    };
  }

  private static String clickType(Fields fields, List<String> types) {
    fields.requiredText("click_type", 32);
    return fields.choice("click_type", types, Function.identity()).orElseThrow();
  }

  /// Returns the payload, which must be there if opening the notification needs it. The app gets it
  /// in any case.
  private static Map<String, String> payload(Fields fields) {
    if (clickType(fields, CLICKS).startsWith("payload")) {
      fields.requiredText(PAYLOAD, PushMessage.MAX_TRANSMISSION);
    }
    Map<String, String> extras = new HashMap<>();
    fields.text(PAYLOAD, PushMessage.MAX_TRANSMISSION).ifPresent(it -> extras.put(PAYLOAD, it));
    return extras;
  }

  /// Checks the fields that only vendors' channels read, so that an error in them is not found
  /// later.
  private static void checkOthers(Fields fields) {
    fields.text("channel_id", MAX_CHANNEL);
    fields.text("channel_name", MAX_CHANNEL);
    fields.text("ring_name", 64);
    fields.number("badge_add_num", 1, Integer.MAX_VALUE);
    fields.number("redisplay_freq", 0, 3);
    fields.number("redisplay_duration", 0, 24);
    for (String text : new String[] {"thread_id", "slot_type", "want", "category"}) {
      fields.text(text, MAX_INTENT);
    }
  }
}
