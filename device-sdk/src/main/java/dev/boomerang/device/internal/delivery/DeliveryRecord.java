// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.delivery;

import dev.boomerang.device.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the device remembers of one delivery. Immutable. */
public final class DeliveryRecord {
  static final String RECORD = "entry";

  /** How far it came here. */
  public enum State {
    /**
     * Stored, not yet put before the user or handed to the app. The only state that keeps the
     * message itself.
     */
    RECEIVED,
    /** On the screen, as far as we know. */
    SHOWN,
    OPENED,
    DISMISSED,
    /** A newer one of its slot took its place before it was opened. */
    REPLACED,
    /** Called back in time; or called back before it ever came, and so never shown. */
    WITHDRAWN,
    /** The screen said that it was too late to call it back. */
    NOT_WITHDRAWABLE,
    /** Came after its lifetime; never shown. */
    EXPIRED,
    /** A data message the app has got. */
    DELIVERED_TO_APP
  }

  public final String id;
  public final String task;
  public final String collapseKey;
  public final State state;

  /** Unix milliseconds; until then it must be remembered. */
  final long keepUntil;

  /** As it came; empty unless {@link State#RECEIVED}. */
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

  static DeliveryRecord read(Json record) {
    return new DeliveryRecord(
        record.text("d"),
        record.text("t"),
        record.text("slot"),
        State.valueOf(record.text("s")),
        record.number("until"),
        record.text("m"));
  }

  public Json write() {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", RECORD);
    record.put("d", id);
    record.put("t", task);
    record.put("s", state.name());
    record.put("until", keepUntil);
    if (!collapseKey.isEmpty()) {
      record.put("slot", collapseKey);
    }
    if (!message.isEmpty()) {
      record.put("m", message);
    }
    return new Json(record);
  }

  public DeliveryRecord withState(State newState) {
    return new DeliveryRecord(id, task, collapseKey, newState, keepUntil, "");
  }
}
