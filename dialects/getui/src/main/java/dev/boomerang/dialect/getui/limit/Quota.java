// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.limit;

import dev.boomerang.web.limit.RateLimit.Window;
import java.time.ZoneId;

/// Lists what the vendor counts for an app in a minute or a day. No quota has a limit unless it is
/// set.
///
/// Source: Getui "RestAPI V2", return codes 10003, 10005, 30004 to 30018.
public enum Quota {
  AUTH_MINUTE("auths-per-minute", Per.MINUTE),
  CALLS_MINUTE("calls-per-minute", Per.MINUTE),
  TAG_EDITS_DAY("tag-edits-per-day", Per.DAY),
  TAG_EDITS_MINUTE("tag-edits-per-minute", Per.MINUTE),
  /// Counts for each cid by itself.
  TAG_SETS_DAY("tag-sets-per-day", Per.DAY),
  FAST_TAG_DAY("fast-tag-pushes-per-day", Per.DAY),
  FAST_TAG_MINUTE("fast-tag-pushes-per-minute", Per.MINUTE),
  /// Counts pushes to all users.
  APP_DAY("app-pushes-per-day", Per.DAY),
  /// Counts pushes to tags and conditions, and also pushes to all: the two share it.
  TAG_DAY("tag-pushes-per-day", Per.DAY),
  APP_MINUTE("app-pushes-per-minute", Per.MINUTE),
  /// Counts the cids of list pushes.
  LIST_DAY("list-targets-per-day", Per.DAY),
  LIST_MINUTE("list-pushes-per-minute", Per.MINUTE),
  /// Counts pushes of every kind.
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

  /// Returns the name of the quota's setting, without `getui-` before it.
  public String wire() {
    return wire;
  }

  /// Returns the window in which uses are counted; days begin at midnight in `zone`.
  Window window(ZoneId zone) {
    return switch (per) {
      case MINUTE -> Window.MINUTE;
      case DAY -> new Window.Day(zone);
    };
  }
}
