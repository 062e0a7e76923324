// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.time.Duration;

/** Where the connection to the server stands. */
public final class ConnectionState {

  /** The stretches of a connection's life. */
  public enum Phase {
    /** Registering, or opening the connection. */
    CONNECTING,
    /** Messages can arrive. */
    CONNECTED,
    /** The connection failed or was lost; {@link #retryIn()} from now it is tried again. */
    WAITING,
    /**
     * The server does not want this device: a wrong app id or device key, or credentials it refused
     * even after a new registration. It is tried again, but only after a long while; most likely a
     * person has to look.
     */
    REFUSED,
    /**
     * {@link PushClient#close()} or {@link PushClient#leave()} was called, or the storage failed.
     * The end.
     */
    CLOSED
  }

  private final Phase phase;
  private final String cause;
  private final Duration retryIn;

  ConnectionState(Phase phase, String cause, Duration retryIn) {
    this.phase = phase;
    this.cause = cause;
    this.retryIn = retryIn;
  }

  public Phase phase() {
    return phase;
  }

  /** Why, in words for a log; empty when all is well. */
  public String cause() {
    return cause;
  }

  /** Zero unless it waits to try again. */
  public Duration retryIn() {
    return retryIn;
  }

  @Override
  public String toString() {
    return phase
        + (cause.isEmpty() ? "" : " (" + cause + ")")
        + (retryIn.isZero() ? "" : ", next try in " + retryIn.toMillis() + " ms");
  }
}
