// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.recall;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Dispatched;
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
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.port.BroadcastStore;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// Counts what a recall achieved, delivery by delivery, as things stand now. The parts add up to
/// the deliveries it is about.
public record RecallReport(Map<Part, Integer> parts) {

  public enum Part {
    /// The delivery never reached a device and never will.
    PREVENTED("prevented"),
    /// Taken off the device before it was opened.
    WITHDRAWN("withdrawn"),
    /// The withdraw command waits for the device, or for its answer.
    WAITING("waiting"),
    /// Opened before the recall came, or the device never answered it within 7 days.
    TOO_LATE("tooLate"),
    /// The person had removed it unopened.
    DISMISSED("dismissed"),
    /// The channel it went by has no way to take it back.
    UNSUPPORTED("unsupported");

    private final String wire;

    Part(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  public RecallReport {
    parts = Map.copyOf(parts);
  }

  public int count(Part part) {
    return parts.getOrDefault(part, 0);
  }

  public int total() {
    return parts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// Builds the report of a broadcast. `here` holds the statuses of the deliveries whose devices
  /// are connected, read a moment before.
  static RecallReport of(
      BroadcastStore.BroadcastCounts broadcastCounts, Collection<DeliveryStatus> here) {
    Map<Part, Integer> parts = new EnumMap<>(Part.class);
    broadcastCounts
        .byStatus()
        .forEach(
            (deliveryStatus, count) -> {
              int connected =
                  Math.min(count, (int) here.stream().filter(deliveryStatus::equals).count());
              switch (deliveryStatus) {
                case SCHEDULED, PENDING, QUEUED, STOPPED, EXPIRED ->
                    add(parts, Part.PREVENTED, count);
                case OVERRIDDEN -> {
                  add(parts, Part.WITHDRAWN, broadcastCounts.replaced());
                  add(parts, Part.PREVENTED, count - broadcastCounts.replaced());
                }
                case SENDING, SENT, DELIVERED, SHOWN, ABANDONED -> {
                  add(parts, Part.WITHDRAWN, connected);
                  add(parts, Part.WAITING, count - connected);
                }
                case RECALLING -> add(parts, Part.WAITING, count);
                case RECALLED -> {
                  add(parts, Part.PREVENTED, broadcastCounts.prevented());
                  add(parts, Part.WITHDRAWN, count - broadcastCounts.prevented());
                }
                // A broadcast's delivery fails only when its device never answered the recall.
                case OPENED, TOO_LATE, FAILED -> add(parts, Part.TOO_LATE, count);
                case DISMISSED -> add(parts, Part.DISMISSED, count);
              }
            });
    return new RecallReport(parts);
  }

  private static void add(Map<Part, Integer> parts, Part part, int count) {
    if (count > 0) {
      parts.merge(part, count, Integer::sum);
    }
  }

  /// Returns the part that a delivery counts under. `attached` matters only before the recall: it
  /// says whether the device would answer at once.
  static Part part(DeliveryState state, boolean attached) {
    return switch (state) {
      case Scheduled _, Pending _, Queued _ -> Part.PREVENTED;
      case Sending s -> taken(s, attached);
      case Sent s -> taken(s, attached);
      case Delivered s -> taken(s, attached);
      case Shown s -> taken(s, attached);
      case Abandoned s -> taken(s, attached);
      case Recalling _ -> Part.WAITING;
      case Opened _, TooLate _ -> Part.TOO_LATE;
      case Dismissed _ -> Part.DISMISSED;
      case Recalled(_, Recalled.Outcome outcome) ->
          switch (outcome) {
            case PREVENTED -> Part.PREVENTED;
            case WITHDRAWN -> Part.WITHDRAWN;
          };
      case Failed f when f.reason().equals(Lifecycle.RECALL_UNANSWERED) -> Part.TOO_LATE;
      case Overridden(var _, var _, Overridden.Outcome outcome) ->
          switch (outcome) {
            case PREVENTED -> Part.PREVENTED;
            case REPLACED -> Part.WITHDRAWN;
          };
      case Failed _, Expired _, Stopped _ -> Part.PREVENTED;
    };
  }

  private static Part taken(Dispatched state, boolean attached) {
    if (!state.channel().isSelf()) {
      return Part.UNSUPPORTED;
    }
    return attached ? Part.WITHDRAWN : Part.WAITING;
  }
}
