// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// Is a device link without a socket: the test decides when the loop runs, when the store answers,
/// and when the device does.
public final class FakeDeviceLink implements DeviceLink {
  final Queue<Runnable> loopTasks = new ArrayDeque<>();
  final Queue<Runnable> blockingTasks = new ArrayDeque<>();
  final List<DeliveryId> published = new ArrayList<>();
  final List<DeliveryId> withdrawn = new ArrayList<>();
  final Map<Integer, ReasonCode> acknowledged = new LinkedHashMap<>();
  final Queue<Integer> unacknowledged = new ArrayDeque<>();
  boolean writable = true;
  boolean readingPaused;
  Optional<ReasonCode> ended = Optional.empty();

  /// Runs everything that can run, until nothing can.
  void settle() {
    while (!loopTasks.isEmpty() || !blockingTasks.isEmpty()) {
      Optional.ofNullable(loopTasks.poll()).ifPresent(Runnable::run);
      Optional.ofNullable(blockingTasks.poll()).ifPresent(Runnable::run);
    }
  }

  @Override
  public boolean isWritable() {
    return writable;
  }

  @Override
  public boolean publish(int packetId, DeliveryAttempt deliveryAttempt) {
    published.add(deliveryAttempt.delivery());
    unacknowledged.add(packetId);
    return true;
  }

  @Override
  public void withdraw(int packetId, List<DeliveryId> deliveries) {
    withdrawn.addAll(deliveries);
    unacknowledged.add(packetId);
  }

  @Override
  public void acknowledge(int packetId, ReasonCode reasonCode) {
    acknowledged.put(packetId, reasonCode);
  }

  @Override
  public void pauseReading(boolean paused) {
    readingPaused = paused;
  }

  @Override
  public void disconnect(ReasonCode reasonCode) {
    ended = Optional.of(reasonCode);
  }

  @Override
  public boolean execute(Runnable task) {
    return loopTasks.add(task);
  }

  @Override
  public void runBlocking(Runnable task) {
    blockingTasks.add(task);
  }

  @Override
  public void schedule(Runnable task) {
    loopTasks.add(task);
  }
}
