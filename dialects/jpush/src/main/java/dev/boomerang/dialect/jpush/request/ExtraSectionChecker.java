// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.jpush.base.FieldFormats;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Checks the sections that a push may have besides a notification and a message, so that a mistake
/// shows here and not only at the vendor's. None of them is carried out:
///
/// - `sms_message`: there is nobody to send an SMS through. The push itself goes out.
/// - `notification_3rd`: kept among the push's hints.
/// - `inapp_message`: the device's app gets the notification and decides.
/// - `live_activity`: refused, because no device can be reached by one.
///
/// Source: JPush "Push API v3", sms_message, notification_3rd, inapp_message, live_activity.
final class ExtraSectionChecker {
  private static final long MAX_SMS_DELAY = 86_400;
  private static final int MAX_TEXT = 4_000;
  private static final int MAX_ACTIVITY_BYTES = 3_584;

  private ExtraSectionChecker() {}

  static void check(Fields body) {
    if (body.has("live_activity")) {
      refuseLiveActivity(body);
    }
    Fields inApp = body.object("inapp_message");
    if (FieldFormats.flag(inApp, "inapp_message") && !body.has("notification")) {
      throw inApp.invalid("inapp_message", Kind.MALFORMED, "needs a notification");
    }
    if (body.has("sms_message")) {
      checkSms(body.object("sms_message"));
    }
    if (body.has("notification_3rd")) {
      checkThirdParty(body);
    }
  }

  /// Older clients name a text instead of a template.
  private static void checkSms(Fields sms) {
    sms.requiredNumber("delay_time", 0, MAX_SMS_DELAY);
    if (!sms.has("temp_id") && !sms.has("content")) {
      throw sms.invalid("temp_id", Kind.MISSING, "must be given");
    }
    sms.number("temp_id", Long.MIN_VALUE, Long.MAX_VALUE);
    sms.number("signid", Long.MIN_VALUE, Long.MAX_VALUE);
    sms.text("content", MAX_TEXT);
    sms.members("temp_para");
    FieldFormats.flag(sms, "active_filter");
  }

  /// Version 2 has an object for each platform.
  private static void checkThirdParty(Fields body) {
    body.ignore("notification_3rd");
    Fields third = body.object("notification_3rd");
    boolean byPlatform =
        body.object("options")
            .text("notification_3rd_ver", MAX_TEXT)
            .filter("v2"::equals)
            .isPresent();
    if (byPlatform) {
      List.of("android", "ios", "hmos").forEach(third::object);
      return;
    }
    third.requiredText("content", MAX_TEXT);
    third.text("title", MAX_TEXT);
    third.number("badge_add_num", 1, 99);
    third.number("badge_set_num", 0, 99);
    third.object("extras");
  }

  private static void refuseLiveActivity(Fields body) {
    for (String other : List.of("notification", "message")) {
      if (body.has(other)) {
        throw body.invalid("live_activity", Kind.MALFORMED, "must be without " + other);
      }
    }
    if (!body.has("target")
        && !(body.node("audience").map(JsonNode::size).orElse(0) == 1
            && body.object("audience").has("live_activity_id"))) {
      throw body.invalid(
          "audience", Kind.MALFORMED, "must be a live_activity_id for a live_activity");
    }
    if (!body.node("platform").map(JsonNode::toString).equals(Optional.of("[\"ios\"]"))) {
      throw body.invalid("platform", Kind.MALFORMED, "must be [\"ios\"] for a live_activity");
    }
    Fields activity = body.object("live_activity").object("ios");
    activity.requiredText("event", MAX_TEXT);
    String event =
        activity.choice("event", List.of("start", "update", "end"), Function.identity()).orElse("");
    if (activity.object("content-state").names().isEmpty()) {
      throw activity.invalid("content-state", Kind.MISSING, "must be given");
    }
    if (event.equals("start")) {
      activity.requiredText("attributes-type", MAX_TEXT);
    }
    activity.choice("apns-priority", List.of("5", "10"), Function.identity());
    activity.object("attributes");
    activity.object("alert");
    PayloadSizes.atMost(
        MAX_ACTIVITY_BYTES,
        body.object("live_activity").node("ios").map(PayloadSizes::of).orElse(0),
        "live_activity.ios");
    throw body.invalid("live_activity", Kind.MALFORMED, "is not supported here");
  }
}
