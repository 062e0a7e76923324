// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.util.Map;

/// How a registration can be reached. `secretHash` is empty when the device never registered itself
/// and so cannot connect. `vendorTokens` are by channel name. To a `blocked` one the app pushes
/// nothing.
public record Reach(
    String secretHash, Map<String, String> vendorTokens, boolean notificationsOn, boolean blocked) {
  public Reach {
    vendorTokens = Map.copyOf(vendorTokens);
  }

  /// Of one whose notifications are on.
  public static Reach of(String secretHash, Map<String, String> vendorTokens) {
    return new Reach(secretHash, vendorTokens, true, false);
  }

  public Reach vendorTokens(Map<String, String> tokens) {
    return new Reach(secretHash, tokens, notificationsOn, blocked);
  }

  public Reach notificationsOn(boolean on) {
    return new Reach(secretHash, vendorTokens, on, blocked);
  }

  public Reach blocked(boolean now) {
    return new Reach(secretHash, vendorTokens, notificationsOn, now);
  }
}
