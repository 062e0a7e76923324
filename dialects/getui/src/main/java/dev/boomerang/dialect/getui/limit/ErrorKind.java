// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.limit;

/// Why something cannot be done. Each protocol has its own words for it.
public sealed interface ErrorKind {

  enum Simple implements ErrorKind {
    /// No such cid in this app.
    UNKNOWN_USER,
    ALIAS_NOT_BOUND,
    /// A list without anybody.
    NO_TARGET,
    TOO_MANY_TARGETS,
    /// Nobody matches the tags or conditions.
    NOBODY,
    /// A condition asks for something that is not known of users here.
    TAG_UNKNOWN,
    TAG_TOO_LONG,
    TOO_MANY_TAGS,
    ALIAS_TOO_LONG,
    ALIAS_FULL,
    /// The app has no such task.
    UNKNOWN_TASK,
    /// The task to be revoked is not the app's.
    UNKNOWN_OLD_TASK,
    /// Stopped, recalled or expired.
    TASK_OVER,
    /// A push to single users.
    NOT_STOPPABLE,
    NOT_SCHEDULED,
    SCHEDULE_FIRED,
    /// In less than a minute it will be pushed.
    SCHEDULE_SOON,
    SCHEDULE_PAST,
    SCHEDULE_TOO_FAR,
    TOO_MANY_SCHEDULES,
    TOO_LARGE,
    /// A reviewer objects to what it says.
    SENSITIVE,
    BAD_LIFETIME,
    /// It may go by a vendor's channel only, and there is none.
    NO_VENDOR
  }

  /// More than the app may.
  record QuotaExceeded(Quota quota) implements ErrorKind {}
}
