// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.load;

import dev.boomerang.bench.message.MqttPackets.Identity;
import java.util.List;
import java.util.stream.IntStream;

/// Devices for a broker that lets everybody in.
public final class DeviceIdentities {
  private DeviceIdentities() {}

  public static List<Identity> make(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "%023d".formatted(i))
        .map(id -> new Identity(id, "bench", "bench", "push/" + id))
        .toList();
  }

  /// All subscribed to the same topic.
  public static List<Identity> listening(int count, String topic) {
    return make(count).stream()
        .map(id -> new Identity(id.clientId(), id.user(), id.password(), topic))
        .toList();
  }
}
