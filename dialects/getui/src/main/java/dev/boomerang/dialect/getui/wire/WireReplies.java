// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.util.List;
import java.util.Set;

/// Answers: an object with `result`, and what else there is to tell.
final class WireReplies {
  /// C#'s library takes any `ok` in the answers to these for success.
  private static final Set<String> READ_BY_SUBSTRING =
      Set.of("stopTaskAction", "cancleContentIdAction", "getContentIdAction");

  /// Nor may a sentence have what libraries look for anywhere in an answer.
  private static final List<String> SIGNALS =
      List.of("ok", "success", "sign_error", "domain_error");

  private WireReplies() {}

  static ObjectNode ok() {
    return of(WireResult.OK);
  }

  static ObjectNode of(WireResult result) {
    return Json.object().put("result", result.code());
  }

  /// What a call came to that nothing was done for.
  static ObjectNode failed(String action, Failure failure) {
    boolean isReadBySubstring = READ_BY_SUBSTRING.contains(action);
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
