// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.util.List;
import java.util.Set;

/// Writes answers: an object with `result` and further members.
final class WireReplies {
  /// Lists the actions in whose answers the C# library takes any `ok` for success.
  private static final Set<String> READ_BY_SUBSTRING =
      Set.of("stopTaskAction", "cancleContentIdAction", "getContentIdAction");

  /// Lists texts that libraries look for anywhere in an answer, so that no reason may contain them.
  private static final List<String> SIGNALS =
      List.of("ok", "success", "sign_error", "domain_error");

  private WireReplies() {}

  static ObjectNode ok() {
    return of(WireResult.OK);
  }

  static ObjectNode of(WireResult result) {
    return Json.object().put("result", result.code());
  }

  /// Answers a call that failed and did nothing.
  static ObjectNode failed(String action, Failure failure) {
    boolean isReadBySubstring = READ_BY_SUBSTRING.contains(action);
    // A refusal such as `TokenMD5Error` contains `ok` itself; where libraries look for that, it
    // would be taken for success.
    String code =
        isReadBySubstring && failure.code().contains("ok")
            ? WireResult.MALFORMED.code()
            : failure.code();
    ObjectNode answer = Json.object().put("result", code);
    boolean isSafe = !isReadBySubstring && SIGNALS.stream().noneMatch(failure.reason()::contains);
    String reason = isSafe ? failure.reason() : "";
    if (action.startsWith("alias_")) {
      answer.put("error_code", code).put("error_msg", reason);
    } else if (!reason.isEmpty()) {
      answer.put("desc", reason);
    }
    return answer;
  }
}
