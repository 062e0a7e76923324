// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import static dev.boomerang.dialect.jpush.request.NotificationFields.MAX_EXTRAS;
import static dev.boomerang.dialect.jpush.request.NotificationFields.MAX_TEXT;

import dev.boomerang.dialect.jpush.base.FieldFormats;
import dev.boomerang.dialect.jpush.base.PlatformNames;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `notification` and `message`, which say what each platform's devices get. What only vendor
/// channels read (badge, sound, priority, …) is checked here and kept among the push's hints.
///
/// Source: JPush "Push API v3", notification and message.
final class ContentReader {
  /// This platform is obsolete: its member is checked, but no device has it.
  private static final String WINPHONE = "winphone";

  /// The platforms that have an object of their own.
  private static final Set<Platform> WITH_OBJECT = EnumSet.complementOf(EnumSet.of(Platform.WEB));

  private ContentReader() {}

  /// Reads the content for each platform; platforms that are absent get nothing.
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
    FieldFormats.flag(message, "test_message");
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
    notification.members("voip");
    notification.ignore("ai_opportunity");
    checkWinphone(notification, common);
    ignoreOthers(notification, platforms);
    Set<String> given = notification.names();
    Map<Platform, Notification> shown = new EnumMap<>(Platform.class);
    for (Platform platform : platforms) {
      if (given.contains(PlatformNames.name(platform))) {
        readPlatform(platform, notification, common, appName)
            .ifPresent(each -> shown.put(platform, each));
      } else {
        common.ifPresent(alert -> shown.put(platform, plain(appName, alert)));
      }
    }
    return shown;
  }

  private static void checkWinphone(Fields notification, Optional<String> common) {
    if (notification.has(WINPHONE)) {
      Fields winphone = notification.object(WINPHONE);
      NotificationFields.alert(winphone, common);
      winphone.ignore("title", "_open_page", "extras");
    }
  }

  /// Takes as they are the objects of platforms that the push is not for.
  private static void ignoreOthers(Fields notification, Set<Platform> platforms) {
    for (Platform platform : WITH_OBJECT) {
      if (!platforms.contains(platform)) {
        notification.ignore(PlatformNames.name(platform));
      }
    }
  }

  private static Notification plain(String title, String body) {
    return new Notification(title, body, Appearance.PLAIN, Optional.empty(), false, Map.of());
  }

  private static Optional<Notification> readPlatform(
      Platform platform, Fields notification, Optional<String> common, String appName) {
    String name = PlatformNames.name(platform);
    return switch (platform) {
      case ANDROID ->
          Optional.of(AndroidNotificationReader.read(notification.object(name), common, appName));
      case IOS ->
          Optional.of(IosNotificationReader.read(notification.object(name), common, appName));
      case HARMONY ->
          Optional.of(HarmonyNotificationReader.read(notification.object(name), common, appName));
      case QUICKAPP -> Optional.of(quickApp(notification.object(name), common));
      case WEB -> Optional.empty();
    };
  }

  private static Notification quickApp(Fields own, Optional<String> common) {
    String alert = NotificationFields.alert(own, common);
    return new Notification(
        own.requiredText("title", MAX_TEXT),
        alert,
        Appearance.PLAIN,
        Optional.of(new Content.Click(Content.Action.INTENT, own.requiredText("page", MAX_TEXT))),
        false,
        own.map("extras", MAX_EXTRAS));
  }
}
