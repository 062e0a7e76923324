// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.Optional;

/// The one place where the gateway's faults become replies; each action has its own way to say no.
/// `recommend` is the help text that goes with every one.
record GatewayReplies(Call call, Format format, String requestId, String recommend)
    implements ErrorHandler<Reply> {

  @Override
  public Optional<Reply> refused(RuntimeException fault) {
    return fault instanceof GatewayFault known ? Optional.of(reply(known)) : Optional.empty();
  }

  @Override
  public Reply unavailable() {
    return reply(GatewayFault.of(GatewayError.UNAVAILABLE));
  }

  @Override
  public Reply broken() {
    return reply(GatewayFault.of(GatewayError.INTERNAL));
  }

  private Reply reply(GatewayFault fault) {
    return reply(fault.status(), fault);
  }

  /// Under another status, for what HTTP has a status of its own for.
  Reply reply(int status, GatewayFault fault) {
    ObjectNode error =
        Json.object()
            .put("RequestId", requestId)
            .put("HostId", call.header("Host").orElse(""))
            .put("Code", fault.code())
            .put("Message", fault.text())
            .put("Recommend", recommend);
    return format.reply(status, "Error", error);
  }
}
