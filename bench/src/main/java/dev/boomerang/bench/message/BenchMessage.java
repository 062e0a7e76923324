// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The message all drivers send: a short notification. For brokers, the same bytes as our gateway
/// makes of it.
public final class BenchMessage {
  public static final String BODY =
      "Your parcel waits in locker 12 until Friday evening. Bring the code that we sent you"
          + " before.";

  private BenchMessage() {}

  public static String title(long stamp) {
    return "Parcel " + MessageStamp.text(stamp);
  }

  public static byte[] payload(String registration, long stamp) {
    return ("{\"type\":\"notify\",\"delivery\":\"1780855253508096-"
            + registration
            + "\",\"task\":\"1780855253508096\",\"title\":\""
            + title(stamp)
            + "\",\"body\":\""
            + BODY
            + "\",\"style\":\"default\",\"sentAt\":1795226357318,\"extras\":{},"
            + "\"expiresAt\":1795229957318}")
        .getBytes(UTF_8);
  }
}
