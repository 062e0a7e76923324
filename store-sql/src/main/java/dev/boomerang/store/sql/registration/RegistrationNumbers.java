// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.registration;

import dev.boomerang.port.SegmentStore.RegistrationSet;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/// Holds a set of registrations as the numbers that the store gave them.
public record RegistrationNumbers(RoaringBitmap bits) implements RegistrationSet {

  /// Returns the numbers of a set that this store made; throws for one of another store.
  public static RegistrationNumbers of(RegistrationSet registrationSet) {
    if (registrationSet instanceof RegistrationNumbers numbers) {
      return numbers;
    }
    throw new IllegalArgumentException("the registration set belongs to another store");
  }

  @Override
  public int size() {
    return bits.getCardinality();
  }

  /// Returns, for each chunk that has any of these registrations, their offsets in it.
  public Map<Integer, RoaringBitmap> chunks() {
    return NumberChunks.split(bits);
  }
}
