// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import dev.boomerang.lifecycle.DeliveryStatus;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Decodes statuses from the names they are stored under.
public final class DeliveryStatusCodec {
  private static final Map<String, DeliveryStatus> BY_NAME =
      Arrays.stream(DeliveryStatus.values())
          .collect(Collectors.toUnmodifiableMap(DeliveryStatus::wire, Function.identity()));

  private DeliveryStatusCodec() {}

  public static DeliveryStatus parse(String name) {
    DeliveryStatus deliveryStatus = BY_NAME.get(name);
    if (deliveryStatus == null) {
      throw new IllegalArgumentException("no delivery status is named " + name);
    }
    return deliveryStatus;
  }
}
