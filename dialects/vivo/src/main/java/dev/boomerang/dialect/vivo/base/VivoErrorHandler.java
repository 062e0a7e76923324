// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Optional;

/// Turns exceptions into replies, for all endpoints of the dialect.
public final class VivoErrorHandler implements ErrorHandler<Reply> {

  @Override
  public Optional<Reply> refused(RuntimeException exception) {
    return switch (exception) {
      case VivoException refusal -> Optional.of(reply(refusal.json()));
      case InvalidFieldException field ->
          Optional.of(reply(VivoError.of(field).json(field.description())));
      case RuntimeException _ -> Optional.empty();
    };
  }

  @Override
  public Reply unavailable() {
    return broken();
  }

  /// Source: vivo "PUSH-UPS-API", response of status 500.
  @Override
  public Reply broken() {
    return Reply.of(500, "text/plain;charset=utf-8", "Internet server error!");
  }

  private static Reply reply(ObjectNode json) {
    return Reply.json(200, Json.write(json));
  }
}
