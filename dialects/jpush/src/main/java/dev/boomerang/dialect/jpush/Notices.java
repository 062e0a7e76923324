// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.Content;
import dev.boomerang.model.Content.Action;
import dev.boomerang.model.Content.Click;
import dev.boomerang.model.Content.DataMessage;
import dev.boomerang.model.Content.Look;
import dev.boomerang.model.Content.Notification;
import dev.boomerang.model.Content.Style;
import dev.boomerang.model.Platform;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
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
  private static final int MAX_TEXT = 100_000;
  private static final int MAX_EXTRAS = 200;

  private Notices() {}

  /// By platform; ones that are absent get nothing.
  static Map<Platform, Content> read(Fields body, Set<Platform> platforms, String appName) {
    if (!body.has("notification") && !body.has("message")) {
      throw body.fault("notification", Kind.MISSING, "or message must be given");
    }
    Optional<DataMessage> message =
        body.has("message") ? Optional.of(message(body.object("message"))) : Optional.empty();
    Map<Platform, Notification> shown =
        body.has("notification")
            ? notifications(body.object("notification"), platforms, appName)
            : Map.of();
    Map<Platform, Content> contents = new EnumMap<>(Platform.class);
    for (Platform platform : platforms) {
      Optional<Notification> notification = Optional.ofNullable(shown.get(platform));
      notification
          .<Content>map(
              its -> message.<Content>map(data -> new Content.Both(its, data)).orElse(its))
          .or(() -> message)
          .ifPresent(content -> contents.put(platform, content));
    }
    return contents;
  }

  private static DataMessage message(Fields message) {
    if (!message.has("msg_content")) {
      throw message.fault("msg_content", Kind.MISSING, "must be given");
    }
    Map<String, String> extras = new HashMap<>();
    message.text("title", MAX_TEXT).ifPresent(title -> extras.put("jpush.title", title));
    message.text("content_type", MAX_TEXT).ifPresent(type -> extras.put("jpush.type", type));
    extras.putAll(message.map("extras", MAX_EXTRAS));
    return new DataMessage(message.text("msg_content", MAX_TEXT).orElse(""), extras);
  }

  private static Map<Platform, Notification> notifications(
      Fields notification, Set<Platform> platforms, String appName) {
    Optional<String> common = notification.text("alert", MAX_TEXT);
    Map<Platform, Notification> shown = new EnumMap<>(Platform.class);
    for (Platform platform : platforms) {
      String name = name(platform);
      Fields own = notification.object(name);
      if (notification.has(name)) {
        one(platform, own, common, appName).ifPresent(each -> shown.put(platform, each));
      } else {
        common.ifPresent(
            alert -> shown.put(platform, plain(appName, alert)));
      }
    }
    return shown;
  }

  private static Notification plain(String title, String body) {
    return new Notification(title, body, Look.PLAIN, Optional.empty(), false, Map.of());
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
      case ANDROID -> android(own, common, appName);
      case IOS -> Optional.of(ios(own, common, appName));
      case HARMONY -> Optional.of(harmony(own, common, appName));
      case QUICKAPP -> Optional.of(quickApp(own, common));
      case WEB -> Optional.empty();
    };
  }

  /// An empty alert is not shown.
  private static Optional<Notification> android(
      Fields own, Optional<String> common, String appName) {
    own.number("priority", -2, 2);
    own.number("alert_type", -1, 7);
    own.number("badge_add_num", 1, 99);
    own.number("badge_set_num", 0, 99);
    own.choice("display_foreground", List.of("0", "1"), value -> value);
    long style = own.number("style", 0, 3).orElse(0L);
    String alert = alert(own, common);
    if (alert.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> bigText = own.text("big_text", MAX_TEXT);
    Style drawn = style == 3 ? Style.PICTURE : style == 1 ? Style.BIG_TEXT : Style.DEFAULT;
    return Optional.of(
        new Notification(
            title(own, appName),
            style == 1 ? bigText.orElse(alert) : alert,
            new Look(drawn, url(own, "big_pic_path"), url(own, "large_icon")),
            click(own),
            own.number("alert_type", -1, 7).filter(type -> type == 0).isPresent(),
            own.map("extras", MAX_EXTRAS)));
  }

  /// `alert` is a text or APNs' own object. A badge is a number or `+N`; flags may be 1 and 0.
  private static Notification ios(Fields own, Optional<String> common, String appName) {
    own.choice(
        "interruption-level",
        List.of("active", "critical", "passive", "time-sensitive"),
        value -> value);
    own.text("badge", 16)
        .filter(badge -> !badge.isEmpty() && !badge.matches("[+-]?\\d{1,5}"))
        .ifPresent(
            _ -> {
              throw own.fault("badge", Kind.MALFORMED, "must be a number, +N or -N");
            });
    boolean isObject = own.node("alert").filter(JsonNode::isObject).isPresent();
    Fields alert = isObject ? own.object("alert") : Fields.of(Map.of());
    String body = isObject ? alert.text("body", MAX_TEXT).orElse("") : alert(own, common);
    String title =
        isObject
            ? alert.text("title", MAX_TEXT).filter(text -> !text.isBlank()).orElse(appName)
            : appName;
    return new Notification(
        title, body, Look.PLAIN, Optional.empty(), false, own.map("extras", MAX_EXTRAS));
  }

  private static Notification harmony(Fields own, Optional<String> common, String appName) {
    own.number("badge_add_num", 1, 99);
    own.number("badge_set_num", 0, 99);
    own.number("sound_duration", 1, 60);
    String alert = alert(own, common);
    if (alert.isEmpty()) {
      throw own.fault("alert", Kind.BLANK, "must not be empty");
    }
    return new Notification(
        title(own, appName),
        alert,
        new Look(Style.DEFAULT, Map.of(), url(own, "large_icon")),
        click(own),
        false,
        own.map("extras", MAX_EXTRAS));
  }

  private static Notification quickApp(Fields own, Optional<String> common) {
    return new Notification(
        own.requiredText("title", MAX_TEXT),
        alert(own, common),
        Look.PLAIN,
        Optional.of(new Click(Action.INTENT, own.requiredText("page", MAX_TEXT))),
        false,
        own.map("extras", MAX_EXTRAS));
  }

  private static String alert(Fields own, Optional<String> common) {
    return own.text("alert", MAX_TEXT)
        .or(() -> common)
        .orElseThrow(() -> own.fault("alert", Kind.MISSING, "must be given"));
  }

  private static String title(Fields own, String appName) {
    return own.text("title", MAX_TEXT).filter(text -> !text.isBlank()).orElse(appName);
  }

  private static Map<String, String> url(Fields own, String name) {
    return own.text(name, MAX_TEXT)
        .filter(url -> !url.isBlank())
        .map(url -> Map.of(Look.DEFAULT_VENDOR, url))
        .orElse(Map.of());
  }

  private static Optional<Click> click(Fields own) {
    Optional<String> intent =
        own.object("intent")
            .text("url", MAX_TEXT)
            .or(() -> own.text("uri_activity", MAX_TEXT))
            .or(() -> own.text("uri_action", MAX_TEXT))
            .filter(uri -> !uri.isBlank());
    return intent.map(
        uri -> new Click(uri.matches("https?:.*") ? Action.URL : Action.INTENT, uri));
  }

  /// The objects as they came, for vendor channels.
  static void hints(Fields body, Map<String, String> hints) {
    for (String name : List.of("notification", "notification_3rd", "options", "callback")) {
      body.node(name)
          .filter(ObjectNode.class::isInstance)
          .ifPresent(node -> hints.put("jpush." + name, Json.write(node)));
    }
  }
}
