// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.time.Duration;

/** The state of the connection to the server. Immutable. */
public final class ConnectionState {

  /** The phases of a connection. */
  public enum Phase {
    /** The client registers, or opens the connection. */
    CONNECTING,
    /** Messages can arrive. */
    CONNECTED,
    /** The connection failed or was lost; it is tried again after {@link #retryIn()}. */
    WAITING,
    /**
     * The server refuses this device: the app id or device key is wrong, or the credentials were
     * refused even after a new registration. It is tried again, but only after a long while; most
     * likely a person has to look.
     */
    REFUSED,
    /**
     * {@link PushClient#close()} or {@link PushClient#unregister()} was called, or the storage
     * failed. This phase is final.
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

  /** Returns the phase. */
  public Phase phase() {
    return phase;
  }

  /** Returns the reason as text for a log; empty when all is well. */
  public String cause() {
    return cause;
  }

  /** Returns how long until the next try; zero unless the client waits for one. */
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
