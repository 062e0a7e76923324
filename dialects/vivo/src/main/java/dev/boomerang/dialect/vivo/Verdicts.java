// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;

/// What the review said of a single message: its caller got a task id all the same, and asks later.
///
/// Source: vivo "消息状态查询". Approved and not known (yet) are told alike.
final class Verdicts {
  static final String SENSITIVE = "消息包含敏感词";
  static final String UNKNOWN = "消息状态未知";

  private Verdicts() {}

  /// The push, with the verdict that its task keeps.
  static Push rejected(Push push) {
    Source source = push.options().source();
    return push.with(
        push.options().source(source.with(TaskDetail.of(source).asRejected().encode())));
  }

  static String of(Task task) {
    return TaskDetail.of(task.source()).rejected() ? SENSITIVE : UNKNOWN;
  }
}
