// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Stores sums of [dev.boomerang.lifecycle.DeliveryFunnel], kept up to date in the same step that
/// stores an acceptance or a change of state, so that asking never scans deliveries. A broadcast's
/// deliveries count under its rule's platform, whatever device took them; without one they count
/// under no platform, and so in no sum of one platform.
public interface StatisticsStore {

  /// Selects deliveries to sum: of an app, accepted from `from` until before `to` (both are rounded
  /// down to the hour), and of one platform, channel and kind where given. Targets that no
  /// registration answered to have no platform and no channel.
  record Filter(
      AppId app,
      Instant from,
      Instant to,
      Optional<Platform> platform,
      Optional<ChannelId> channel,
      Optional<Source.Kind> kind) {}

  /// Returns the sum of the selected deliveries. Tasks that were cleared still count, as they last
  /// stood.
  DeliveryCounts sum(Filter filter);

  /// Names where deliveries go: to a platform, by a channel.
  record PlatformChannel(Platform platform, ChannelId channel) {}

  /// Counts one part of a task's deliveries; `seen` are those that are on a screen, or were opened
  /// or removed.
  record ChannelShare(DeliveryCounts deliveryCounts, long seen) {
    public static final ChannelShare NONE = new ChannelShare(DeliveryCounts.NONE, 0);

    public ChannelShare plus(ChannelShare more) {
      return new ChannelShare(deliveryCounts.plus(more.deliveryCounts), seen + more.seen);
    }
  }

  /// Returns one task's deliveries as they stand now, by platform and channel. Those of a broadcast
  /// are counted without reading them one by one. Targets that no registration answered to are in
  /// none, nor are registrations that have left since. An unknown task has none.
  Map<PlatformChannel, ChannelShare> shares(TaskId task);

  /// Returns the sums of single tasks, whatever their kind; unknown tasks, and so cleared ones, are
  /// absent.
  Map<TaskId, DeliveryCounts> ofTasks(Collection<TaskId> tasks);
}
