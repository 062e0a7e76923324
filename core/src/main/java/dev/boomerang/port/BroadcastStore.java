// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.AudienceAttributes;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Pushes to everyone. Each is stored once, by [TaskStore#accept], with its rule; a delivery of it
/// begins when a device takes it, and its state is kept as a mark in a compressed bitmap, without
/// times. [DeliveryStore] treats such a delivery as any other: where there is no mark, the
/// registration exists and the rule covers it, it is `Queued` with no hand-over so far, or
/// `Stopped` once the broadcast is stopped, `Recalled` (prevented) once it is recalled, `Expired`
/// once its end is noted, whichever came first. What is kept of a mark is its phase, what a recall
/// found it in, and the number of the hand-over up to 2; for a later one nobody may count on an
/// [dev.boomerang.lifecycle.DeliveryEvent.NotSent] to match. Nor may they on its `since` and its
/// timeline: they may be the broadcast's acceptance. [DeliveryStore#ofTask] and
/// [DeliveryStore#counts] tell of marks only. Once a registration is gone, what it took goes on to
/// be counted, but is no longer found or listed.
public interface BroadcastStore {

  /// Returns the broadcasts that a registration was given and has not acknowledged, and whose place
  /// a later one has taken since: each with the event that says so. Nothing was written for them
  /// when the later one was accepted, and [#waiting] gives them out no more.
  List<DeliveryStore.Change> superseded(
      RegistrationId registration, AudienceAttributes audienceAttributes, Instant now);

  /// What a registration may take now: broadcasts of its app after the task `after`, neither
  /// stopped, recalled nor expired at `now`, that cover `member`, whose place no later one has
  /// taken for it, and which it has not taken ([dev.boomerang.lifecycle.Delivery#inMailbox]);
  /// oldest first. For an unknown one, nothing.
  List<MailboxEntry> waiting(
      RegistrationId registration,
      AudienceAttributes audienceAttributes,
      TaskId after,
      Instant now,
      int limit);

  /// Broadcasts that a registration still has to take off, after the task `after`, oldest first.
  List<DeliveryId> recalling(RegistrationId registration, AppId app, TaskId after, int limit);

  /// Of broadcasts, what a registration may have, unopened, and no longer waits for
  /// ([dev.boomerang.lifecycle.DeliveryState#isOnDevice]) or does not wait for yet (`Pending`),
  /// after the task `after`, oldest first.
  List<DeliveryId> onDevice(RegistrationId registration, AppId app, TaskId after, int limit);

  /// Where those of `among` stand that have taken this broadcast.
  Map<RegistrationId, DeliveryStatus> statuses(TaskId task, Collection<RegistrationId> among);

  /// How a broadcast's deliveries stand at one moment; `prevented` of those recalled never left us,
  /// and `replaced` of those overridden had reached their devices.
  record BroadcastCounts(Map<DeliveryStatus, Integer> byStatus, int prevented, int replaced) {
    public BroadcastCounts {
      byStatus = Map.copyOf(byStatus);
    }
  }

  BroadcastCounts counts(TaskId task);

  /// What closed a broadcast: from then on nobody takes it any more.
  enum CloseReason {
    NO,
    STOPPED,
    RECALLED,
    /// The end of its lifetime is noted.
    EXPIRED;

    /// The first stands, but of an end that a recall follows the recall is told.
    public CloseReason then(CloseReason next) {
      return this == NO || (this == EXPIRED && next == RECALLED) ? next : this;
    }

    /// The state of a delivery that nobody took.
    public DeliveryState untaken(Instant acceptedAt, Instant expiresAt) {
      return switch (this) {
        case NO -> new DeliveryState.Queued(acceptedAt, ChannelId.SELF, 0);
        case STOPPED -> new DeliveryState.Stopped(acceptedAt);
        case RECALLED ->
            new DeliveryState.Recalled(acceptedAt, DeliveryState.Recalled.Outcome.PREVENTED);
        case EXPIRED -> new DeliveryState.Expired(expiresAt);
      };
    }
  }

  /// Ends a broadcast for good: nobody takes it any more, and every delivery that may be out is
  /// asked back ([dev.boomerang.lifecycle.DeliveryEvent.RecallRequested]). The cost does not depend
  /// on how many registrations there are. Again changes nothing. Returns what moved.
  TransitionCounts recall(TaskId task, Instant now);

  /// Ends a broadcast that is neither recalled nor over: nobody takes it any more, and every
  /// delivery that has not left us for certain meets
  /// [dev.boomerang.lifecycle.DeliveryEvent.StopRequested]. One step, whose cost does not depend on
  /// how many registrations there are. Again changes nothing. Returns what moved.
  TransitionCounts stop(TaskId task, Instant now);

  /// Broadcasts whose time has come at `now`: their lifetime is over and its end not noted yet, or
  /// 7 days have passed since the last recall of it or of one of its deliveries. The longest
  /// overdue first.
  List<TaskId> due(Instant now, int limit);

  /// Applies [dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed] to those of a broadcast's
  /// deliveries whose time has come at `now`: once its lifetime is over, to all that are not asked
  /// back; once the 7 days are, to all that are. What has not come yet changes nothing. Returns
  /// what moved.
  TransitionCounts expire(TaskId task, Instant now);
}
