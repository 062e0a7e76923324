// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.registration;

import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/// Splits registration numbers into chunks of 16,384: the high bits of a number are its chunk, the
/// low bits its offset there. Every bitmap in the database covers one chunk, so that a change
/// writes little.
public final class NumberChunks {
  private static final int BITS = 14;

  private NumberChunks() {}

  public static int chunk(int number) {
    return number >> BITS;
  }

  public static int offset(int number) {
    return number & (1 << BITS) - 1;
  }

  public static int number(int chunk, int offset) {
    return chunk << BITS | offset;
  }

  /// Returns, for each chunk that has any of the numbers, their offsets in it. A transaction waits
  /// for this, so whole containers are moved instead of single numbers.
  public static Map<Integer, RoaringBitmap> split(RoaringBitmap numbers) {
    var chunks = new TreeMap<Integer, RoaringBitmap>();
    long next = numbers.nextValue(0);
    while (next >= 0) {
      int chunk = chunk((int) next);
      int first = number(chunk, 0);
      int end = number(chunk + 1, 0);
      chunks.put(chunk, RoaringBitmap.addOffset(numbers.selectRange(first, end), -first));
      next = numbers.nextValue(end);
    }
    return chunks;
  }
}
