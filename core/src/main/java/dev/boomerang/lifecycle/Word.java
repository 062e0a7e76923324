// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Final;
import dev.boomerang.lifecycle.DeliveryState.Lapsed;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.DeliveryState.TooLate;
import dev.boomerang.model.Callback.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a push's callback is told of one delivery. `cause` is there for [Event#NOT_RECEIVED]: the
/// state it ended in, or the reason it failed for; else empty.
///
/// Over a delivery's life there is at most one of `RECEIVED` and `NOT_RECEIVED`, and at most one
/// `CLICKED`, which has a `RECEIVED` or a `NOT_RECEIVED` before it. Both follow from the states
/// alone: what is on the device is what [Milestones] counts as arrived, so the analysis and the
/// callbacks tell the same.
public record Word(Event event, String cause) {

  /// What a step tells, in order, of what is asked for.
  public static List<Word> of(Set<Event> asked, DeliveryState from, DeliveryState to) {
    return asked.isEmpty() ? List.of() : among(asked, from, to);
  }

  /// What a delivery that begins in this state tells.
  public static List<Word> beginning(Set<Event> asked, DeliveryState state) {
    return asked.isEmpty()
        ? List.of()
        : reception(state).filter(word -> asked.contains(word.event())).stream().toList();
  }

  private static List<Word> among(Set<Event> asked, DeliveryState from, DeliveryState to) {
    var words = new ArrayList<Word>(2);
    if (reception(from).isEmpty()) {
      reception(to).ifPresent(words::add);
    }
    if (to instanceof Opened && !(from instanceof Opened)) {
      words.add(new Word(Event.CLICKED, ""));
    }
    words.removeIf(word -> !asked.contains(word.event()));
    return words;
  }

  /// What is told by the time a delivery is in this state, if it is known whether the device got
  /// it.
  private static Optional<Word> reception(DeliveryState state) {
    if (Milestones.of(state).arrived() > 0) {
      return Optional.of(new Word(Event.RECEIVED, ""));
    }
    return switch (state) {
      case Lapsed s ->
          switch (s.cause()) {
            case Lapsed.Cause.Lifetime _ -> missed(s.phase().wire());
            // It may well be there: only the device can say.
            case Lapsed.Cause.Newer _, Lapsed.Cause.Stop _ -> Optional.empty();
          };
      case Recalling s -> reception(s.was());
      case Final s -> missed(cause(s));
      case DeliveryState.Scheduled _, DeliveryState.Pending _, DeliveryState.Queued _ ->
          Optional.empty();
      case DeliveryState.Sending _, DeliveryState.Sent _ -> Optional.empty();
      case DeliveryState.Delivered _, DeliveryState.Shown _ -> Optional.empty();
    };
  }

  private static String cause(Final state) {
    return switch (state) {
      case Failed s -> s.reason();
      case Expired _, Recalled _, Stopped _, Overridden _, Opened _, Dismissed _, TooLate _ ->
          state.phase().wire();
    };
  }

  private static Optional<Word> missed(String cause) {
    return Optional.of(new Word(Event.NOT_RECEIVED, cause));
  }
}
