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

/// How far paced broadcasts ([TaskStore.BroadcastAudience.Paced]) have got. Their deliveries begin
/// `Pending` and are released once each ([dev.boomerang.lifecycle.DeliveryEvent.Routed] to our own
/// gateway), in an order that the store has and keeps. What closes a broadcast ends its run.
public interface PacedRunStore {

  /// `released` of `audience` have been, whatever became of them since. `running`: more is to come.
  record PacedRun(
      TaskId task, AppId app, SendRate sendRate, long audience, long released, boolean running) {}

  Optional<PacedRun> find(TaskId task);

  /// How many of an app's are running.
  int running(AppId app);

  /// Those that run and that `node` may release, from now until `until`: it could before, or
  /// whoever could has let its time pass at `now`. The oldest first.
  List<PacedRun> lease(int node, Instant now, Instant until);

  /// How a run stands, and who was released just now.
  record Release(PacedRun pacedRun, RegistrationSet released) {
    public TransitionCounts moved() {
      return TransitionCounts.of(DeliveryStatus.QUEUED, released.size());
    }
  }

  /// Releases the next `count` of a broadcast that still wait, or as many as there are. The cost
  /// depends on how many are released, and not on the audience. Empty, and nothing is released, if
  /// it does not run or is another node's.
  Optional<Release> release(TaskId task, int node, int count, Instant now);
}
