// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

/// Counts of deliveries. `total` includes targets that no registration answered to; `pushed` were
/// handed over to a device or a vendor, `arrived` are known to have reached the device, `opened`
/// were opened, `ignored` were removed unopened. Each includes those after it, but the last two
/// exclude each other.
public record DeliveryCounts(long total, long pushed, long arrived, long opened, long ignored) {
  public static final DeliveryCounts NONE = new DeliveryCounts(0, 0, 0, 0, 0);

  public DeliveryCounts plus(DeliveryCounts more) {
    return new DeliveryCounts(
        total + more.total,
        pushed + more.pushed,
        arrived + more.arrived,
        opened + more.opened,
        ignored + more.ignored);
  }

  public DeliveryCounts minus(DeliveryCounts less) {
    return new DeliveryCounts(
        total - less.total,
        pushed - less.pushed,
        arrived - less.arrived,
        opened - less.opened,
        ignored - less.ignored);
  }

  public DeliveryCounts times(int factor) {
    return new DeliveryCounts(
        total * factor, pushed * factor, arrived * factor, opened * factor, ignored * factor);
  }

  public boolean isZero() {
    return equals(NONE);
  }
}
