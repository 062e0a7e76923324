// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.SourceDetail;

/// What this dialect keeps with a task. A `system` message is not an operational one; a `test`
/// message is for test devices only; a `rejected` one did not pass the review, which its caller
/// learns by asking for its status.
public record TaskDetail(boolean system, boolean test, boolean rejected) {

  /// Returns what is kept with a task from `source`. A task that another dialect made is neither a
  /// system message nor a test.
  public static TaskDetail of(Source source) {
    return source.detail() instanceof SourceDetail.Vivo(var system, var test, var rejected)
        ? new TaskDetail(system, test, rejected)
        : new TaskDetail(false, false, false);
  }

  public TaskDetail asRejected() {
    return new TaskDetail(system, test, true);
  }

  public SourceDetail encode() {
    return new SourceDetail.Vivo(system, test, rejected);
  }
}
