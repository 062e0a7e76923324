// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.GatewayError;
import dev.boomerang.dialect.mpaas.error.GatewayException;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.Optional;

/// Turns the gateway's errors into replies; each action answers its own errors. `recommend` is the
/// help text of every error.
record GatewayReplies(Call call, ResponseFormat responseFormat, String requestId, String recommend)
    implements ErrorHandler<Reply> {

  @Override
  public Optional<Reply> refused(RuntimeException fault) {
    return fault instanceof GatewayException known ? Optional.of(reply(known)) : Optional.empty();
  }

  @Override
  public Reply unavailable() {
    return reply(GatewayException.of(GatewayError.UNAVAILABLE));
  }

  @Override
  public Reply broken() {
    return reply(GatewayException.of(GatewayError.INTERNAL));
  }

  private Reply reply(GatewayException fault) {
    return reply(fault.status(), fault);
  }

  /// Returns the reply to an error under another status, where HTTP has one of its own for it.
  Reply reply(int status, GatewayException fault) {
    ObjectNode error =
        Json.object()
            .put("RequestId", requestId)
            .put("HostId", call.header("Host").orElse(""))
            .put("Code", fault.code())
            .put("Message", fault.text())
            .put("Recommend", recommend);
    return responseFormat.reply(status, "Error", error);
  }
}
