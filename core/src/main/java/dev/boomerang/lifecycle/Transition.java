// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

/// Says what an event did to a delivery.
public sealed interface Transition {

  record Moved(DeliveryState from, DeliveryState to) implements Transition {}

  /// The event changes nothing any more. Receipts come late, twice and out of order: that is
  /// ordinary, counted, never an error.
  record Stale(DeliveryState state, DeliveryEvent event) implements Transition {}

  /// There is no such delivery, or no longer.
  record Unknown() implements Transition {}
}
