// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import java.util.List;

/// The side of a connection that a session may use. The first group of methods is for the event
/// loop only and does not block; packets go out in the order of the calls.
public interface DeviceLink {

  /// Returns whether there is room to write. False while the socket's buffer is full.
  boolean isWritable();

  /// Writes a message. False if it is larger than the device accepts; nothing was written then.
  boolean publish(int packetId, DeliveryAttempt deliveryAttempt);

  /// Writes a withdraw command.
  void withdraw(int packetId, List<DeliveryId> deliveries);

  /// Writes a PUBACK. MQTT 3.1.1 has no reason in it.
  void acknowledge(int packetId, ReasonCode reasonCode);

  /// Pauses or resumes reading from the device for the session's sake.
  void pauseReading(boolean paused);

  /// Sends the reason and closes. Before this returns, [Session#onClosed] has been called.
  void disconnect(ReasonCode reasonCode);

  /// Runs the task on the event loop, tasks in the order of the calls. From any thread. False if
  /// the loop has stopped.
  boolean execute(Runnable task);

  /// Runs the task on a thread that may block. From any thread.
  void runBlocking(Runnable task);

  /// Runs the task on the event loop after about a second.
  void schedule(Runnable task);
}
