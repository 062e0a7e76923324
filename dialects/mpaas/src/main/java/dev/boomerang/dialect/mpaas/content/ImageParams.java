// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.content;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.web.field.Json;
import java.util.HashMap;
import java.util.Map;

/// Reads how a notification looks: `PushStyle`, `ImageUrls`, `IconUrls`.
public final class ImageParams {
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

  private ImageParams() {}

  public static Appearance read(ActionParams params) {
    return new Appearance(style(params), urls("ImageUrls", params), urls("IconUrls", params));
  }

  private static Style style(ActionParams params) {
    return switch (params.text("PushStyle").orElse("0").strip()) {
      case "0" -> Style.DEFAULT;
      case "1" -> Style.BIG_TEXT;
      case "2" -> Style.PICTURE;
      default ->
          throw ActionParams.invalid(
              "PushStyle", "must be 0 (default), 1 (big text) or 2 (picture)");
    };
  }

  public static String styleNumber(Style style) {
    return switch (style) {
      case DEFAULT -> "0";
      case BIG_TEXT -> "1";
      case PICTURE -> "2";
    };
  }

  /// Returns the URLs as they came; a blank text if there are none. A URL for a channel that mPaaS
  /// does not know is left out.
  public static String urls(Map<String, String> urls) {
    ObjectNode object = Json.object();
    CHANNELS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(channel -> urls.containsKey(channel.getValue()))
        .forEach(channel -> object.put(channel.getKey(), urls.get(channel.getValue())));
    return object.isEmpty() ? "" : Json.write(object);
  }

  private static Map<String, String> urls(String name, ActionParams params) {
    Map<String, String> urls = new HashMap<>();
    params
        .object(name, INVALID_PARAM)
        .ifPresent(
            object ->
                object
                    .properties()
                    .forEach(
                        entry -> {
                          String channel = CHANNELS.get(entry.getKey());
                          if (channel == null || !entry.getValue().isTextual()) {
                            throw ActionParams.invalid(
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
