// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import dev.boomerang.model.Push;
import dev.boomerang.model.Task;
import java.util.HashMap;
import java.util.Map;

/// What the review said of a single message: its caller got a task id all the same, and asks later.
///
/// Source: vivo "消息状态查询". Approved and not known (yet) are told alike.
final class Verdicts {
  static final String SENSITIVE = "消息包含敏感词";
  static final String UNKNOWN = "消息状态未知";

  private static final String HINT = "vivo.review";
  private static final String REJECTED = "rejected";

  private Verdicts() {}

  /// The push, with the verdict that its task keeps.
  static Push rejected(Push push) {
    Map<String, String> hints = new HashMap<>(push.options().vendorHints());
    hints.put(HINT, REJECTED);
    return push.with(push.options().vendorHints(hints));
  }

  static String of(Task task) {
    return REJECTED.equals(task.vendorHints().get(HINT)) ? SENSITIVE : UNKNOWN;
  }
}
