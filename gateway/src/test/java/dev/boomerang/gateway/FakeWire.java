// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// A wire without a socket: whoever holds it decides when the loop runs, when the store answers,
/// and when the device does.
final class FakeWire implements Wire {
  final Queue<Runnable> loop = new ArrayDeque<>();
  final Queue<Runnable> aside = new ArrayDeque<>();
  final List<DeliveryId> parcels = new ArrayList<>();
  final List<DeliveryId> withdrawn = new ArrayList<>();
  final Map<Integer, Reason> acknowledged = new LinkedHashMap<>();
  final Queue<Integer> unacknowledged = new ArrayDeque<>();
  boolean room = true;
  boolean held;
  Optional<Reason> ended = Optional.empty();

  /// Everything that can run, until nothing can.
  void settle() {
    while (!loop.isEmpty() || !aside.isEmpty()) {
      Optional.ofNullable(loop.poll()).ifPresent(Runnable::run);
      Optional.ofNullable(aside.poll()).ifPresent(Runnable::run);
    }
  }

  @Override
  public boolean hasRoom() {
    return room;
  }

  @Override
  public boolean parcel(int packetId, DeliveryAttempt deliveryAttempt) {
    parcels.add(deliveryAttempt.delivery());
    unacknowledged.add(packetId);
    return true;
  }

  @Override
  public void withdraw(int packetId, List<DeliveryId> deliveries) {
    withdrawn.addAll(deliveries);
    unacknowledged.add(packetId);
  }

  @Override
  public void acknowledge(int packetId, Reason reason) {
    acknowledged.put(packetId, reason);
  }

  @Override
  public void hold(boolean nowHeld) {
    held = nowHeld;
  }

  @Override
  public void end(Reason reason) {
    ended = Optional.of(reason);
  }

  @Override
  public boolean onLoop(Runnable task) {
    return loop.add(task);
  }

  @Override
  public void aside(Runnable task) {
    aside.add(task);
  }

  @Override
  public void later(Runnable task) {
    loop.add(task);
  }
}
