// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import dev.boomerang.dialect.vivo.request.PushRequestReader;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.SourceDetail;
import dev.boomerang.model.push.Task;

/// What the review said of a single message: its caller got a task id all the same, and asks later.
///
/// Source: vivo "消息状态查询". Approved and not known (yet) are told alike.
public final class ReviewStatus {
  static final String SENSITIVE = "消息包含敏感词";
  public static final String UNKNOWN = "消息状态未知";

  private ReviewStatus() {}

  /// The push, with the verdict that its task keeps.
  static Push rejected(Push push) {
    SourceDetail.Vivo was = PushRequestReader.detail(push.options().source());
    var now = new SourceDetail.Vivo(was.system(), was.test(), true);
    return push.with(push.options().source(push.options().source().with(now)));
  }

  public static String of(Task task) {
    return PushRequestReader.detail(task.source()).rejected() ? SENSITIVE : UNKNOWN;
  }
}
