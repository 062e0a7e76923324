// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire.template;

import dev.boomerang.dialect.getui.wire.proto.GetuiV1.ActionChain;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.Map;
import java.util.Optional;

/// Reads a notification's step in either of its two forms: with named values of its own, as
/// libraries since 4.1 write it, or in the step's own fields.
///
/// Source: Getui "V1 server SDK", notification styles.
public record NotificationStep(
    String title,
    String text,
    Style style,
    String picture,
    String icon,
    boolean silent,
    Optional<String> notifyId) {

  /// Lists the channel levels that make no sound.
  private static final String QUIET_LEVELS = "01";

  private static final String PICTURE_STYLE = "4";
  private static final String EXPANDABLE_STYLE = "6";
  private static final String BIG_TEXT = "2";

  public static NotificationStep of(ActionChain step) {
    NotificationStep notification =
        step.getStype().isEmpty() ? ofFields(step) : ofValues(ActionChains.values(step));
    if (notification.title.isBlank()) {
      throw new InvalidFieldException("title", Kind.BLANK, "must be given");
    }
    return notification;
  }

  private static NotificationStep ofFields(ActionChain step) {
    return new NotificationStep(
        step.getTitle(),
        step.getText(),
        step.getBannerURL().isEmpty() ? Style.DEFAULT : Style.PICTURE,
        step.getBannerURL(),
        step.getLogoURL().isEmpty() ? step.getLogo() : step.getLogoURL(),
        step.hasRing() && !step.getRing(),
        Optional.of(step.getNotifyid()).filter(id -> !id.isBlank()));
  }

  /// Reads the newer form. `is_noring` and similar values say the opposite of what the old fields
  /// say.
  private static NotificationStep ofValues(Map<String, String> values) {
    String level = value(values, "channelLevel");
    boolean isQuiet = !level.isEmpty() && QUIET_LEVELS.contains(level);
    Style style = style(values);
    String bigText = style == Style.BIG_TEXT ? value(values, "big_text") : "";
    String icon = value(values, "logo_url");
    return new NotificationStep(
        value(values, "title"),
        bigText.isEmpty() ? value(values, "text") : bigText,
        style,
        style == Style.PICTURE ? picture(values) : "",
        icon.isEmpty() ? value(values, "logo") : icon,
        isQuiet || Boolean.parseBoolean(value(values, "is_noring")),
        Optional.of(value(values, "notifyid")).filter(id -> !id.isBlank()));
  }

  private static Style style(Map<String, String> values) {
    boolean isBigText =
        value(values, "notifyStyle").equals(EXPANDABLE_STYLE)
            && value(values, "bigStyle").equals(BIG_TEXT);
    if (isBigText) {
      return Style.BIG_TEXT;
    }
    return picture(values).isEmpty() ? Style.DEFAULT : Style.PICTURE;
  }

  private static String picture(Map<String, String> values) {
    return switch (value(values, "notifyStyle")) {
      case PICTURE_STYLE -> value(values, "banner_url");
      case EXPANDABLE_STYLE -> {
        String big = value(values, "big_image_url");
        yield big.isEmpty() ? value(values, "banner_url") : big;
      }
      case String _ -> "";
    };
  }

  private static String value(Map<String, String> values, String name) {
    return values.getOrDefault(name, "");
  }

  public Notification content(Optional<Click> click, Map<String, String> extras) {
    return new Notification(
        title,
        text,
        new Appearance(style, byVendor(picture), byVendor(icon)),
        click,
        silent,
        extras);
  }

  private static Map<String, String> byVendor(String url) {
    return url.isEmpty() ? Map.of() : Map.of(Appearance.DEFAULT_VENDOR, url);
  }
}
