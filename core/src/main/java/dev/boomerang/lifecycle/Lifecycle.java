// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.lifecycle.DeliveryEvent.Accepted;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.CameDue;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.Clicked;
import dev.boomerang.lifecycle.DeliveryEvent.Deferred;
import dev.boomerang.lifecycle.DeliveryEvent.Displayed;
import dev.boomerang.lifecycle.DeliveryEvent.NewerCame;
import dev.boomerang.lifecycle.DeliveryEvent.RecallAsked;
import dev.boomerang.lifecycle.DeliveryEvent.RecallDone;
import dev.boomerang.lifecycle.DeliveryEvent.RecallMissed;
import dev.boomerang.lifecycle.DeliveryEvent.Rejected;
import dev.boomerang.lifecycle.DeliveryEvent.Replaced;
import dev.boomerang.lifecycle.DeliveryEvent.Routed;
import dev.boomerang.lifecycle.DeliveryEvent.StopAsked;
import dev.boomerang.lifecycle.DeliveryEvent.SweptAway;
import dev.boomerang.lifecycle.DeliveryEvent.TimeUp;
import dev.boomerang.lifecycle.DeliveryEvent.Unreachable;
import dev.boomerang.lifecycle.DeliveryEvent.Unwritten;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Final;
import dev.boomerang.lifecycle.DeliveryState.Lapsed;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Out;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalled.How;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Scheduled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.DeliveryState.TooLate;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.model.Recall;

/// The delivery state machine, whole and pure: no clock, no store, no I/O. No switch here has a
/// `default`, so a new state or event does not compile until every case is decided. A store applies
/// it inside the transaction that holds the row.
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
      case Lapsed s -> out(s, event);
      case Recalling s -> recalling(s, event);
      case Final s -> new Stale(s, event);
    };
  }

  /// Nothing has left us: whatever ends it now ends it for good, and the device never hears of it.
  private static Transition waiting(DeliveryState s, DeliveryEvent event) {
    return switch (event) {
      case CameDue e when s instanceof Scheduled -> to(s, new Pending(e.at()));
      case Routed e when s instanceof Pending -> to(s, new Queued(e.at(), e.channel(), 0));
      case Claimed e when s instanceof Queued q ->
          to(s, new Sending(e.at(), q.channel(), q.attempt() + 1, false));
      case TimeUp e -> to(s, new Expired(e.at()));
      case RecallAsked e -> to(s, new Recalled(e.at(), How.PREVENTED));
      case NewerCame e -> to(s, new Overridden(e.at(), e.newer(), Overridden.How.PREVENTED));
      case StopAsked e -> to(s, new Stopped(e.at()));
      case Unreachable e -> to(s, new Failed(e.at(), e.reason()));
      case CameDue _, Routed _, Claimed _, Unwritten _, Accepted _, Rejected _, Deferred _ ->
          new Stale(s, event);
      case Arrived _, Displayed _, Clicked _, SweptAway _, Replaced _ -> new Stale(s, event);
      case RecallDone _, RecallMissed _ -> new Stale(s, event);
    };
  }

  private static Transition sending(Sending s, DeliveryEvent event) {
    return switch (event) {
      case Claimed e when !s.recallWanted() ->
          to(s, new Sending(e.at(), s.channel(), s.attempt() + 1, false));
      case Unwritten e when e.attempt() == s.attempt() -> back(s, e);
      case Accepted e -> landed(s, new Sent(e.at(), s.channel(), e.channelMessageId()));
      case Rejected e when s.recallWanted() -> to(s, new Recalled(e.at(), How.PREVENTED));
      case Rejected e -> to(s, new Failed(e.at(), e.reason()));
      case Deferred e -> back(s, e);
      case RecallAsked e when s.channel().isSelf() -> to(s, new Recalling(e.at(), s));
      case RecallAsked _ when s.recallWanted() -> new Stale(s, event);
      case RecallAsked e -> to(s, new Sending(e.at(), s.channel(), s.attempt(), true));
      case TimeUp e -> landed(s, Lapsed.of(e.at(), s.channel(), s.attempt()));
      // What a vendor gets it puts in the older one's place by itself.
      case NewerCame e when s.channel().isSelf() ->
          to(s, new Lapsed(e.at(), s.channel(), s.attempt(), new Lapsed.Cause.Newer(e.newer())));
      case NewerCame _ -> new Stale(s, event);
      case StopAsked e when s.channel().isSelf() ->
          to(s, new Lapsed(e.at(), s.channel(), s.attempt(), new Lapsed.Cause.Stop()));
      // Given to a vendor is given away.
      case StopAsked _ -> new Stale(s, event);
      case Arrived e -> landed(s, new Delivered(e.at(), s.channel()));
      case Displayed e -> landed(s, new Shown(e.at(), s.channel()));
      case Clicked _, SweptAway _, Replaced _, Unreachable _ -> ended(s, event);
      case CameDue _, Routed _, Claimed _, Unwritten _ -> new Stale(s, event);
      case RecallDone _, RecallMissed _ -> new Stale(s, event);
    };
  }

  /// Nothing left us after all.
  private static Transition back(Sending s, DeliveryEvent event) {
    return s.recallWanted()
        ? to(s, new Recalled(event.at(), How.PREVENTED))
        : to(s, new Queued(event.at(), s.channel(), s.attempt()));
  }

  private static Transition landed(Sending s, Out out) {
    return to(s, s.recallWanted() ? new Recalling(out.since(), out) : out);
  }

  private static Transition out(Out s, DeliveryEvent event) {
    return switch (event) {
      case Arrived e when s instanceof Sent -> to(s, new Delivered(e.at(), s.channel()));
      case Displayed e when s instanceof Sent || s instanceof Delivered ->
          to(s, new Shown(e.at(), s.channel()));
      case RecallAsked e -> to(s, new Recalling(e.at(), s));
      case TimeUp e when s instanceof Sent -> to(s, Lapsed.of(e.at(), s.channel(), 0));
      case Unwritten e when s instanceof Lapsed l && l.attempt() == e.attempt() ->
          to(s, neverLeft(l, e));
      case Rejected e when s instanceof Sent -> to(s, new Failed(e.at(), e.reason()));
      case Clicked _, SweptAway _, Replaced _, Unreachable _ -> ended(s, event);
      // The device knows what it did with the older one, and says so.
      case NewerCame _, StopAsked _ -> new Stale(s, event);
      // Word of arrival after the lifetime is counted, not believed: Lapsed stays.
      case Arrived _, Displayed _, TimeUp _, Rejected _ -> new Stale(s, event);
      case CameDue _, Routed _, Claimed _, Unwritten _, Accepted _, Deferred _ ->
          new Stale(s, event);
      case RecallDone _, RecallMissed _ -> new Stale(s, event);
    };
  }

  private static DeliveryState neverLeft(Lapsed s, DeliveryEvent event) {
    return switch (s.cause()) {
      case Lapsed.Cause.Lifetime _ -> new Expired(event.at());
      case Lapsed.Cause.Newer(var by) -> new Overridden(event.at(), by, Overridden.How.PREVENTED);
      case Lapsed.Cause.Stop _ -> new Stopped(event.at());
    };
  }

  private static Transition recalling(Recalling s, DeliveryEvent event) {
    return switch (event) {
      case RecallDone e -> to(s, new Recalled(e.at(), How.WITHDRAWN));
      case RecallMissed e -> to(s, new TooLate(e.at()));
      case Unwritten e when inAttempt(s.was(), e.attempt()) ->
          to(s, new Recalled(e.at(), How.PREVENTED));
      case TimeUp e when !e.at().isBefore(s.since().plus(Recall.WINDOW)) ->
          to(s, new Failed(e.at(), RECALL_UNANSWERED));
      case Rejected e when s.was() instanceof Sent -> to(s, new Recalled(e.at(), How.PREVENTED));
      case Arrived _, Displayed _ -> learned(s, event);
      case Clicked _, SweptAway _, Replaced _, Unreachable _ -> ended(s, event);
      case CameDue _, Routed _, Claimed _, Unwritten _, Accepted _, Deferred _ ->
          new Stale(s, event);
      case Rejected _, TimeUp _, RecallAsked _, NewerCame _, StopAsked _ -> new Stale(s, event);
    };
  }

  private static boolean inAttempt(Out was, int attempt) {
    return switch (was) {
      case Sending s -> s.attempt() == attempt;
      case Lapsed s -> s.attempt() == attempt;
      case Sent _, Delivered _, Shown _ -> false;
    };
  }

  /// The device told more of where it stood while our question was on its way.
  private static Transition learned(Recalling s, DeliveryEvent event) {
    return switch (apply(s.was(), event)) {
      case Moved(_, Out now) -> to(s, new Recalling(s.since(), now));
      case Moved _, Stale _, Transition.Unknown _ -> new Stale(s, event);
    };
  }

  /// What ends a delivery wherever it is outside.
  private static Transition ended(DeliveryState s, DeliveryEvent event) {
    return switch (event) {
      case Clicked e -> to(s, new Opened(e.at()));
      case SweptAway e -> to(s, new Dismissed(e.at()));
      case Replaced e -> to(s, new Overridden(e.at(), e.newer(), Overridden.How.REPLACED));
      case Unreachable e -> to(s, new Failed(e.at(), e.reason()));
      case CameDue _, Routed _, Claimed _, Unwritten _, Accepted _, Rejected _, Deferred _ ->
          new Stale(s, event);
      case Arrived _, Displayed _, TimeUp _, RecallAsked _, RecallDone _, RecallMissed _ ->
          new Stale(s, event);
      case NewerCame _, StopAsked _ -> new Stale(s, event);
    };
  }

  private static Transition to(DeliveryState from, DeliveryState to) {
    return new Moved(from, to);
  }
}
