// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import java.util.List;

/// What a session may do with its connection. The first group is for the event loop only and does
/// not block; what is written goes out in the order of the calls.
public interface DeviceLink {

  /// False while so much is on its way that more would only pile up here.
  boolean isWritable();

  /// Writes a parcel. False if it is larger than the device takes; then nothing was written.
  boolean publish(int packetId, DeliveryAttempt deliveryAttempt);

  /// Writes a withdraw command.
  void withdraw(int packetId, List<DeliveryId> deliveries);

  /// Writes a PUBACK. MQTT 3.1.1 knows no reason in it.
  void acknowledge(int packetId, ReasonCode reasonCode);

  /// Stops (`held`) or resumes reading from the device, as far as the session is concerned.
  void pauseReading(boolean held);

  /// Says why, and closes. The session is told of its end before this returns.
  void disconnect(ReasonCode reasonCode);

  /// From any thread: runs the task on the event loop, tasks in the order of the calls. False if
  /// the loop has stopped.
  boolean execute(Runnable task);

  /// From any thread: runs the task where it may block.
  void runBlocking(Runnable task);

  /// Runs the task on the event loop in a moment: about a second.
  void schedule(Runnable task);
}
