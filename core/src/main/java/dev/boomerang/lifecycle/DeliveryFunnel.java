// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Scheduled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.DeliveryState.TooLate;
import dev.boomerang.model.push.DeliveryCounts;

/// Says what one delivery counts for in statistics, by its state alone. So a sum of these over
/// deliveries is the truth that any roll-up has to equal, and a change of state changes a roll-up
/// by the difference.
public final class DeliveryFunnel {
  private static final DeliveryCounts WAITING = new DeliveryCounts(1, 0, 0, 0, 0);
  private static final DeliveryCounts PUSHED = new DeliveryCounts(1, 1, 0, 0, 0);
  private static final DeliveryCounts ARRIVED = new DeliveryCounts(1, 1, 1, 0, 0);
  private static final DeliveryCounts OPENED = new DeliveryCounts(1, 1, 1, 1, 0);
  private static final DeliveryCounts IGNORED = new DeliveryCounts(1, 1, 1, 0, 1);

  private DeliveryFunnel() {}

  /// Returns whether it is on a screen, or was opened or removed there.
  public static boolean isSeen(DeliveryState state) {
    return switch (state) {
      case Shown _, Opened _, Dismissed _ -> true;
      case Recalling s -> isSeen(s.was());
      case Scheduled _, Pending _, Queued _, Expired _, Stopped _ -> false;
      case Sending _, Sent _, Abandoned _, Delivered _ -> false;
      case Recalled _, TooLate _, Failed _, Overridden _ -> false;
    };
  }

  public static DeliveryCounts of(DeliveryState state) {
    return switch (state) {
      case Scheduled _, Pending _, Queued _, Expired _, Stopped _ -> WAITING;
      case Sending _, Sent _, Abandoned _ -> PUSHED;
      case Delivered _, Shown _ -> ARRIVED;
      case Recalling s -> of(s.was());
      case Opened _ -> OPENED;
      case Dismissed _ -> IGNORED;
      case Recalled(var _, Recalled.Outcome outcome) ->
          switch (outcome) {
            case PREVENTED -> WAITING;
            case WITHDRAWN -> ARRIVED;
          };
      case TooLate _ -> ARRIVED;
      case Failed f when f.reason().equals(Lifecycle.RECALL_UNANSWERED) -> PUSHED;
      case Overridden(var _, var _, Overridden.Outcome outcome) ->
          switch (outcome) {
            case PREVENTED -> WAITING;
            case REPLACED -> ARRIVED;
          };
      case Failed _ -> WAITING;
    };
  }
}
