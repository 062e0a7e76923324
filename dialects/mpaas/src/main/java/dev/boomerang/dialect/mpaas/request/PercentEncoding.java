// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.request;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// Percent-encoding as Aliyun's signatures use it: RFC 3986, everything but `A–Z a–z 0–9 - _ . ~`
/// as `%XX` in upper case. Works on bytes, because it is most of what accepting a call costs.
public final class PercentEncoding {
  /// The most bytes that one byte can become, encoded twice.
  public static final int MAX_GROWTH = 5;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(US_ASCII);
  private static final boolean[] PLAIN = new boolean[256];

  static {
    for (byte b :
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~".getBytes(US_ASCII)) {
      PLAIN[b] = true;
    }
  }

  private PercentEncoding() {}

  /// Decodes `from[start, end)` to `to` at `at`; returns where it ended. `+` is a space. A broken
  /// escape is kept as it is. `to` may be as short as what is decoded.
  static int decode(byte[] from, int start, int end, byte[] to, int at) {
    int out = at;
    for (int in = start; in < end; in++) {
      byte b = from[in];
      if (b == '+') {
        b = ' ';
      } else if (b == '%' && in + 2 < end) {
        int high = Character.digit(from[in + 1], 16);
        int low = Character.digit(from[in + 2], 16);
        if (high >= 0 && low >= 0) {
          b = (byte) (high << 4 | low);
          in += 2;
        }
      }
      to[out++] = b;
    }
    return out;
  }

  /// Encodes `from[start, end)` to `to` at `at`; returns where it ended.
  public static int encode(byte[] from, int start, int end, byte[] to, int at) {
    int out = at;
    for (int in = start; in < end; in++) {
      int b = from[in] & 0xff;
      if (PLAIN[b]) {
        to[out++] = (byte) b;
      } else {
        to[out++] = '%';
        to[out++] = HEX[b >> 4];
        to[out++] = HEX[b & 15];
      }
    }
    return out;
  }

  /// Encodes twice: applies [#encode] to its own result, so that `%` itself becomes `%25`.
  public static int encodeTwice(byte[] from, int start, int end, byte[] to, int at) {
    int out = at;
    for (int in = start; in < end; in++) {
      int b = from[in] & 0xff;
      if (PLAIN[b]) {
        to[out++] = (byte) b;
      } else {
        to[out++] = '%';
        to[out++] = '2';
        to[out++] = '5';
        to[out++] = HEX[b >> 4];
        to[out++] = HEX[b & 15];
      }
    }
    return out;
  }
}
