// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.limit;

import dev.boomerang.web.limit.RateLimit.Window;
import java.time.ZoneId;

/// What the vendor counts, and how often an app may do it in a minute or a day. All are without
/// limit unless set.
///
/// Source: Getui "RestAPI V2", return codes 10003, 10005, 30004 to 30018.
public enum Quota {
  AUTH_MINUTE("auths-per-minute", Per.MINUTE),
  CALLS_MINUTE("calls-per-minute", Per.MINUTE),
  TAG_EDITS_DAY("tag-edits-per-day", Per.DAY),
  TAG_EDITS_MINUTE("tag-edits-per-minute", Per.MINUTE),
  /// Of one cid.
  TAG_SETS_DAY("tag-sets-per-day", Per.DAY),
  FAST_TAG_DAY("fast-tag-pushes-per-day", Per.DAY),
  FAST_TAG_MINUTE("fast-tag-pushes-per-minute", Per.MINUTE),
  /// Pushes to all.
  APP_DAY("app-pushes-per-day", Per.DAY),
  /// Pushes to tags and conditions, and to all: the two share it.
  TAG_DAY("tag-pushes-per-day", Per.DAY),
  APP_MINUTE("app-pushes-per-minute", Per.MINUTE),
  /// Cids of list pushes.
  LIST_DAY("list-targets-per-day", Per.DAY),
  LIST_MINUTE("list-pushes-per-minute", Per.MINUTE),
  /// Pushes of every kind.
  TOTAL_DAY("pushes-per-day", Per.DAY),
  REPORT_MINUTE("report-calls-per-minute", Per.MINUTE);

  private enum Per {
    MINUTE,
    DAY
  }

  private final String wire;
  private final Per per;

  Quota(String wire, Per per) {
    this.wire = wire;
    this.per = per;
  }

  /// The name of its setting, behind `getui-`.
  public String wire() {
    return wire;
  }

  /// Days begin at midnight in `zone`.
  Window window(ZoneId zone) {
    return switch (per) {
      case MINUTE -> Window.MINUTE;
      case DAY -> new Window.Day(zone);
    };
  }
}
