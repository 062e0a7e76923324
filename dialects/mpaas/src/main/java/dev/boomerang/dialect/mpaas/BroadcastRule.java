// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.BROADCAST_ALL_USER_NEED_UNBIND_PERIOD;
import static dev.boomerang.dialect.mpaas.ResultCode.BROADCAST_ALL_USER_NOT_SUPPORT_SELFCHANNEL_ANDROID;
import static dev.boomerang.dialect.mpaas.ResultCode.BROADCAST_ALL_USER_UNBIND_PERIOD_INVALID;
import static dev.boomerang.dialect.mpaas.ResultCode.BROADCAST_ONLY_SUPPORT_BY_DEVICE;
import static dev.boomerang.dialect.mpaas.ResultCode.DELIVERY_TYPE_NOT_SUPPORTED;
import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_PARAM;

import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.registration.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whom a broadcast is for: `DeliveryType` is the platform, `PushStatus` says whether devices with
/// a user, without one or all, and the periods since when. Parameters that the `PushStatus` does
/// not ask for may be there and mean nothing.
///
/// Source: "群发推送". A device that never had a user counts as unbound since it registered.
final class BroadcastRule {
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

  private BroadcastRule() {}

  static Audience.Everyone read(Args args, Instant now) {
    Platform platform = platform(args);
    int status = number(args, PUSH_STATUS, UNBOUND).orElse(BOUND);
    boolean ranges = number(args, TIME_MODE, RANGES).orElse(PERIODS) == RANGES;
    if (status == ALL && platform == Platform.ANDROID && Hints.ownChannelOnly(args)) {
      throw new ResultFault(
          BROADCAST_ALL_USER_NOT_SUPPORT_SELFCHANNEL_ANDROID,
          Hints.ANDROID_CHANNEL,
          "must not be 1 with PushStatus 1");
    }
    Optional<TimeRange> bound =
        status == UNBOUND ? Optional.empty() : Optional.of(bound(args, status, ranges, now));
    Optional<TimeRange> unbound =
        status == BOUND ? Optional.empty() : Optional.of(unbound(args, ranges, now));
    return new Audience.Everyone(Optional.of(platform), bound, unbound);
  }

  private static Platform platform(Args args) {
    String type = args.filled(Pushes.DELIVERY_TYPE, DELIVERY_TYPE_NOT_SUPPORTED).strip();
    return switch (type) {
      case "1" -> Platform.ANDROID;
      case "2" -> Platform.IOS;
      case "7" -> Platform.HARMONY;
      case "3" ->
          throw new ResultFault(
              BROADCAST_ONLY_SUPPORT_BY_DEVICE,
              Pushes.DELIVERY_TYPE,
              "must not be 3: broadcasts go to devices");
      default ->
          throw new ResultFault(
              DELIVERY_TYPE_NOT_SUPPORTED,
              Pushes.DELIVERY_TYPE,
              "must be 1 (Android), 2 (iOS) or 7 (HarmonyOS)");
    };
  }

  private static Optional<Integer> number(Args args, String name, int max) {
    return args.number(name, 0, max, INVALID_PARAM).map(Long::intValue);
  }

  private static TimeRange bound(Args args, int status, boolean ranges, Instant now) {
    Optional<TimeRange> timeRange =
        ranges
            ? range(args, "BindStartTime", "BindEndTime", INVALID_PARAM)
            : period(args, "BindPeriod", INVALID_PARAM, now);
    if (ranges && status == BOUND && timeRange.isEmpty()) {
      throw Args.invalid("BindStartTime", "and BindEndTime must be given with TimeMode 1");
    }
    return timeRange.orElse(BOUND_WITHOUT_PERIOD);
  }

  private static TimeRange unbound(Args args, boolean ranges, Instant now) {
    ResultCode wrong = BROADCAST_ALL_USER_UNBIND_PERIOD_INVALID;
    String name = ranges ? "UnBindStartTime" : "UnBindPeriod";
    return (ranges ? range(args, name, "UnBindEndTime", wrong) : period(args, name, wrong, now))
        .orElseThrow(
            () ->
                new ResultFault(
                    BROADCAST_ALL_USER_NEED_UNBIND_PERIOD,
                    name,
                    "must be given with PushStatus 1 and 2"));
  }

  private static Optional<TimeRange> period(Args args, String name, ResultCode wrong, Instant now) {
    return args.number(name, 1, 4, wrong)
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

  /// Both ends or none.
  private static Optional<TimeRange> range(Args args, String start, String end, ResultCode wrong) {
    Optional<Instant> from = time(args, start, wrong);
    Optional<Instant> to = time(args, end, wrong);
    if (from.isPresent() != to.isPresent()) {
      throw new ResultFault(wrong, from.isPresent() ? end : start, "must be given, too");
    }
    return from.map(
        beginning -> {
          if (to.orElseThrow().isBefore(beginning)) {
            throw new ResultFault(wrong, end, "must not be before " + start);
          }
          return new TimeRange(beginning, to.orElseThrow());
        });
  }

  private static Optional<Instant> time(Args args, String name, ResultCode wrong) {
    return args.number(name, 0, TimeRange.ANY_TIME.to().toEpochMilli(), wrong)
        .map(Instant::ofEpochMilli);
  }
}
