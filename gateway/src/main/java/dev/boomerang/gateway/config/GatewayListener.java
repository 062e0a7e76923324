// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.config;

/// Learns what the gateway does, for metrics. It is called on event loops and other busy threads:
/// it must not block, must not throw, and decides nothing. A `reason` is one of a small, fixed set
/// of names that fits a metric's label.
public interface GatewayListener {
  GatewayListener NONE = new GatewayListener() {};

  /// Counts an accepted connection, of which nothing is known yet.
  default void opened() {}

  /// Counts a closed connection. Follows each [#opened] once.
  default void closed() {}

  /// Counts a connected device. `protocol` is `mqtt-3.1`, `mqtt-3.1.1` or `mqtt-5`.
  default void connected(String protocol) {}

  /// Counts the end of a device's connection, after [#connected].
  default void disconnected(String reason) {}

  /// Counts a connection that was refused before a device was connected.
  default void refused(String reason) {}

  /// Counts a device that has read its whole mailbox: what comes now reaches it at once. It may
  /// happen more than once in a connection.
  default void caughtUp() {}

  /// Counts a message that was written to a device.
  default void sent() {}

  /// Counts a message that a device acknowledged.
  default void acknowledged() {}

  /// Counts a withdraw command for so many deliveries that was written.
  default void withdrawn(int deliveries) {}

  /// Counts a message that a session dropped unsent: `fenced`, `expired`, `too-large` or `closed`.
  default void dropped(String reason) {}

  /// Counts receipts of one device that are stored durably.
  default void receipts(int count) {}
}
