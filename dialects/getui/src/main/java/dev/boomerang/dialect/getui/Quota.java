// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import java.time.Duration;

/// What the vendor counts, and how often an app may do it in a minute or a day. All are without
/// limit unless set.
///
/// Source: Getui "RestAPI V2", return codes 10003, 10005, 30004 to 30018.
public enum Quota {
  AUTH_MINUTE("auths-per-minute", Window.MINUTE),
  CALLS_MINUTE("calls-per-minute", Window.MINUTE),
  TAG_EDITS_DAY("tag-edits-per-day", Window.DAY),
  TAG_EDITS_MINUTE("tag-edits-per-minute", Window.MINUTE),
  /// Of one cid.
  TAG_SETS_DAY("tag-sets-per-day", Window.DAY),
  FAST_TAG_DAY("fast-tag-pushes-per-day", Window.DAY),
  FAST_TAG_MINUTE("fast-tag-pushes-per-minute", Window.MINUTE),
  /// Pushes to all.
  APP_DAY("app-pushes-per-day", Window.DAY),
  /// Pushes to tags and conditions, and to all: the two share it.
  TAG_DAY("tag-pushes-per-day", Window.DAY),
  APP_MINUTE("app-pushes-per-minute", Window.MINUTE),
  /// Cids of list pushes.
  LIST_DAY("list-targets-per-day", Window.DAY),
  LIST_MINUTE("list-pushes-per-minute", Window.MINUTE),
  /// Pushes of every kind.
  TOTAL_DAY("pushes-per-day", Window.DAY),
  REPORT_MINUTE("report-calls-per-minute", Window.MINUTE);

  enum Window {
    MINUTE(Duration.ofMinutes(1)),
    DAY(Duration.ofDays(1));

    private final Duration length;

    Window(Duration length) {
      this.length = length;
    }

    Duration length() {
      return length;
    }
  }

  private final String wire;
  private final Window window;

  Quota(String wire, Window window) {
    this.wire = wire;
    this.window = window;
  }

  /// The name of its setting, behind `getui-`.
  public String wire() {
    return wire;
  }

  Window window() {
    return window;
  }
}
