// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.limit;

import dev.boomerang.web.limit.MemoryBudget.Grant;
import dev.boomerang.web.limit.MemoryBudget.Lease;
import java.util.function.Supplier;

/// Charges what a call is about to hold to its [Lease], from wherever in the call text is
/// multiplied: unpacked, parsed, filled in. Code that runs in no call of a server is not charged.
public final class CallMemory {
  private static final ScopedValue<Lease> CURRENT = ScopedValue.newInstance();

  private CallMemory() {}

  /// Runs a call; what it charges is the lease's.
  public static <T> T within(Lease lease, Supplier<T> call) {
    return ScopedValue.where(CURRENT, lease).call(call::get);
  }

  /// Takes bytes before they are used; they are given back when the call has been answered. Throws
  /// [MemoryExceededException] if they are not to be had.
  public static void charge(long bytes) {
    if (!CURRENT.isBound()) {
      return;
    }
    Lease lease = CURRENT.get();
    Grant grant = lease.grow(bytes);
    if (grant != Grant.GRANTED) {
      throw new MemoryExceededException(grant == Grant.TOO_LARGE);
    }
  }

  /// Charges the call to a caller whose key was good, from here on and for what it has.
  public static void identify(String caller) {
    if (CURRENT.isBound()) {
      CURRENT.get().identify(caller);
    }
  }
}
