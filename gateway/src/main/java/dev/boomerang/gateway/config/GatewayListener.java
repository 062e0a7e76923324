// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.config;

/// Told what the gateway does, for metrics. Called from event loops and other busy threads: must
/// not block, must not throw, and decides nothing. A `reason` is one of a fixed, small set of
/// names, fit for a label.
public interface GatewayListener {
  GatewayListener NONE = new GatewayListener() {};

  /// A connection was accepted, before anything is known of it.
  default void opened() {}

  /// A connection is gone. Follows each [#opened] once.
  default void closed() {}

  /// A device is in. `protocol` is `mqtt-3.1`, `mqtt-3.1.1` or `mqtt-5`.
  default void connected(String protocol) {}

  /// A device that was in is out.
  default void disconnected(String reason) {}

  /// A connection was refused before a device was in.
  default void refused(String reason) {}

  /// A device has read all that waited for it; what comes now reaches it straight away. May happen
  /// more than once in a connection.
  default void caughtUp() {}

  /// A parcel was written.
  default void sent() {}

  /// A device acknowledged a parcel.
  default void acknowledged() {}

  /// A withdraw command for so many deliveries was written.
  default void withdrawn(int deliveries) {}

  /// A parcel that was in a session's hands was not written: `fenced`, `expired`, `too-large` or
  /// `closed`.
  default void dropped(String reason) {}

  /// So many receipts of one device are durable.
  default void receipts(int count) {}
}
