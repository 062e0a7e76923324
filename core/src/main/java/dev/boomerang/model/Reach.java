// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.util.Map;

/// How a registration can be reached. `secretHash` is empty when the device never registered itself
/// and so cannot connect. `vendorTokens` are by channel name.
public record Reach(String secretHash, Map<String, String> vendorTokens, boolean notificationsOn) {
  public Reach {
    vendorTokens = Map.copyOf(vendorTokens);
  }

  public boolean canConnect() {
    return !secretHash.isEmpty();
  }
}
