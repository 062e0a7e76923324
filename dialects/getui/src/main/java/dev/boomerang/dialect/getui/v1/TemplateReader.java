// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the four templates of a message.
///
/// Source: Getui "REST API V1", templates.
final class TemplateReader {
  static final int MAX_CONTENT = 3_072;

  /// Names the extra that holds what an app is given when its notification is opened.
  static final String PAYLOAD = "payload";

  private static final int MAX_TITLE = 200;
  private static final int MAX_TEXT = 2_048;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private TemplateReader() {}

  static Content read(String type, Fields template, String appName) {
    checkTime(template, "duration_begin");
    checkTime(template, "duration_end");
    return switch (type) {
      case "transmission" -> {
        template.flag("transmission_type");
        yield new DataMessage(template.requiredText("transmission_content", MAX_CONTENT), Map.of());
      }
      case "link" ->
          styledNotification(template, appName, Optional.of(url(template, "url")), Map.of());
      case "notypopload" -> downloadNotification(template);
      case String _ -> {
        template.flag("transmission_type");
        Map<String, String> extras = new HashMap<>();
        template
            .text("transmission_content", MAX_CONTENT)
            .filter(text -> !text.isEmpty())
            .ifPresent(text -> extras.put(PAYLOAD, text));
        yield styledNotification(template, appName, Optional.empty(), extras);
      }
    };
  }

  /// Checks a time within which the message may be shown; it is for vendors' channels.
  private static void checkTime(Fields template, String name) {
    template
        .text(name, 32)
        .filter(text -> !text.isEmpty())
        .ifPresent(
            text -> {
              try {
                LocalDateTime.parse(text, TIME);
              } catch (DateTimeParseException _) {
                throw template.invalid(name, Kind.MALFORMED, "must be yyyy-MM-dd HH:mm:ss");
              }
            });
  }

  private static Click url(Fields template, String name) {
    return new Click(Action.URL, template.requiredText(name, MAX_TEXT));
  }

  /// Reads a notification that offers an app for download: opening it leads to the download.
  private static Notification downloadNotification(Fields template) {
    return new Notification(
        template.requiredText("notytitle", MAX_TITLE),
        template.text("notycontent", MAX_TEXT).orElse(""),
        new Appearance(Style.DEFAULT, Map.of(), picture(template, "notyicon")),
        Optional.of(url(template, "loadurl")),
        false,
        Map.of());
  }

  /// Reads a notification with a style: 0 is the system's, 1 Getui's, 4 a picture alone, 6 an
  /// expandable one.
  private static Notification styledNotification(
      Fields template, String appName, Optional<Click> click, Map<String, String> extras) {
    if (!template.has("style")) {
      throw template.invalid("style", Kind.MISSING, "must be given");
    }
    Fields style = template.object("style");
    long type = style.number("type", 0, 6).orElse(0L);
    boolean isSilent =
        !style.flag("is_ring").orElse(true) && !style.flag("is_vibrate").orElse(true);
    style.flag("is_clearable");
    Map<String, String> icons =
        style.has("logourl") ? picture(style, "logourl") : picture(style, "logo");
    return switch ((int) type) {
      case 0, 1 ->
          new Notification(
              style.requiredText("title", MAX_TITLE),
              style.requiredText("text", MAX_TEXT),
              new Appearance(Style.DEFAULT, Map.of(), icons),
              click,
              isSilent,
              extras);
      case 4 -> {
        style.requiredText("banner_url", MAX_TEXT);
        yield new Notification(
            style.text("title", MAX_TITLE).filter(it -> !it.isBlank()).orElse(appName),
            style.text("text", MAX_TEXT).orElse(""),
            new Appearance(Style.PICTURE, picture(style, "banner_url"), icons),
            click,
            isSilent,
            extras);
      }
      case 6 -> expandable(style, icons, click, isSilent, extras);
      default -> throw style.invalid("type", Kind.OUT_OF_RANGE, "must be 0, 1, 4 or 6");
    };
  }

  /// Reads an expandable notification; `big_style` is 1 for a picture, 2 for a longer text, 3 for a
  /// picture with a banner.
  private static Notification expandable(
      Fields style,
      Map<String, String> icons,
      Optional<Click> click,
      boolean isSilent,
      Map<String, String> extras) {
    String title = style.requiredText("title", MAX_TITLE);
    String text = style.requiredText("text", MAX_TEXT);
    boolean isText = style.number("big_style", 1, 3).orElse(1L) == 2;
    String body = isText ? style.requiredText("big_text", MAX_TEXT) : text;
    if (!isText) {
      style.requiredText("big_image_url", MAX_TEXT);
    }
    Appearance appearance =
        isText
            ? new Appearance(Style.BIG_TEXT, Map.of(), icons)
            : new Appearance(Style.PICTURE, picture(style, "big_image_url"), icons);
    return new Notification(title, body, appearance, click, isSilent, extras);
  }

  private static Map<String, String> picture(Fields fields, String name) {
    return fields
        .text(name, MAX_TEXT)
        .filter(url -> !url.isBlank())
        .map(url -> Map.of(Appearance.DEFAULT_VENDOR, url))
        .orElse(Map.of());
  }
}
