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

/// How many operational messages of single and list calls a device gets a day. Callers are not
/// refused beyond that: it is left out, and counted ([#CONTROLLED]).
///
/// Source: vivo "推送消息限制说明", 单应用单用户每天接收运营消息条数; 管控量.
public final class DailyDeviceLimit {
  /// Why a user was passed over.
  public static final String CONTROLLED = "controlled";

  private final RateLimit<RegistrationId> messages;

  public DailyDeviceLimit(VivoConfig config, Clock clock) {
    this.messages =
        new RateLimit<>(
            config.quotas().messagesPerDevicePerDay(), new Window.Day(config.zone()), clock);
  }

  /// Those of `devices` that may have one more today, which is taken. Test messages and system ones
  /// are not counted.
  List<Registration> take(List<Registration> devices, boolean system, boolean test) {
    return system || test
        ? devices
        : devices.stream().filter(each -> messages.allows(each.id())).toList();
  }
}
