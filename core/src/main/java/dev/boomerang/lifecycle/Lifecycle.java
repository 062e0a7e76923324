// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.lifecycle.DeliveryEvent.Accepted;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed;
import dev.boomerang.lifecycle.DeliveryEvent.Deferred;
import dev.boomerang.lifecycle.DeliveryEvent.DismissReported;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryEvent.Rejected;
import dev.boomerang.lifecycle.DeliveryEvent.Released;
import dev.boomerang.lifecycle.DeliveryEvent.ReplacedOnDevice;
import dev.boomerang.lifecycle.DeliveryEvent.RetryDue;
import dev.boomerang.lifecycle.DeliveryEvent.Routed;
import dev.boomerang.lifecycle.DeliveryEvent.ShownReported;
import dev.boomerang.lifecycle.DeliveryEvent.StopRequested;
import dev.boomerang.lifecycle.DeliveryEvent.Superseded;
import dev.boomerang.lifecycle.DeliveryEvent.Unreachable;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawConfirmed;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawFailed;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Dispatched;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Final;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalled.Outcome;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Scheduled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.DeliveryState.TooLate;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.model.push.Recall;
import java.util.Optional;

/// Applies events to the states of a delivery. It is the whole state machine, and pure: no clock,
/// no store, no I/O. No switch here has a `default`, so a new state or event does not compile until
/// every case is decided. A store applies it inside the transaction that holds the row.
public final class Lifecycle {
  /// The `Failed` reason of a recall whose device never answered.
  public static final String RECALL_UNANSWERED = "recall-unanswered";

  private Lifecycle() {}

  public static Transition apply(DeliveryState state, DeliveryEvent event) {
    return switch (state) {
      case Scheduled s -> waiting(s, event);
      case Pending s -> waiting(s, event);
      case Queued s -> waiting(s, event);
      case Sending s -> sending(s, event);
      case Sent s -> out(s, event);
      case Delivered s -> out(s, event);
      case Shown s -> out(s, event);
      case Abandoned s -> out(s, event);
      case Recalling s -> recalling(s, event);
      case Final s -> new Stale(s, event);
    };
  }

  /// Applies an event to a delivery of which nothing has left us: whatever ends it now ends it for
  /// good, and the device never hears of it.
  private static Transition waiting(DeliveryState s, DeliveryEvent event) {
    return switch (event) {
      case Released e when s instanceof Scheduled -> to(s, new Pending(e.at()));
      case Routed e when s instanceof Pending -> to(s, new Queued(e.at(), e.channel(), 0));
      case Claimed e when s instanceof Queued q && q.isClaimable(e.at()) ->
          to(s, new Sending(e.at(), q.channel(), q.attempt() + 1, false));
      case RetryDue e when s instanceof Queued q && isRetryDue(q, e) ->
          to(s, new Queued(e.at(), q.channel(), q.attempt()));
      case DeadlinePassed e -> to(s, new Expired(e.at()));
      case RecallRequested e -> to(s, new Recalled(e.at(), Outcome.PREVENTED));
      case Superseded e -> to(s, new Overridden(e.at(), e.newer(), Overridden.Outcome.PREVENTED));
      case StopRequested e -> to(s, new Stopped(e.at()));
      case Unreachable e -> to(s, new Failed(e.at(), e.reason()));
      case Released _, Routed _, Claimed _, NotSent _, Accepted _, Rejected _, Deferred _ ->
          new Stale(s, event);
      case RetryDue _ -> new Stale(s, event);
      case Arrived _, ShownReported _, OpenReported _, DismissReported _, ReplacedOnDevice _ ->
          new Stale(s, event);
      case WithdrawConfirmed _, WithdrawFailed _ -> new Stale(s, event);
    };
  }

  private static boolean isRetryDue(Queued s, RetryDue event) {
    return s.notBefore().isPresent() && s.isClaimable(event.at());
  }

  private static Transition sending(Sending s, DeliveryEvent event) {
    return switch (event) {
      case Claimed e when !s.recallRequested() ->
          to(s, new Sending(e.at(), s.channel(), s.attempt() + 1, false));
      case NotSent e when e.attempt() == s.attempt() ->
          requeue(s, new Queued(e.at(), s.channel(), s.attempt()));
      case Accepted e -> landed(s, new Sent(e.at(), s.channel(), e.channelMessageId()));
      case Rejected e when s.recallRequested() -> to(s, new Recalled(e.at(), Outcome.PREVENTED));
      case Rejected e -> to(s, new Failed(e.at(), e.reason()));
      case Deferred e ->
          requeue(
              s,
              new Queued(
                  e.at(), s.channel(), s.attempt(), Optional.of(e.at().plus(e.retryAfter()))));
      case RecallRequested e when s.channel().isSelf() -> to(s, new Recalling(e.at(), s));
      case RecallRequested _ when s.recallRequested() -> new Stale(s, event);
      case RecallRequested e -> to(s, new Sending(e.at(), s.channel(), s.attempt(), true));
      case DeadlinePassed e -> landed(s, Abandoned.of(e.at(), s.channel(), s.attempt()));
      // A vendor puts the newer one in the place of the older by itself.
      case Superseded e when s.channel().isSelf() ->
          to(
              s,
              new Abandoned(
                  e.at(), s.channel(), s.attempt(), new Abandoned.Cause.Superseded(e.newer())));
      case Superseded _ -> new Stale(s, event);
      case StopRequested e when s.channel().isSelf() ->
          to(s, new Abandoned(e.at(), s.channel(), s.attempt(), new Abandoned.Cause.TaskStopped()));
      // What a vendor may have cannot be kept back.
      case StopRequested _ -> new Stale(s, event);
      case Arrived e -> landed(s, new Delivered(e.at(), s.channel()));
      case ShownReported e -> landed(s, new Shown(e.at(), s.channel()));
      case OpenReported _, DismissReported _, ReplacedOnDevice _, Unreachable _ -> ended(s, event);
      case Released _, Routed _, Claimed _, NotSent _, RetryDue _ -> new Stale(s, event);
      case WithdrawConfirmed _, WithdrawFailed _ -> new Stale(s, event);
    };
  }

  /// Puts it back into the queue, because nothing has left us; if a recall waited to know that, it
  /// is prevented.
  private static Transition requeue(Sending s, Queued again) {
    return to(s, s.recallRequested() ? new Recalled(again.since(), Outcome.PREVENTED) : again);
  }

  private static Transition landed(Sending s, Dispatched dispatched) {
    return to(s, s.recallRequested() ? new Recalling(dispatched.since(), dispatched) : dispatched);
  }

  private static Transition out(Dispatched s, DeliveryEvent event) {
    return switch (event) {
      case Arrived e when s instanceof Sent -> to(s, new Delivered(e.at(), s.channel()));
      case ShownReported e when s instanceof Sent || s instanceof Delivered ->
          to(s, new Shown(e.at(), s.channel()));
      case RecallRequested e -> to(s, new Recalling(e.at(), s));
      case DeadlinePassed e when s instanceof Sent -> to(s, Abandoned.of(e.at(), s.channel(), 0));
      case NotSent e when s instanceof Abandoned l && l.attempt() == e.attempt() ->
          to(s, neverLeft(l, e));
      case Rejected e when s instanceof Sent -> to(s, new Failed(e.at(), e.reason()));
      case OpenReported _, DismissReported _, ReplacedOnDevice _, Unreachable _ -> ended(s, event);
      // The device knows what it did with the older one, and says so.
      case Superseded _, StopRequested _ -> new Stale(s, event);
      // An arrival reported after the lifetime is counted, not believed: Abandoned stays.
      case Arrived _, ShownReported _, DeadlinePassed _, Rejected _ -> new Stale(s, event);
      case Released _, Routed _, Claimed _, NotSent _, Accepted _, Deferred _, RetryDue _ ->
          new Stale(s, event);
      case WithdrawConfirmed _, WithdrawFailed _ -> new Stale(s, event);
    };
  }

  private static DeliveryState neverLeft(Abandoned s, DeliveryEvent event) {
    return switch (s.cause()) {
      case Abandoned.Cause.LifetimeOver _ -> new Expired(event.at());
      case Abandoned.Cause.Superseded(var by) ->
          new Overridden(event.at(), by, Overridden.Outcome.PREVENTED);
      case Abandoned.Cause.TaskStopped _ -> new Stopped(event.at());
    };
  }

  private static Transition recalling(Recalling s, DeliveryEvent event) {
    return switch (event) {
      case WithdrawConfirmed e -> to(s, new Recalled(e.at(), Outcome.WITHDRAWN));
      case WithdrawFailed e -> to(s, new TooLate(e.at()));
      case NotSent e when inAttempt(s.was(), e.attempt()) ->
          to(s, new Recalled(e.at(), Outcome.PREVENTED));
      case DeadlinePassed e when !e.at().isBefore(s.since().plus(Recall.WINDOW)) ->
          to(s, new Failed(e.at(), RECALL_UNANSWERED));
      case Rejected e when s.was() instanceof Sent ->
          to(s, new Recalled(e.at(), Outcome.PREVENTED));
      case Arrived _, ShownReported _ -> learned(s, event);
      case OpenReported _, DismissReported _, ReplacedOnDevice _, Unreachable _ -> ended(s, event);
      case Released _, Routed _, Claimed _, NotSent _, Accepted _, Deferred _, RetryDue _ ->
          new Stale(s, event);
      case Rejected _, DeadlinePassed _, RecallRequested _, Superseded _, StopRequested _ ->
          new Stale(s, event);
    };
  }

  private static boolean inAttempt(Dispatched was, int attempt) {
    return switch (was) {
      case Sending s -> s.attempt() == attempt;
      case Abandoned s -> s.attempt() == attempt;
      case Sent _, Delivered _, Shown _ -> false;
    };
  }

  /// Keeps what the device reports of where it stood while our withdraw command was on its way.
  private static Transition learned(Recalling s, DeliveryEvent event) {
    return switch (apply(s.was(), event)) {
      case Moved(_, Dispatched now) -> to(s, new Recalling(s.since(), now));
      case Moved _, Stale _, Transition.Unknown _ -> new Stale(s, event);
    };
  }

  /// Applies the events that end a delivery wherever it is outside.
  private static Transition ended(DeliveryState s, DeliveryEvent event) {
    return switch (event) {
      case OpenReported e -> to(s, new Opened(e.at()));
      case DismissReported e -> to(s, new Dismissed(e.at()));
      case ReplacedOnDevice e ->
          to(s, new Overridden(e.at(), e.newer(), Overridden.Outcome.REPLACED));
      case Unreachable e -> to(s, new Failed(e.at(), e.reason()));
      case Released _, Routed _, Claimed _, NotSent _, Accepted _, Rejected _, Deferred _ ->
          new Stale(s, event);
      case RetryDue _ -> new Stale(s, event);
      case Arrived _,
          ShownReported _,
          DeadlinePassed _,
          RecallRequested _,
          WithdrawConfirmed _,
          WithdrawFailed _ ->
          new Stale(s, event);
      case Superseded _, StopRequested _ -> new Stale(s, event);
    };
  }

  private static Transition to(DeliveryState from, DeliveryState to) {
    return new Moved(from, to);
  }
}
