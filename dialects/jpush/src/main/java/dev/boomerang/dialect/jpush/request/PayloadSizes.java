// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.base.PlatformNames;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import java.util.Optional;
import java.util.Set;

/// Limits how many bytes a push may have, as JSON without white space.
///
/// Source: JPush "Push API v3", notification and message: 4000 for Android's notification and
/// message together, 2000 for the `ios` object, 4000 for a message on iOS.
final class PayloadSizes {
  private PayloadSizes() {}

  static void check(Fields body, Set<Platform> platforms, JpushConfig config) {
    int message = body.node("message").map(PayloadSizes::of).orElse(0);
    for (Platform platform : platforms) {
      int notification = notification(body.object("notification"), platform);
      if (platform == Platform.IOS) {
        atMost(config.maxIosBytes(), notification, "notification.ios");
        atMost(config.maxPayloadBytes(), message, "message");
      } else {
        atMost(
            config.maxPayloadBytes(),
            notification + message,
            "notification and message for " + PlatformNames.name(platform));
      }
    }
  }

  private static int notification(Fields notification, Platform platform) {
    // Browsers have no object of their own.
    Optional<JsonNode> own =
        platform == Platform.WEB
            ? Optional.empty()
            : notification.node(PlatformNames.name(platform));
    return own.or(() -> notification.node("alert")).map(PayloadSizes::of).orElse(0);
  }

  static int of(JsonNode node) {
    return Json.write(node).getBytes(UTF_8).length;
  }

  static void atMost(int most, int bytes, String what) {
    if (bytes > most) {
      throw new JpushException(
          JpushError.TOO_LARGE, what + ": " + bytes + " bytes, at most " + most + " are allowed");
    }
  }
}
