// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.message;

import io.netty.buffer.ByteBuf;

/// A number inside a message's text, by which the driver knows it again: the time it was sent at or
/// which one it is. Always the same length, so it is mostly found where the last one was.
public final class MessageStamp {
  static final long NONE = -1;

  private static final int DIGITS = 19;
  private static final int MARK = '~';
  private static final int SECOND_MARK = '#';
  private static final int LENGTH = 2 + DIGITS;

  /// Where the last stamp was; looked at first. It makes this class fit for one thread only.
  private int lastOffset;

  /// Returns the stamp: `~#` and nineteen digits, as many as the largest `long` has. `number` is at
  /// least 0.
  public static String text(long number) {
    var text = new StringBuilder(LENGTH).append((char) MARK).append((char) SECOND_MARK);
    String digits = Long.toString(number);
    return text.repeat('0', DIGITS - digits.length()).append(digits).toString();
  }

  /// Returns the number of the first stamp in the `length` bytes at `from`, or [#NONE] if there is
  /// none, as in a withdrawal. The reader index stays.
  public long read(ByteBuf in, int from, int length) {
    if (isAt(in, from + lastOffset, from + length)) {
      return number(in, from + lastOffset + 2);
    }
    for (int offset = 0; offset + LENGTH <= length; offset++) {
      if (isAt(in, from + offset, from + length)) {
        lastOffset = offset;
        return number(in, from + offset + 2);
      }
    }
    return NONE;
  }

  private static boolean isAt(ByteBuf in, int at, int end) {
    return at + LENGTH <= end && in.getByte(at) == MARK && in.getByte(at + 1) == SECOND_MARK;
  }

  private static long number(ByteBuf in, int at) {
    long number = 0;
    for (int i = 0; i < DIGITS; i++) {
      number = number * 10 + (in.getByte(at + i) - '0');
    }
    return number;
  }
}
