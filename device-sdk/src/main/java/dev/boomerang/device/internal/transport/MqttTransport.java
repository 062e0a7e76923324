// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.transport;

import dev.boomerang.device.internal.registration.Registration;

/** Opens connections to the gateway. */
public interface MqttTransport {

  /**
   * Starts to connect and to subscribe; does not block. The outcome is reported to {@code events},
   * on any thread.
   */
  Connection open(Registration registration, Events events);

  /** A connection, from its start to its end. No method blocks or throws. */
  interface Connection {

    /** Sends one batch of receipts; {@link Events#published} follows when the server has it. */
    void publish(byte[] receipts);

    /** Acknowledges a message to the server, because it is stored. */
    void acknowledge(int message);

    /** Ends the connection; if {@code gracefully}, after a moment for what was just published. */
    void close(boolean gracefully);
  }

  /** Receives the events of a connection. Nothing follows {@link #refused} or {@link #lost}. */
  interface Events {
    /** The connection is up and subscribed. */
    void ready();

    /** The server does not accept the credentials. */
    void refused(String reason);

    /** The connection failed or was lost. */
    void lost(String reason);

    /** A message arrived, to be acknowledged by its number. */
    void messageArrived(int message, byte[] payload);

    /** The server acknowledged the batch of receipts. */
    void published();
  }
}
