// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

/// Counts of deliveries. `total` includes targets that no registration answered to; `pushed` were
/// handed over to a device or a vendor, `arrived` are known to have reached the device, `opened`
/// were opened, `ignored` were removed unopened. Each includes those after it, but the last two
/// exclude each other.
public record Tally(long total, long pushed, long arrived, long opened, long ignored) {
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

  public Tally plus(Tally more) {
    return new Tally(
        total + more.total,
        pushed + more.pushed,
        arrived + more.arrived,
        opened + more.opened,
        ignored + more.ignored);
  }

  public Tally minus(Tally less) {
    return new Tally(
        total - less.total,
        pushed - less.pushed,
        arrived - less.arrived,
        opened - less.opened,
        ignored - less.ignored);
  }

  public Tally times(int factor) {
    return new Tally(
        total * factor, pushed * factor, arrived * factor, opened * factor, ignored * factor);
  }

  public boolean isNone() {
    return equals(NONE);
  }
}
