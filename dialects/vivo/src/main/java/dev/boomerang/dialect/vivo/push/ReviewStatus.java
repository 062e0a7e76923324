// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import dev.boomerang.dialect.vivo.base.TaskDetail;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;

/// Keeps with a task that the review rejected its message. The caller of a single message gets a
/// task id all the same, and asks for the status later.
///
/// Source: vivo "消息状态查询". It has one text for what is approved and for what is not known (yet).
public final class ReviewStatus {
  public static final String SENSITIVE = "消息包含敏感词";
  public static final String UNKNOWN = "消息状态未知";

  private ReviewStatus() {}

  /// Returns the push with the note that the review rejected it.
  static Push rejected(Push push) {
    Source source = push.options().source();
    return push.with(
        push.options().source(source.with(TaskDetail.of(source).asRejected().encode())));
  }

  public static String of(Task task) {
    return TaskDetail.of(task.source()).rejected() ? SENSITIVE : UNKNOWN;
  }
}
