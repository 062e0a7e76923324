// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the device remembers of one delivery. Immutable. */
final class Entry {
  static final String RECORD = "entry";

  /** How far it came here. */
  enum State {
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
    GONE,
    /** Came after its lifetime; never shown. */
    EXPIRED,
    /** A data message the app has got. */
    HANDED
  }

  final String id;
  final String task;
  final String slot;
  final State state;

  /** Unix milliseconds; until then it must be remembered. */
  final long until;

  /** As it came; empty unless {@link State#RECEIVED}. */
  final String message;

  Entry(String id, String task, String slot, State state, long until, String message) {
    this.id = id;
    this.task = task;
    this.slot = slot;
    this.state = state;
    this.until = until;
    this.message = message;
  }

  static Entry read(Json record) {
    return new Entry(
        record.text("d"),
        record.text("t"),
        record.text("slot"),
        State.valueOf(record.text("s")),
        record.number("until"),
        record.text("m"));
  }

  Json write() {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", RECORD);
    record.put("d", id);
    record.put("t", task);
    record.put("s", state.name());
    record.put("until", until);
    if (!slot.isEmpty()) {
      record.put("slot", slot);
    }
    if (!message.isEmpty()) {
      record.put("m", message);
    }
    return new Json(record);
  }

  Entry now(State next) {
    return new Entry(id, task, slot, next, until, "");
  }
}
