// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import dev.boomerang.dialect.jpush.base.FieldFormats;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads a push's `options`. What is only for vendor channels is checked here and kept among the
/// push's hints.
///
/// Source: JPush "Push API v3", options; override: "消息覆盖与撤回".
public record PushOptions(
    String sendno,
    Duration lifetime,
    Map<Platform, OverrideTarget> overrideTarget,
    Optional<SendRate> sendRate) {
  /// The `sendno` that is echoed for a push without one.
  private static final String NO_SENDNO = "0";

  private static final long DEFAULT_TTL = 86_400;
  private static final long MAX_TTL = 864_000;

  /// A push of time to live 0 is for devices that are connected now: it lives no longer than it
  /// takes to hand it over.
  private static final Duration NOW = Duration.ofSeconds(1);

  private static final int MAX_COLLAPSE_BYTES = 64;
  private static final long MAX_PACE_MINUTES = 1_400;
  private static final int MAX_TEXT = 1_000;
  private static final int MAX_EVENTS = 100;

  private static final List<String> FLAGS =
      List.of(
          "apns_production",
          "test_message",
          "need_backup",
          "auto_truncation",
          "mkt_enable",
          "notification_switch_filter",
          "alternate_set");

  private static final List<String> OWN = List.of("jpush", "secondary_push", "first_ospush");
  private static final List<String> ALL =
      List.of("jpush", "secondary_push", "first_ospush", "ospush");
  private static final List<String> FCM =
      List.of("jpush", "fcm", "pns", "secondary_fcm_push", "secondary_pns_push");

  static PushOptions read(Fields body, JpushConfig config) {
    Fields options = body.object("options");
    checkVendors(options);
    checkNarrowing(options);
    checkScreen(options, body.has("message"));
    long seconds = options.number("time_to_live", 0, MAX_TTL).orElse(DEFAULT_TTL);
    return new PushOptions(
        sendno(options),
        seconds == 0 ? NOW : Duration.ofSeconds(seconds),
        readOverrides(options, config),
        spreadDuration(options).map(SendRate.SpreadOver::new));
  }

  /// Returns the number to echo, as text.
  public static String sendno(Fields options) {
    return options
        .number("sendno", Long.MIN_VALUE, Long.MAX_VALUE)
        .map(number -> Long.toString(number))
        .orElse(NO_SENDNO);
  }

  private static void checkVendors(Fields options) {
    FLAGS.forEach(name -> FieldFormats.flag(options, name));
    options.number("classification", 0, 1);
    options.texts("target_event", MAX_EVENTS, MAX_TEXT);
    options.text("receipt_id", MAX_TEXT);
    options.text("business_operation_code", MAX_TEXT);
    options.members("portal_extra");
    options
        .text("notification_3rd_ver", MAX_TEXT)
        .filter(version -> !List.of("", "v1", "v2").contains(version))
        .ifPresent(
            _ -> {
              throw options.invalid("notification_3rd_ver", Kind.MALFORMED, "must be v1 or v2");
            });
    // The members that vendors read there change too often to be listed.
    options.ignore("third_party_channel");
    Fields channels = options.object("third_party_channel");
    for (String vendor : channels.names()) {
      Fields channel = channels.object(vendor);
      channel.choice("distribution", ALL, Function.identity());
      channel.choice("distribution_fcm", FCM, Function.identity());
      channel.choice("distribution_customize", OWN, Function.identity());
    }
  }

  /// Refuses options that would make the push reach fewer devices in a way that we cannot. Ignoring
  /// them would show a test to everyone.
  private static void checkNarrowing(Fields options) {
    if (FieldFormats.flag(options, "test_model")) {
      throw options.invalid(
          "test_model", Kind.MALFORMED, "is not supported: there are no test devices");
    }
    if (!options.object("geofence").names().isEmpty()) {
      throw options.invalid("geofence", Kind.MALFORMED, "is not supported here");
    }
  }

  /// Over how long it is spread; 0 is at once.
  private static Optional<Duration> spreadDuration(Fields options) {
    return options
        .number("big_push_duration", 0, MAX_PACE_MINUTES)
        .filter(minutes -> minutes > 0)
        .map(Duration::ofMinutes);
  }

  /// A push for when the screen lights up is a notification and nothing else, and not a paced one.
  private static void checkScreen(Fields options, boolean hasMessage) {
    boolean paced = spreadDuration(options).isPresent();
    boolean onScreen = FieldFormats.flag(options, "active_push");
    if (onScreen && (hasMessage || paced)) {
      throw new JpushException(
          JpushError.COMBINATION,
          "options.active_push does not go with "
              + (hasMessage ? "message" : "options.big_push_duration"));
    }
  }

  /// `override_msg_id` is for Android and HarmonyOS, `apns_collapse_id` for iOS.
  private static Map<Platform, OverrideTarget> readOverrides(Fields options, JpushConfig config) {
    Map<Platform, OverrideTarget> overrideTarget = new EnumMap<>(Platform.class);
    long earlier = options.number("override_msg_id", 0, Long.MAX_VALUE).orElse(0L);
    if (earlier != 0) {
      TaskId task =
          TaskId.parse(Long.toString(earlier))
              .orElseThrow(() -> unknownOverride(Long.toString(earlier)));
      var replaced = new OverrideTarget.EarlierTask(task, config.overrideWindow());
      overrideTarget.put(Platform.ANDROID, replaced);
      overrideTarget.put(Platform.HARMONY, replaced);
    }
    Optional<String> collapse =
        options.text("apns_collapse_id", MAX_TEXT).filter(id -> !id.isEmpty());
    collapse.ifPresent(
        id -> {
          FieldFormats.checkBytes(options, "apns_collapse_id", id, MAX_COLLAPSE_BYTES);
          overrideTarget.put(Platform.IOS, new OverrideTarget.Key(id));
        });
    return overrideTarget;
  }

  public static JpushException unknownOverride(String id) {
    return new JpushException(
        JpushError.INVALID, "options.override_msg_id " + id + " doesn't exist");
  }
}
