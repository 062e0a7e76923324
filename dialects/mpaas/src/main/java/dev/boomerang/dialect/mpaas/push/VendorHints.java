// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.error.ResultCode.ANDROID_CHANNEL_PARAM_INVALID;
import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.text.Characters;
import dev.boomerang.web.field.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the parameters that only vendors' channels use. Their form is checked here; the push keeps
/// them under their own names.
final class VendorHints {
  /// Selects the channel of a broadcast: 1 our own, 2 whichever fits.
  static final String ANDROID_CHANNEL = "AndroidChannel";

  private static final String NOTIFY_TYPE = "NotifyType";
  private static final int MAX_TEXT = 256;
  private static final int MAX_OBJECT = 4_096;

  private static final List<String> TEXTS =
      List.of(
          "ActivityEvent",
          "ChannelId",
          "MiChannelId",
          "SmsSignName",
          "SmsTemplateCode",
          "TenantId",
          "TransparentMessageUrgency");

  private static final List<String> OBJECTS =
      List.of(
          "ActivityContentState",
          "NotifyLevel",
          "SmsTemplateParam",
          "ThirdChannelCategory",
          "TransparentMessagePayload");

  private static final List<String> NUMBERS = List.of("DismissalDate", "SmsStrategy");

  private VendorHints() {}

  static Map<String, String> read(ActionParams params) {
    Map<String, String> hints = new HashMap<>();
    params.text(NOTIFY_TYPE).ifPresent(type -> hints.put(NOTIFY_TYPE, notifyType(type)));
    params
        .flag("Classification")
        .ifPresent(system -> hints.put("Classification", system ? "1" : "0"));
    androidChannel(params).ifPresent(channel -> hints.put(ANDROID_CHANNEL, channel.toString()));
    for (String name : TEXTS) {
      params.text(name, MAX_TEXT).ifPresent(text -> hints.put(name, text));
    }
    for (String name : NUMBERS) {
      params
          .number(name, 0, Long.MAX_VALUE, INVALID_PARAM)
          .ifPresent(number -> hints.put(name, number.toString()));
    }
    for (String name : OBJECTS) {
      params
          .objectOrDotted(name)
          .ifPresent(object -> hints.put(name, atMost(name, Json.write(object))));
    }
    params.text("VendorTemplate", MAX_OBJECT).ifPresent(text -> hints.put("VendorTemplate", text));
    return hints;
  }

  static boolean ownChannelOnly(ActionParams params) {
    return androidChannel(params).filter(channel -> channel == 1).isPresent();
  }

  private static Optional<Long> androidChannel(ActionParams params) {
    return params.number(ANDROID_CHANNEL, 1, 2, ANDROID_CHANNEL_PARAM_INVALID);
  }

  /// `transparent` asks for the own channel, `notify` leaves the choice to the server.
  private static String notifyType(String type) {
    if (!Set.of("transparent", "notify").contains(type)) {
      throw ActionParams.invalid(NOTIFY_TYPE, "must be transparent or notify");
    }
    return type;
  }

  private static String atMost(String name, String json) {
    if (Characters.exceed(json, MAX_OBJECT)) {
      throw ActionParams.invalid(name, "must have at most " + MAX_OBJECT + " characters");
    }
    return json;
  }
}
