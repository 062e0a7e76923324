// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.error.ResultCode.BROADCAST_ALL_USER_NEED_UNBIND_PERIOD;
import static dev.boomerang.dialect.mpaas.error.ResultCode.BROADCAST_ALL_USER_NOT_SUPPORT_SELFCHANNEL_ANDROID;
import static dev.boomerang.dialect.mpaas.error.ResultCode.BROADCAST_ALL_USER_UNBIND_PERIOD_INVALID;
import static dev.boomerang.dialect.mpaas.error.ResultCode.BROADCAST_ONLY_SUPPORT_BY_DEVICE;
import static dev.boomerang.dialect.mpaas.error.ResultCode.DELIVERY_TYPE_NOT_SUPPORTED;
import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.registration.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Reads the audience of a broadcast. `DeliveryType` is the platform. `PushStatus` selects devices
/// with a user, without one, or all; the periods say since when. Parameters that the `PushStatus`
/// does not need are ignored.
///
/// Source: "群发推送". A device that never had a user counts as unbound since it registered.
final class BroadcastAudienceReader {
  private static final String PUSH_STATUS = "PushStatus";
  private static final String TIME_MODE = "TimeMode";
  private static final int BOUND = 0;
  private static final int ALL = 1;
  private static final int UNBOUND = 2;

  /// The values of `TimeMode` are not public. Taken here: periods by number, or start and end in
  /// milliseconds.
  private static final int PERIODS = 0;

  private static final int RANGES = 1;

  /// The documents require `BindPeriod` with `PushStatus` 0. Their own samples for Java, Python,
  /// Node.js and PHP send none, two of the three API versions have no such parameter, and there is
  /// no code for its lack: so without it everyone bound is meant, whenever it was.
  private static final TimeRange BOUND_WITHOUT_PERIOD = TimeRange.ANY_TIME;

  private BroadcastAudienceReader() {}

  static Audience.Everyone read(ActionParams params, Instant now) {
    Platform platform = platform(params);
    int status = number(params, PUSH_STATUS, UNBOUND).orElse(BOUND);
    boolean ranges = number(params, TIME_MODE, RANGES).orElse(PERIODS) == RANGES;
    if (status == ALL && platform == Platform.ANDROID && VendorHints.ownChannelOnly(params)) {
      throw new ResultException(
          BROADCAST_ALL_USER_NOT_SUPPORT_SELFCHANNEL_ANDROID,
          VendorHints.ANDROID_CHANNEL,
          "must not be 1 with PushStatus 1");
    }
    Optional<TimeRange> bound =
        status == UNBOUND ? Optional.empty() : Optional.of(boundRange(params, status, ranges, now));
    Optional<TimeRange> unbound =
        status == BOUND ? Optional.empty() : Optional.of(unboundRange(params, ranges, now));
    return new Audience.Everyone(Optional.of(platform), bound, unbound);
  }

  private static Platform platform(ActionParams params) {
    String type = params.required(PushParams.DELIVERY_TYPE, DELIVERY_TYPE_NOT_SUPPORTED).strip();
    return switch (type) {
      case "1" -> Platform.ANDROID;
      case "2" -> Platform.IOS;
      case "7" -> Platform.HARMONY;
      case "3" ->
          throw new ResultException(
              BROADCAST_ONLY_SUPPORT_BY_DEVICE,
              PushParams.DELIVERY_TYPE,
              "must not be 3: broadcasts go to devices");
      default ->
          throw new ResultException(
              DELIVERY_TYPE_NOT_SUPPORTED,
              PushParams.DELIVERY_TYPE,
              "must be 1 (Android), 2 (iOS) or 7 (HarmonyOS)");
    };
  }

  private static Optional<Integer> number(ActionParams params, String name, int max) {
    return params.number(name, 0, max, INVALID_PARAM).map(Long::intValue);
  }

  private static TimeRange boundRange(
      ActionParams params, int status, boolean ranges, Instant now) {
    Optional<TimeRange> timeRange =
        ranges
            ? range(params, "BindStartTime", "BindEndTime", INVALID_PARAM)
            : period(params, "BindPeriod", INVALID_PARAM, now);
    if (ranges && status == BOUND && timeRange.isEmpty()) {
      throw ActionParams.invalid("BindStartTime", "and BindEndTime must be given with TimeMode 1");
    }
    return timeRange.orElse(BOUND_WITHOUT_PERIOD);
  }

  private static TimeRange unboundRange(ActionParams params, boolean ranges, Instant now) {
    ResultCode wrong = BROADCAST_ALL_USER_UNBIND_PERIOD_INVALID;
    String name = ranges ? "UnBindStartTime" : "UnBindPeriod";
    return (ranges ? range(params, name, "UnBindEndTime", wrong) : period(params, name, wrong, now))
        .orElseThrow(
            () ->
                new ResultException(
                    BROADCAST_ALL_USER_NEED_UNBIND_PERIOD,
                    name,
                    "must be given with PushStatus 1 and 2"));
  }

  private static Optional<TimeRange> period(
      ActionParams params, String name, ResultCode wrong, Instant now) {
    return params
        .number(name, 1, 4, wrong)
        .map(
            period ->
                switch (period.intValue()) {
                  case 1 -> lastDays(7, now);
                  case 2 -> lastDays(15, now);
                  case 3 -> lastDays(60, now);
                  default -> TimeRange.ANY_TIME;
                });
  }

  private static TimeRange lastDays(int days, Instant now) {
    return TimeRange.since(now.minus(Duration.ofDays(days)));
  }

  /// Reads a range of which both ends or none must be given.
  private static Optional<TimeRange> range(
      ActionParams params, String start, String end, ResultCode wrong) {
    Optional<Instant> from = time(params, start, wrong);
    Optional<Instant> to = time(params, end, wrong);
    if (from.isPresent() != to.isPresent()) {
      throw new ResultException(wrong, from.isPresent() ? end : start, "must be given, too");
    }
    return from.map(
        beginning -> {
          if (to.orElseThrow().isBefore(beginning)) {
            throw new ResultException(wrong, end, "must not be before " + start);
          }
          return new TimeRange(beginning, to.orElseThrow());
        });
  }

  private static Optional<Instant> time(ActionParams params, String name, ResultCode wrong) {
    return params
        .number(name, 0, TimeRange.ANY_TIME.to().toEpochMilli(), wrong)
        .map(Instant::ofEpochMilli);
  }
}
