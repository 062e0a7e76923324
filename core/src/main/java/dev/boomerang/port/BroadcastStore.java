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

/// Stores broadcasts. Each is stored once, by [TaskStore#accept], with its rule; a delivery of it
/// begins when a device takes it, and its state is kept as a bit in compressed bitmaps, without
/// times. [DeliveryStore] treats such a delivery as any other. Where it has no bit, the
/// registration exists and the rule covers it, it is `Queued` without a delivery attempt; or it is
/// `Stopped` once the broadcast is stopped, `Recalled` (prevented) once it is recalled, `Expired`
/// once the end of its lifetime is stored, whichever came first.
///
/// The bits keep a delivery's status, what a recall found it in, and the number of the delivery
/// attempt up to 2; no [dev.boomerang.lifecycle.DeliveryEvent.NotSent] need match a later one. Its
/// `since` and its timeline may be those of the broadcast's acceptance, and it is never deferred.
/// [DeliveryStore#ofTask] and [DeliveryStore#counts] know only deliveries that have a bit. Once a
/// registration is gone, what it took still counts, but is no longer found or listed.
public interface BroadcastStore {

  /// Returns the broadcasts that a registration was given and has not acknowledged, and that a
  /// later one has overridden since: each with the event that says so. Nothing was written for them
  /// when the later one was accepted, and [#waiting] no longer returns them.
  List<DeliveryStore.Change> superseded(
      RegistrationId registration, AudienceAttributes audienceAttributes, Instant now);

  /// Returns what a registration may take now, the oldest first; nothing for an unknown
  /// registration. These are the broadcasts of its app after the task `after` that are neither
  /// stopped, recalled nor expired at `now`, cover `audienceAttributes`, are not overridden for it
  /// by a later one, and still wait for it ([dev.boomerang.lifecycle.Delivery#inMailbox]).
  List<MailboxEntry> waiting(
      RegistrationId registration,
      AudienceAttributes audienceAttributes,
      TaskId after,
      Instant now,
      int limit);

  /// Returns the broadcasts after the task `after` that a registration still has to take off, the
  /// oldest first.
  List<DeliveryId> recalling(RegistrationId registration, AppId app, TaskId after, int limit);

  /// Returns the broadcasts after the task `after` that a registration may have unopened and no
  /// longer waits for ([dev.boomerang.lifecycle.DeliveryState#isOnDevice]), or that it does not
  /// wait for yet (`Pending`), the oldest first.
  List<DeliveryId> onDevice(RegistrationId registration, AppId app, TaskId after, int limit);

  /// Returns the status of each registration among `among` that has taken this broadcast.
  Map<RegistrationId, DeliveryStatus> statuses(TaskId task, Collection<RegistrationId> among);

  /// Counts a broadcast's deliveries at one moment; `prevented` of those recalled never left us,
  /// and `replaced` of those overridden had reached their devices.
  record BroadcastCounts(Map<DeliveryStatus, Integer> byStatus, int prevented, int replaced) {
    public BroadcastCounts {
      byStatus = Map.copyOf(byStatus);
    }
  }

  BroadcastCounts counts(TaskId task);

  /// Says what closed a broadcast: from then on nobody takes it any more.
  enum CloseReason {
    NO,
    STOPPED,
    RECALLED,
    /// The end of its lifetime is stored.
    EXPIRED;

    /// Returns the reason after another one: the first stands, but a recall takes the place of the
    /// end of the lifetime.
    public CloseReason then(CloseReason next) {
      return this == NO || (this == EXPIRED && next == RECALLED) ? next : this;
    }

    /// Returns the state of a delivery that nobody took.
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

  /// Ends a broadcast for good: nobody takes it any more, and every delivery that may have left us
  /// is recalled ([dev.boomerang.lifecycle.DeliveryEvent.RecallRequested]). The cost does not
  /// depend on how many registrations there are. A second call changes nothing. Returns what moved.
  TransitionCounts recall(TaskId task, Instant now);

  /// Ends a broadcast that is neither recalled nor over: nobody takes it any more, and every
  /// delivery that has not left us for certain meets
  /// [dev.boomerang.lifecycle.DeliveryEvent.StopRequested]. It is one step, whose cost does not
  /// depend on how many registrations there are. A second call changes nothing. Returns what moved.
  TransitionCounts stop(TaskId task, Instant now);

  /// Returns broadcasts whose time has come at `now`, the longest overdue first: their lifetime is
  /// over and that is not stored yet, or 7 days have passed since the last recall of the broadcast
  /// or of one of its deliveries.
  List<TaskId> due(Instant now, int limit);

  /// Applies [dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed] to those of a broadcast's
  /// deliveries whose time has come at `now`: once its lifetime is over, to all that are not being
  /// recalled; once the 7 days are over, to all that are. If neither has come, nothing changes.
  /// Returns what moved.
  TransitionCounts expire(TaskId task, Instant now);
}
