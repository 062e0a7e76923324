// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.field.ApsReader;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads a push: `message`, the object that its `msgtype` names, and `push_info`.
///
/// Source: Getui "REST API V1", push.
final class PushRequestReader {
  private static final String SCOPE = "getui-v1";
  private static final int MAX_REQUEST_ID = 128;
  private static final int MAX_NAME = 64;
  private static final long MAX_LIFETIME = 259_200_000;
  private static final long MAX_SPEED = 1_000_000;
  private static final int MAX_MEDIA = 3;
  private static final Duration DEFAULT_LIFETIME = Duration.ofDays(1);

  private PushRequestReader() {}

  static PushRequest read(Caller caller, Fields body) {
    if (!body.has("message")) {
      throw body.invalid("message", Kind.MISSING, "must be given");
    }
    Fields message = body.object("message");
    message
        .text("appkey", MAX_NAME)
        .filter(key -> !key.isEmpty() && !key.equals(caller.key().id()))
        .ifPresent(
            _ -> {
              throw new V1ResultException(V1Result.APPID_NOTMATCH);
            });
    message.number("push_network_type", 0, 2);
    String type = message.requiredText("msgtype", 32);
    return new PushRequest(
        caller.id(),
        body.text("task_name", MAX_NAME).orElse(""),
        new PushRequest.Send(content(caller, body, message, type)),
        new PushRequest.Options(
            lifetime(message),
            Strategy.ONLINE_ELSE_VENDOR,
            body.number("speed", 0, MAX_SPEED).orElse(0L).intValue(),
            PushRequest.CollapseIds.NONE,
            hints(body, type)),
        body.text("requestid", MAX_REQUEST_ID)
            .filter(id -> !id.isBlank())
            .map(id -> new RequestKey(SCOPE, id)));
  }

  private static Content content(Caller caller, Fields body, Fields message, String type) {
    Content shown =
        switch (type) {
          case "notification", "link", "notypopload", "transmission" -> {
            if (!body.has(type)) {
              throw body.invalid(type, Kind.MISSING, "must be given");
            }
            yield TemplateReader.read(type, body.object(type), caller.app().name());
          }
          case String _ ->
              throw message.invalid(
                  "msgtype",
                  Kind.MALFORMED,
                  "must be one of notification, link, notypopload, transmission");
        };
    return ios(body.object("push_info"), caller.app().name())
        .<Content>map(
            iosContent -> new Content.PerPlatform(shown, Map.of(Platform.IOS, iosContent)))
        .orElse(shown);
  }

  private static Optional<Content.Notification> ios(Fields info, String appName) {
    for (Fields media : info.entries("multimedia", MAX_MEDIA)) {
      media.requiredText("url", 2_048);
      media.number("type", 1, 3);
    }
    Map<String, String> extras = new HashMap<>();
    info.text("payload", TemplateReader.MAX_CONTENT)
        .ifPresent(payload -> extras.put(TemplateReader.PAYLOAD, payload));
    return ApsReader.shown(info.object("aps"), appName, extras);
  }

  /// Returns the lifetime: a push is kept for offline users by default, and a time of 0 is the
  /// default time.
  private static Duration lifetime(Fields message) {
    boolean isOffline = message.flag("is_offline").orElse(true);
    Duration requested =
        message
            .number("offline_expire_time", 0, MAX_LIFETIME)
            .filter(millis -> millis > 0)
            .map(Duration::ofMillis)
            .orElse(DEFAULT_LIFETIME);
    return isOffline ? requested : Duration.ZERO;
  }

  /// Returns the objects unchanged, for vendors' channels.
  private static Map<String, String> hints(Fields body, String type) {
    Map<String, String> hints = new HashMap<>();
    for (String name : new String[] {"message", type, "push_info"}) {
      body.node(name).ifPresent(node -> hints.put("getui.v1." + name, Json.write(node)));
    }
    return hints;
  }
}
