// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.registration;

import dev.boomerang.model.text.Preconditions;

/// A channel is a way to reach a device. [#SELF] is our own gateway; every other one is a vendor's.
public record ChannelId(String value) {
  public static final ChannelId SELF = new ChannelId("self");

  public ChannelId {
    Preconditions.checkText("channel id", value, 1, 16);
  }

  /// Returns whether what we send over it, a withdraw command included, goes straight to the
  /// device.
  public boolean isSelf() {
    return value.equals(SELF.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
