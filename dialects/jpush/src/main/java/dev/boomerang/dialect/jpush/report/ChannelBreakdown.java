// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.report;

import dev.boomerang.engine.report.Statistics;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.StatisticsStore.ChannelShare;
import dev.boomerang.port.StatisticsStore.PlatformChannel;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A task's numbers by platform and channel, counted from its deliveries as they stand.
record ChannelBreakdown(Task task, Map<PlatformChannel, ChannelShare> channelShares) {
  static ChannelBreakdown of(Statistics statistics, Task task) {
    return new ChannelBreakdown(task, statistics.shares(task.app(), task.id()));
  }

  /// Returns the share of our own channel; empty if nothing went to the platform by it.
  Optional<ChannelShare> onOwnChannel(Platform platform) {
    return sum(
        platformChannel ->
            platformChannel.platform() == platform && platformChannel.channel().isSelf());
  }

  /// Returns the share of the vendors' channels.
  Optional<ChannelShare> onVendorChannels(Platform platform) {
    return sum(
        platformChannel ->
            platformChannel.platform() == platform && !platformChannel.channel().isSelf());
  }

  Optional<ChannelShare> onPlatform(Platform platform) {
    return sum(platformChannel -> platformChannel.platform() == platform);
  }

  Optional<ChannelShare> all() {
    return sum(_ -> true);
  }

  private Optional<ChannelShare> sum(Predicate<PlatformChannel> which) {
    return channelShares.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .reduce(ChannelShare::plus);
  }
}
