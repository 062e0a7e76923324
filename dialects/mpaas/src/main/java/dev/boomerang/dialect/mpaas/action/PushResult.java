// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.web.field.Json;

/// The answer of pushes, recalls and bindings. `PushResult` is an object, not the text the vendor's
/// document calls it: every client's parser wants an object.
///
/// A client of version 2019-08-21 reads only `ResultCode` and `ResultMessage`, so the code is
/// there. `ResultMessage` is the code's name and nothing more, because callers compare it;
/// `ResultMsg` goes on to say which parameter is wrong and why.
public final class PushResult {
  /// Source: the example in the vendor's document. The exact success message is not public.
  static final String OK = "OK";

  private PushResult() {}

  public static ObjectNode ok(String data) {
    String text = ResultCode.SUCCESS.text();
    return of(OK, text, result(true, text).put("Data", data));
  }

  /// Returns the answer of a failed push. How the vendor's carries its code is not public; here
  /// `ResultCode` is the number as text.
  static ObjectNode refused(ResultException fault) {
    return of(fault.code().code(), fault.code().text(), result(false, fault.text()));
  }

  private static ObjectNode of(String code, String message, ObjectNode result) {
    return response(code, message).set("PushResult", result);
  }

  /// Returns the members that every answer of the service begins with.
  static ObjectNode response(String code, String message) {
    return Json.object().put("ResultCode", code).put("ResultMessage", message);
  }

  private static ObjectNode result(boolean success, String message) {
    return Json.object().put("Success", success).put("ResultMsg", message);
  }
}
