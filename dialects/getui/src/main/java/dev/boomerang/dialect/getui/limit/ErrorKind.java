// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.limit;

/// Says why a call cannot be done. Each protocol answers it with a code of its own.
public sealed interface ErrorKind {

  enum Simple implements ErrorKind {
    /// The app has no such cid.
    UNKNOWN_USER,
    ALIAS_NOT_BOUND,
    /// The list of targets is empty.
    NO_TARGET,
    TOO_MANY_TARGETS,
    /// Nobody matches the tags or conditions.
    NOBODY,
    /// A condition asks for something that is not recorded of users here.
    TAG_UNKNOWN,
    TAG_TOO_LONG,
    TOO_MANY_TAGS,
    ALIAS_TOO_LONG,
    ALIAS_FULL,
    /// The app has no such task.
    UNKNOWN_TASK,
    /// The task to be revoked is not the app's.
    UNKNOWN_OLD_TASK,
    /// The task was stopped or recalled, or it has expired.
    TASK_OVER,
    /// The task is a push to single users, which cannot be stopped.
    NOT_STOPPABLE,
    NOT_SCHEDULED,
    SCHEDULE_FIRED,
    /// The push goes out in less than a minute.
    SCHEDULE_SOON,
    SCHEDULE_PAST,
    SCHEDULE_TOO_FAR,
    TOO_MANY_SCHEDULES,
    TOO_LARGE,
    /// A reviewer rejects the content.
    SENSITIVE,
    BAD_LIFETIME,
    /// The push may go by a vendor's channel only, and there is none.
    NO_VENDOR
  }

  /// The app has used up this quota.
  record QuotaExceeded(Quota quota) implements ErrorKind {}
}
