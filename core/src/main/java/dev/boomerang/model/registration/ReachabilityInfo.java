// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.registration;

import java.util.Map;

/// Tells how a registration can be reached. `secretHash` is empty when the device never registered
/// itself and so cannot connect. `vendorTokens` are by channel name. A `blocked` registration gets
/// no pushes of its app.
public record ReachabilityInfo(
    String secretHash, Map<String, String> vendorTokens, boolean notificationsOn, boolean blocked) {
  public ReachabilityInfo {
    vendorTokens = Map.copyOf(vendorTokens);
  }

  /// Returns the information of a device whose notifications are on.
  public static ReachabilityInfo of(String secretHash, Map<String, String> vendorTokens) {
    return new ReachabilityInfo(secretHash, vendorTokens, true, false);
  }

  public ReachabilityInfo vendorTokens(Map<String, String> tokens) {
    return new ReachabilityInfo(secretHash, tokens, notificationsOn, blocked);
  }

  public ReachabilityInfo notificationsOn(boolean on) {
    return new ReachabilityInfo(secretHash, vendorTokens, on, blocked);
  }

  public ReachabilityInfo blocked(boolean now) {
    return new ReachabilityInfo(secretHash, vendorTokens, notificationsOn, now);
  }
}
