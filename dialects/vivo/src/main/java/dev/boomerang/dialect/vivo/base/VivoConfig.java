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

/// `inactiveAfter`: how long a device may have been away before its id counts as invalid;
/// `recallInactiveAfter` the same where messages are taken back and tags get members.
/// `repeatWindow`: how long the same call with the same request id gets the first answer again.
/// `testTag`: devices that have this tag are an app's test devices. `receipts`: where receipts go,
/// by the `callback.id` that messages name; where there are any, `callback` is void. `hours`: when
/// operational messages may be sent; any time if empty.
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
  public VivoConfig {
    callbackUrls = Map.copyOf(callbackUrls);
  }

  /// The second-level classes of messages.
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

  /// Of one app; 0 for no limit. `pushesPerDay` counts the users that unicast, list and recall
  /// calls name, for system and operational messages apart. `messagesPerDevicePerDay` is what one
  /// device gets of operational single and list messages.
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

  /// From `from` until before `to`, over midnight if `to` is the earlier.
  public record OperationalHours(LocalTime from, LocalTime to) {
    boolean contains(LocalTime time) {
      boolean afterFrom = !time.isBefore(from);
      boolean beforeTo = time.isBefore(to);
      return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
    }
  }

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

  public VivoConfig with(Quotas limits) {
    return new VivoConfig(
        inactiveAfter,
        recallInactiveAfter,
        repeatWindow,
        testTag,
        callbackUrls,
        categories,
        limits,
        operationalHours,
        zone);
  }

  public VivoConfig with(OperationalHours permitted) {
    return new VivoConfig(
        inactiveAfter,
        recallInactiveAfter,
        repeatWindow,
        testTag,
        callbackUrls,
        categories,
        quotas,
        Optional.of(permitted),
        zone);
  }

  public VivoConfig with(Map<String, URI> where) {
    return new VivoConfig(
        inactiveAfter,
        recallInactiveAfter,
        repeatWindow,
        testTag,
        where,
        categories,
        quotas,
        operationalHours,
        zone);
  }
}
