// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.delivery;

import dev.boomerang.device.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds what the device remembers of one delivery. Immutable. */
public final class DeliveryRecord {
  static final String RECORD = "delivery";
  private static final String COLLAPSE_KEY = "collapseKey";

  /**
   * Says how far a delivery has come on this device. Each state is stored under a name of its own,
   * so that renaming a constant changes no journal.
   */
  public enum State {
    /**
     * It is stored, and neither displayed nor handed to the app yet. This is the only state that
     * keeps the message itself.
     */
    RECEIVED("received"),
    /** It is displayed, as far as the client knows. */
    SHOWN("shown"),
    /** The user opened it. */
    OPENED("opened"),
    /** The user dismissed it. */
    DISMISSED("dismissed"),
    /** A newer one with its collapse key took its place before it was opened. */
    REPLACED("replaced"),
    /** It was recalled in time, or before it arrived, and so never shown. */
    WITHDRAWN("withdrawn"),
    /** The app answered that it was too late to withdraw it. */
    NOT_WITHDRAWABLE("notWithdrawable"),
    /** It arrived after its lifetime and was never shown. */
    EXPIRED("expired"),
    /** It is a data message that the app has received. */
    DELIVERED_TO_APP("deliveredToApp");

    private final String stored;

    State(String stored) {
      this.stored = stored;
    }

    private static Optional<State> read(String stored) {
      return Stream.of(values()).filter(state -> state.stored.equals(stored)).findFirst();
    }
  }

  public final String id;
  public final String task;
  public final String collapseKey;
  public final State state;

  /** The time until which it must be remembered, in Unix milliseconds. */
  final long keepUntil;

  /** The message as it arrived; empty unless {@link State#RECEIVED}. */
  public final String message;

  public DeliveryRecord(
      String id, String task, String collapseKey, State state, long keepUntil, String message) {
    this.id = id;
    this.task = task;
    this.collapseKey = collapseKey;
    this.state = state;
    this.keepUntil = keepUntil;
    this.message = message;
  }

  /**
   * Reads a stored record. Returns empty if its state is unknown, because a newer version wrote it.
   */
  static Optional<DeliveryRecord> read(Json record) {
    return State.read(record.text("s"))
        .map(
            state ->
                new DeliveryRecord(
                    record.text("d"),
                    record.text("t"),
                    record.text(COLLAPSE_KEY),
                    state,
                    record.number("until"),
                    record.text("m")));
  }

  /** Returns the record that the journal stores. */
  public Json write() {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", RECORD);
    record.put("d", id);
    record.put("t", task);
    record.put("s", state.stored);
    record.put("until", keepUntil);
    if (!collapseKey.isEmpty()) {
      record.put(COLLAPSE_KEY, collapseKey);
    }
    if (!message.isEmpty()) {
      record.put("m", message);
    }
    return new Json(record);
  }

  /** Returns this delivery in another state, without its message. */
  public DeliveryRecord withState(State newState) {
    return new DeliveryRecord(id, task, collapseKey, newState, keepUntil, "");
  }
}
