// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The settings of the dialect.
///
/// A device that has not been seen for `inactiveAfter` cannot be reached; where messages are
/// recalled and tags get members, that is `recallInactiveAfter`. A call that is repeated within
/// `repeatWindow` with the same request id gets the first response again. Devices with the tag
/// `testTag` are an app's test devices. `callbackUrls` are the URLs for receipts by the
/// `callback.id` that messages name; for an app that has any, `callback` has no effect. Operational
/// messages may be sent within `operationalHours`; at any time if that is empty. Days and hours are
/// those of `zone`.
public record VivoConfig(
    Duration inactiveAfter,
    Duration recallInactiveAfter,
    Duration repeatWindow,
    String testTag,
    Map<String, URI> callbackUrls,
    Categories categories,
    Quotas quotas,
    Optional<OperationalHours> operationalHours,
    ZoneId zone) {

  /// The name under which the engine knows what comes in by this dialect.
  public static final String ORIGIN = "vivo";

  public static final VivoConfig DEFAULT =
      new VivoConfig(
          Duration.ofDays(14),
          Duration.ofDays(7),
          Duration.ofMinutes(10),
          "test-device",
          Map.of(),
          Categories.DEFAULT,
          Quotas.DEFAULT,
          Optional.empty(),
          ZoneId.of("Asia/Shanghai"));

  public VivoConfig {
    callbackUrls = Map.copyOf(callbackUrls);
  }

  /// The categories of messages, by class.
  ///
  /// Source: vivo "推送消息分类说明".
  public record Categories(Set<String> system, Set<String> operational) {
    public static final Categories DEFAULT =
        new Categories(
            Set.of("IM", "ACCOUNT", "TODO", "DEVICE_REMINDER", "ORDER", "SUBSCRIPTION"),
            Set.of("NEWS", "CONTENT", "MARKETING", "SOCIAL"));

    public Categories {
      system = Set.copyOf(system);
      operational = Set.copyOf(operational);
    }
  }

  /// The limits of one app; 0 is no limit. `pushesPerDay` counts the users that single, list and
  /// recall calls name, for system and operational messages apart. `messagesPerDevicePerDay` counts
  /// the operational messages of single and list calls that one device gets.
  public record Quotas(
      int authsPerSecond,
      int statusQueriesPerSecond,
      int pushesPerSecond,
      int pushesPerDay,
      int listPayloadsPerDay,
      int broadcastsPerDay,
      int messagesPerDevicePerDay) {
    /// Source: vivo "PUSH-UPS-API" (auth) and "消息状态查询".
    public static final Quotas DEFAULT = new Quotas(10, 1, 0, 0, 0, 0, 0);
  }

  /// The time from `from` until before `to`, over midnight if `to` is the earlier one.
  public record OperationalHours(LocalTime from, LocalTime to) {
    boolean contains(LocalTime time) {
      boolean afterFrom = !time.isBefore(from);
      boolean beforeTo = time.isBefore(to);
      return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
    }
  }
}
