// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.LinkedHashMap;
import java.util.Map;

/** Word for the server about one delivery, numbered in the order it was written down. Immutable. */
final class Receipt {
  static final String RECORD = "receipt";
  static final String SHOWN = "shown";
  static final String OPENED = "opened";
  static final String DISMISSED = "dismissed";
  static final String WITHDRAWN = "withdrawn";
  static final String TOO_LATE = "tooLate";
  static final String REPLACED = "replaced";

  final long number;
  final String delivery;
  final String event;
  final long at;

  /** The task that has its place; empty unless {@link #REPLACED}. */
  final String by;

  Receipt(long number, String delivery, String event, long at, String by) {
    this.number = number;
    this.delivery = delivery;
    this.event = event;
    this.at = at;
    this.by = by;
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
    record.put("n", number);
    record.put("d", delivery);
    record.put("e", event);
    record.put("at", at);
    if (!by.isEmpty()) {
      record.put("by", by);
    }
    return new Json(record);
  }

  Map<String, Object> wire() {
    Map<String, Object> wire = new LinkedHashMap<>();
    wire.put("delivery", delivery);
    wire.put("event", event);
    wire.put("at", at);
    if (!by.isEmpty()) {
      wire.put("by", by);
    }
    return wire;
  }
}
