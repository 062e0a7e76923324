// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.Phase;

/// What became of a push for one user at the moment of its acceptance.
public enum Status {
  ONLINE("successed_online"),
  /// It waits for its user.
  OFFLINE("successed_offline"),
  /// Nothing is delivered: unknown, on the blacklist, or not here for too long.
  IGNORED("successed_ignore");

  private final String wire;

  Status(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }

  /// As it was when the delivery began, whatever has happened since: a repeated call gets the first
  /// answer.
  static Status of(Delivery delivery) {
    return delivery.timeline().getFirst().phase() == Phase.SENDING ? ONLINE : OFFLINE;
  }

  static Status of(boolean connected) {
    return connected ? ONLINE : OFFLINE;
  }
}
