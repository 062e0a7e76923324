// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import java.time.Instant;
import java.util.Optional;

/// A receipt is a device's report about one delivery. `at` is the device's own clock and is only
/// reported, never decided by. `by` is the task that replaced it, with [Event#REPLACED].
public record Receipt(DeliveryId delivery, Event event, Instant at, TaskId by) {
  public Receipt(DeliveryId delivery, Event event, Instant at) {
    this(delivery, event, at, TaskId.NONE);
  }

  public enum Event {
    SHOWN("shown"),
    OPENED("opened"),
    DISMISSED("dismissed"),
    /// Taken off before it was opened, or never shown at all.
    WITHDRAWN("withdrawn"),
    /// The withdraw command came after it was opened or gone.
    TOO_LATE("tooLate"),
    /// A newer one of its slot took its place before it was opened.
    REPLACED("replaced");

    private final String wire;

    Event(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }

    public static Optional<Event> parse(String wire) {
      for (Event event : values()) {
        if (event.wire.equals(wire)) {
          return Optional.of(event);
        }
      }
      return Optional.empty();
    }
  }
}
