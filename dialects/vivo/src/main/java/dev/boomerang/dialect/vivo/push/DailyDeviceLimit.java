// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.web.limit.RateLimit;
import dev.boomerang.web.limit.RateLimit.Window;
import java.time.Clock;
import java.util.List;

/// Limits how many operational messages of single and list calls a device gets in a day. Calls
/// beyond the limit are not refused: the device is skipped and counted under [#CONTROLLED].
///
/// Source: vivo "推送消息限制说明", 单应用单用户每天接收运营消息条数; 管控量.
public final class DailyDeviceLimit {
  /// The name under which a task counts the users that it skipped for this limit.
  public static final String CONTROLLED = "controlled";

  private final RateLimit<RegistrationId> messages;

  public DailyDeviceLimit(VivoConfig config, Clock clock) {
    this.messages =
        new RateLimit<>(
            config.quotas().messagesPerDevicePerDay(), new Window.Day(config.zone()), clock);
  }

  /// Counts one message for each device and returns the devices that may get it. Test messages and
  /// system messages are not counted and go to all.
  List<Registration> take(List<Registration> devices, boolean system, boolean test) {
    return system || test
        ? devices
        : devices.stream().filter(each -> messages.allows(each.id())).toList();
  }
}
