// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.transport;

import dev.boomerang.device.internal.registration.Registration;

/** Opens connections to the gateway. */
public interface MqttTransport {

  /**
   * Starts to connect and to subscribe; does not block. What becomes of it, the events tell, on any
   * thread.
   */
  Connection open(Registration registration, Events events);

  /** A connection, from the first try to the end. No method blocks or throws. */
  interface Connection {

    /** Sends one batch of receipts; {@link Events#published} follows when the server has it. */
    void publish(byte[] receipts);

    /** Tells the server that a message is in our storage. */
    void acknowledge(int message);

    /** Ends it, after what was published just now has had a moment to leave if {@code politely}. */
    void close(boolean gracefully);
  }

  /** What a link tells. After {@link #refused} or {@link #lost}, nothing more. */
  interface Events {
    void ready();

    /** The server does not accept the credentials. */
    void refused(String reason);

    void lost(String reason);

    void messageArrived(int message, byte[] payload);

    void published();
  }
}
