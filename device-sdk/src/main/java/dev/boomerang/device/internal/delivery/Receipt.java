// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.delivery;

import dev.boomerang.device.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reports to the server what became of one delivery, numbered in the order of storing. Immutable.
 */
public final class Receipt {
  static final String RECORD = "receipt";
  public static final String SHOWN = "shown";
  public static final String OPENED = "opened";
  public static final String DISMISSED = "dismissed";
  public static final String WITHDRAWN = "withdrawn";
  public static final String TOO_LATE = "tooLate";
  public static final String REPLACED = "replaced";

  final long sequence;
  public final String deliveryId;
  public final String event;

  /** When it was recorded, in Unix milliseconds. */
  final long at;

  /** The task that took its place; empty unless {@link #REPLACED}. */
  final String replacedBy;

  Receipt(long sequence, String deliveryId, String event, long at, String replacedBy) {
    this.sequence = sequence;
    this.deliveryId = deliveryId;
    this.event = event;
    this.at = at;
    this.replacedBy = replacedBy;
  }

  static Receipt read(Json record) {
    return new Receipt(
        record.number("n"),
        record.text("d"),
        record.text("e"),
        record.number("at"),
        record.text("by"));
  }

  Json write() {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("r", RECORD);
    record.put("n", sequence);
    record.put("d", deliveryId);
    record.put("e", event);
    record.put("at", at);
    if (!replacedBy.isEmpty()) {
      record.put("by", replacedBy);
    }
    return new Json(record);
  }

  /** Returns the members that are sent to the server. */
  Map<String, Object> wire() {
    Map<String, Object> wire = new LinkedHashMap<>();
    wire.put("delivery", deliveryId);
    wire.put("event", event);
    wire.put("at", at);
    if (!replacedBy.isEmpty()) {
      wire.put("by", replacedBy);
    }
    return wire;
  }
}
