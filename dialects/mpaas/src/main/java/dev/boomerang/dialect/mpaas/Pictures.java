// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.web.field.Json;
import java.util.HashMap;
import java.util.Map;

/// How a notification looks: `PushStyle`, `ImageUrls`, `IconUrls`.
final class Pictures {
  /// Our names of the channels mPaaS names in its URL maps.
  private static final Map<String, String> CHANNELS =
      Map.of(
          "defaultUrl", Appearance.DEFAULT_VENDOR,
          "oppoUrl", "oppo",
          "miuiUrl", "xiaomi",
          "hmsUrl", "hms",
          "honorUrl", "honor",
          "fcmUrl", "fcm",
          "iosUrl", "apns",
          "harmonyosUrl", "harmony");

  private Pictures() {}

  static Appearance look(Args args) {
    return new Appearance(style(args), urls("ImageUrls", args), urls("IconUrls", args));
  }

  private static Style style(Args args) {
    return switch (args.text("PushStyle").orElse("0").strip()) {
      case "0" -> Style.DEFAULT;
      case "1" -> Style.BIG_TEXT;
      case "2" -> Style.PICTURE;
      default ->
          throw Args.invalid("PushStyle", "must be 0 (default), 1 (big text) or 2 (picture)");
    };
  }

  static String number(Style style) {
    return switch (style) {
      case DEFAULT -> "0";
      case BIG_TEXT -> "1";
      case PICTURE -> "2";
    };
  }

  /// As they came; a blank text if there is none. One for a channel that mPaaS does not know is
  /// left out.
  static String urls(Map<String, String> urls) {
    ObjectNode object = Json.object();
    CHANNELS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(channel -> urls.containsKey(channel.getValue()))
        .forEach(channel -> object.put(channel.getKey(), urls.get(channel.getValue())));
    return object.isEmpty() ? "" : Json.write(object);
  }

  private static Map<String, String> urls(String name, Args args) {
    Map<String, String> urls = new HashMap<>();
    args.object(name, INVALID_PARAM)
        .ifPresent(
            object ->
                object
                    .properties()
                    .forEach(
                        entry -> {
                          String channel = CHANNELS.get(entry.getKey());
                          if (channel == null || !entry.getValue().isTextual()) {
                            throw Args.invalid(
                                name,
                                "must map any of defaultUrl, oppoUrl, miuiUrl, hmsUrl, honorUrl,"
                                    + " fcmUrl, iosUrl, harmonyosUrl to a URL, not "
                                    + entry.getKey());
                          }
                          if (!entry.getValue().asText().isBlank()) {
                            urls.put(channel, entry.getValue().asText());
                          }
                        }));
    return urls;
  }
}
