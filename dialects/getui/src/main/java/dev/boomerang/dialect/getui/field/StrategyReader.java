// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.field;

import dev.boomerang.model.push.Strategy;
import dev.boomerang.web.field.Fields;

/// Reads `strategy`, which says by which channels a push may go: `{"default": 1, "hw": 2, …}`.
///
/// Source: Getui "RestAPI V2", settings.strategy.
public final class StrategyReader {
  private StrategyReader() {}

  /// Returns the default strategy. Strategies of single vendors are checked and are for their
  /// channels.
  public static Strategy of(Fields strategy) {
    for (String vendor : strategy.names()) {
      strategy.number(vendor, 1, 4);
    }
    return switch (strategy.number("default", 1, 4).orElse(1L).intValue()) {
      case 2 -> Strategy.VENDOR_ONLY;
      case 3 -> Strategy.SELF_ONLY;
      case 4 -> Strategy.VENDOR_ELSE_SELF;
      default -> Strategy.ONLINE_ELSE_VENDOR;
    };
  }
}
