// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.field.ApsReader;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Fields;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads `push_channel`, the contents for vendors' channels. `contentByPlatform` has what we show
/// devices of iOS and HarmonyOS, whose users have nothing else. Android devices get `push_message`;
/// `android.ups` is checked and kept for its vendors.
///
/// Source: Getui "RestAPI V2", push_channel.
record ChannelContents(Map<Platform, Content> contentByPlatform) {
  private static final int MAX_TITLE = 200;
  private static final int MAX_BODY = 2_048;
  private static final int MAX_TASK = 128;
  private static final int MAX_MEDIA = 3;
  private static final List<String> UPS_CLICKS =
      List.of("intent", "url", "payload", "payload_custom", "startapp", "none");
  private static final List<String> HARMONY_CLICKS = List.of("want", "startapp", "payload");

  /// Reads and checks all channels. `appName` is the title of a notification that has none for iOS.
  static ChannelContents read(Fields body, String appName) {
    Fields channel = body.object("push_channel");
    Map<Platform, Content> contents = new EnumMap<>(Platform.class);
    if (channel.has("android")) {
      checkAndroid(channel.object("android"));
    }
    if (channel.has("ios")) {
      ios(channel.object("ios"), appName).ifPresent(it -> contents.put(Platform.IOS, it));
    }
    if (channel.has("harmony")) {
      harmony(channel.object("harmony")).ifPresent(it -> contents.put(Platform.HARMONY, it));
    }
    return new ChannelContents(Map.copyOf(contents));
  }

  /// Checks `android.ups`, of which our own channel uses nothing.
  private static void checkAndroid(Fields android) {
    if (!android.has("ups")) {
      return;
    }
    Fields ups = android.object("ups");
    checkOptions(ups);
    switch (PushMessage.requireOneOf(ups, "notification", "transmission", "revoke")) {
      case "notification" -> {
        Fields notification = ups.object("notification");
        notification.requiredText("title", MAX_TITLE);
        notification.requiredText("body", MAX_BODY);
        notification.requiredText("click_type", 32);
        notification.choice("click_type", UPS_CLICKS, Function.identity());
        PushMessageNotification.click(notification);
        PushMessageNotification.notifyId(notification);
      }
      case "transmission" -> ups.requiredText("transmission", PushMessage.MAX_TRANSMISSION);
      case String _ -> ups.object("revoke").requiredText("old_task_id", MAX_TASK);
    }
  }

  /// Checks `options`, a map of maps by vendor.
  private static void checkOptions(Fields platform) {
    Fields options = platform.object("options");
    options.names().forEach(options::object);
  }

  /// Returns the content for iOS; empty for what only APNs can do.
  private static Optional<Content> ios(Fields ios, String appName) {
    String type =
        ios.choice("type", List.of("notify", "voip", "liveactivity"), Function.identity())
            .orElse("notify");
    String payload = ios.text("payload", PushMessage.MAX_TRANSMISSION).orElse("");
    for (Fields media : ios.entries("multimedia", MAX_MEDIA)) {
      media.requiredText("url", MAX_BODY);
      media.requiredNumber("type", 1, 3);
      media.flag("only_wifi");
    }
    Fields aps = ios.object("aps");
    Map<String, String> extras =
        payload.isEmpty() ? Map.of() : Map.of(PushMessageNotification.PAYLOAD, payload);
    Optional<Content> shown = ApsReader.shown(aps, appName, extras).map(it -> it);
    if (type.equals("notify") && shown.isPresent()) {
      return shown;
    }
    return payload.isEmpty() || type.equals("liveactivity")
        ? Optional.empty()
        : Optional.of(new DataMessage(payload, Map.of()));
  }

  /// Returns the content for HarmonyOS; empty for what only a vendor can do.
  private static Optional<Content> harmony(Fields harmony) {
    checkOptions(harmony);
    return switch (PushMessage.requireOneOf(
        harmony, "notification", "transmission", "custom", "revoke")) {
      case "notification" -> Optional.of(harmonyNotification(harmony.object("notification")));
      case "transmission" ->
          Optional.of(
              new DataMessage(
                  harmony.requiredText("transmission", PushMessage.MAX_TRANSMISSION), Map.of()));
      case "revoke" -> {
        harmony.object("revoke").requiredText("old_task_id", MAX_TASK);
        yield Optional.empty();
      }
      case String _ -> {
        Fields custom = harmony.object("custom");
        custom.names().forEach(custom::object);
        yield Optional.empty();
      }
    };
  }

  /// Returns a notification; opening it opens the app, unless it names a `want`.
  private static Content harmonyNotification(Fields notification) {
    PushMessageNotification.notifyId(notification);
    notification.text("category", MAX_TITLE);
    String payload = notification.text("payload", PushMessage.MAX_TRANSMISSION).orElse("");
    notification.requiredText("click_type", 32);
    boolean wants =
        notification
            .choice("click_type", HARMONY_CLICKS, Function.identity())
            .filter(type -> type.equals("want"))
            .isPresent();
    return new Notification(
        notification.requiredText("title", MAX_TITLE),
        notification.requiredText("body", MAX_BODY),
        Appearance.PLAIN,
        wants
            ? Optional.of(
                new Content.Click(
                    Content.Action.INTENT, notification.requiredText("want", MAX_BODY)))
            : Optional.empty(),
        false,
        payload.isEmpty() ? Map.of() : Map.of(PushMessageNotification.PAYLOAD, payload));
  }
}
