// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;

/// Reads a call's body. The PHP client sends the text `null` for an empty one.
final class RequestBody {
  private RequestBody() {}

  static Fields of(Call call) {
    JsonNode node =
        Json.read(call.body())
            .orElseThrow(
                () ->
                    call.body().isEmpty()
                        ? empty()
                        : new V2CodeException(V2Code.FAILED, "the body is not JSON"));
    if (node.isNull()) {
      throw empty();
    }
    if (!(node instanceof ObjectNode object)) {
      throw new InvalidFieldException("body", Kind.MALFORMED, "must be a JSON object");
    }
    return Fields.of(object);
  }

  private static InvalidFieldException empty() {
    return new InvalidFieldException("body", Kind.MISSING, "must be given");
  }
}
