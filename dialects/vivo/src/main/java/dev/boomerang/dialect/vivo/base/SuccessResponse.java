// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.web.field.Json;

/// The response to a call that succeeded: `result` 0 and a `desc`, to which the endpoint adds its
/// own members. Some families of calls have a `desc` of their own.
public final class SuccessResponse {
  private SuccessResponse() {}

  public static ObjectNode create() {
    return withDesc("请求成功");
  }

  /// Returns the response to a call that made a task, or that repeats the call that made it.
  public static ObjectNode ofTask(TaskId task) {
    return create().put("taskId", task.toString());
  }

  /// Source: vivo "标签管理".
  public static ObjectNode ofTagCall() {
    return withDesc("成功");
  }

  /// Source: vivo "消息状态查询".
  public static ObjectNode ofStatusQuery() {
    return withDesc("success");
  }

  private static ObjectNode withDesc(String desc) {
    return Json.object().put("result", 0).put("desc", desc);
  }
}
