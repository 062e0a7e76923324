// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.SegmentStore.RegistrationSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores how far paced broadcasts ([TaskStore.BroadcastAudience.Paced]) have got. Their deliveries
/// begin `Pending`, and each is released once ([dev.boomerang.lifecycle.DeliveryEvent.Routed] to
/// our own gateway), in an order that the store has and keeps. Whatever closes a broadcast ends its
/// run.
public interface PacedRunStore {

  /// Describes a run: `released` of `audience` deliveries were released, whatever became of them
  /// since. `running` says that more will be.
  record PacedRun(
      TaskId task, AppId app, SendRate sendRate, long audience, long released, boolean running) {}

  Optional<PacedRun> find(TaskId task);

  /// Returns how many of an app's runs are under way.
  int running(AppId app);

  /// Returns the runs under way that `node` may release from now until `until`, the oldest first:
  /// those it leased before, and those whose lease was over at `now`.
  List<PacedRun> lease(int node, Instant now, Instant until);

  /// Holds how a run stands, and who was released just now.
  record Release(PacedRun pacedRun, RegistrationSet released) {
    public TransitionCounts moved() {
      return TransitionCounts.of(DeliveryStatus.QUEUED, released.size());
    }
  }

  /// Releases the next `count` deliveries of a broadcast that still wait, or as many as there are.
  /// The cost depends on how many are released, and not on the audience. Returns empty, and
  /// releases nothing, if the run is over or another node has it.
  Optional<Release> release(TaskId task, int node, int count, Instant now);
}
