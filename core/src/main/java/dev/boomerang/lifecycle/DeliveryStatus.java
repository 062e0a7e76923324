// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import java.util.Locale;

/// Names a [DeliveryState] without its data, for counts, timelines and reports. The order is the
/// order of a life.
public enum DeliveryStatus {
  SCHEDULED,
  PENDING,
  QUEUED,
  SENDING,
  SENT,
  DELIVERED,
  SHOWN,
  ABANDONED,
  RECALLING,
  OPENED,
  DISMISSED,
  RECALLED,
  TOO_LATE,
  OVERRIDDEN,
  STOPPED,
  EXPIRED,
  FAILED;

  /// Returns the name in the native API, in lower camel case.
  public String wire() {
    return this == TOO_LATE ? "tooLate" : name().toLowerCase(Locale.ROOT);
  }
}
