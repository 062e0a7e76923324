// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `notification` and `message`: what each platform's devices get. What only vendor channels read
/// (badge, sound, priority, …) is checked here and kept among the push's hints.
///
/// Source: JPush "Push API v3", notification and message.
final class Notices {
  static final int MAX_TEXT = 100_000;
  static final int MAX_EXTRAS = 200;

  /// A platform of old: what is said to it is checked, and nobody has it.
  private static final String WINPHONE = "winphone";

  private static final String HINT = "jpush.";

  /// The hint that has a push's `options`.
  static final String OPTIONS_HINT = HINT + "options";

  private Notices() {}

  /// By platform; ones that are absent get nothing.
  static Map<Platform, Content> read(Fields body, Set<Platform> platforms, String appName) {
    if (!body.has("notification") && !body.has("message")) {
      throw body.invalid("notification", Kind.MISSING, "or message must be given");
    }
    Optional<DataMessage> message =
        body.has("message") ? Optional.of(message(body.object("message"))) : Optional.empty();
    Map<Platform, Notification> shown =
        body.has("notification")
            ? notifications(body.object("notification"), platforms, appName)
            : Map.of();
    Map<Platform, Content> contents = new EnumMap<>(Platform.class);
    for (Platform platform : platforms) {
      Optional<Content> notice =
          Optional.ofNullable(shown.get(platform)).map(each -> content(each, message));
      notice.or(() -> message).ifPresent(content -> contents.put(platform, content));
    }
    return contents;
  }

  /// An empty alert is not shown: the app gets what came with it.
  private static Content content(Notification notification, Optional<DataMessage> message) {
    boolean isShown = !notification.body().isEmpty();
    return message
        .<Content>map(data -> isShown ? new Content.NotificationWithData(notification, data) : data)
        .orElseGet(() -> isShown ? notification : new DataMessage("", notification.extras()));
  }

  private static DataMessage message(Fields message) {
    if (!message.has("msg_content")) {
      throw message.invalid("msg_content", Kind.MISSING, "must be given");
    }
    message.text("alternate_title", MAX_TEXT);
    message.text("alternate_content", MAX_TEXT);
    Values.flag(message, "test_message");
    Map<String, String> extras = new HashMap<>();
    message.text("title", MAX_TEXT).ifPresent(title -> extras.put("jpush.title", title));
    message.text("content_type", MAX_TEXT).ifPresent(type -> extras.put("jpush.type", type));
    extras.putAll(message.map("extras", MAX_EXTRAS));
    return new DataMessage(message.text("msg_content", MAX_TEXT).orElse(""), extras);
  }

  private static Map<Platform, Notification> notifications(
      Fields notification, Set<Platform> platforms, String appName) {
    Optional<String> common = notification.text("alert", MAX_TEXT);
    notification.text("alternate_alert", MAX_TEXT);
    notification.object("voip");
    if (notification.has(WINPHONE)) {
      alert(notification.object(WINPHONE), common);
    }
    Map<Platform, Notification> shown = new EnumMap<>(Platform.class);
    for (Platform platform : platforms) {
      String name = name(platform);
      if (notification.has(name)) {
        one(platform, notification.object(name), common, appName)
            .ifPresent(each -> shown.put(platform, each));
      } else {
        common.ifPresent(alert -> shown.put(platform, plain(appName, alert)));
      }
    }
    return shown;
  }

  private static Notification plain(String title, String body) {
    return new Notification(title, body, Appearance.PLAIN, Optional.empty(), false, Map.of());
  }

  /// What JPush calls a platform's object.
  static String name(Platform platform) {
    return switch (platform) {
      case ANDROID -> "android";
      case IOS -> "ios";
      case HARMONY -> "hmos";
      case QUICKAPP -> "quickapp";
      case WEB -> "web";
    };
  }

  private static Optional<Notification> one(
      Platform platform, Fields own, Optional<String> common, String appName) {
    return switch (platform) {
      case ANDROID -> Optional.of(AndroidNotice.read(own, common, appName));
      case IOS -> Optional.of(IosNotice.read(own, common, appName));
      case HARMONY -> Optional.of(HarmonyNotice.read(own, common, appName));
      case QUICKAPP -> Optional.of(quickApp(own, common));
      case WEB -> Optional.empty();
    };
  }

  private static Notification quickApp(Fields own, Optional<String> common) {
    String alert = alert(own, common);
    return new Notification(
        own.requiredText("title", MAX_TEXT),
        alert,
        Appearance.PLAIN,
        Optional.of(new Content.Click(Content.Action.INTENT, own.requiredText("page", MAX_TEXT))),
        false,
        own.map("extras", MAX_EXTRAS));
  }

  /// To the vendor a platform's object without an alert is an invalid value (1003), not a missing
  /// one (1002).
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
    own.object("inbox");
    return own.node("inbox")
        .filter(ObjectNode.class::isInstance)
        .map(node -> String.join("\n", node.valueStream().map(line -> line.asText()).toList()))
        .filter(lines -> !lines.isEmpty());
  }

  static Optional<Content.Click> click(Fields own) {
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

  /// The objects as they came, for vendor channels.
  static Map<String, String> hints(Fields body) {
    Map<String, String> hints = new HashMap<>();
    for (String name : List.of("notification", "notification_3rd", "options")) {
      body.node(name)
          .filter(ObjectNode.class::isInstance)
          .ifPresent(node -> hints.put(HINT + name, Json.write(node)));
    }
    return hints;
  }
}
