// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;

/// Builds the error answer of the native API and of paths that no dialect owns: `{"error": {"code",
/// "message", "field"?}}`.
public final class ApiError {
  private ApiError() {}

  public static Reply of(int status, String code, String message) {
    return of(status, code, message, "");
  }

  /// `field` names what is wrong in the request; empty if no single field is.
  public static Reply of(int status, String code, String message, String field) {
    var error = Json.object().put("code", code).put("message", message);
    if (!field.isEmpty()) {
      error.put("field", field);
    }
    return Reply.json(status, Json.write(Json.object().set("error", error)));
  }
}
