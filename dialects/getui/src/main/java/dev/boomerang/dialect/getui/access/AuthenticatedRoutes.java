// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.access;

import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.QuotaCounter;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Route;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import java.util.function.Function;

/// Creates the routes of a REST protocol, whose calls have a log-in's token in the head. The caller
/// is looked up before the body is read, each call is counted, and every error becomes the
/// protocol's own reply.
public final class AuthenticatedRoutes {
  /// Answers a caller whose token is valid.
  public interface Action {
    Reply answer(Caller caller, Call call);
  }

  /// Has what differs between protocols. `base` begins every path. `callerLookup` returns who sends
  /// a call, and throws the protocol's own error for a token that is not valid. `callName` is what
  /// the log calls a call; it contains no token.
  public record Protocol(
      String base,
      ErrorHandler<Reply> errorHandler,
      Function<Call, Caller> callerLookup,
      Function<Call, String> callName) {}

  private final Protocol protocol;
  private final QuotaCounter quotas;

  public AuthenticatedRoutes(Protocol protocol, QuotaCounter quotas) {
    this.protocol = protocol;
    this.quotas = quotas;
  }

  /// Creates the route of a call that needs a token.
  public Route route(String method, String path, Action action) {
    return new Route(
        method,
        protocol.base() + path,
        call -> handle(call, it -> action.answer(countedCaller(it), it)),
        this::check);
  }

  /// Creates the route of a call without a token, which is a log-in.
  public Route openRoute(String method, String path, Endpoint endpoint) {
    return new Route(method, protocol.base() + path, call -> handle(call, endpoint));
  }

  private Reply handle(Call call, Endpoint endpoint) {
    return protocol
        .errorHandler()
        .handle(protocol.callName().apply(call), () -> endpoint.answer(call));
  }

  private HeadResult check(Call head) {
    return HeadResult.guarded(
        protocol.errorHandler(),
        protocol.callName().apply(head),
        () -> new HeadResult.Authenticated(protocol.callerLookup().apply(head).account()));
  }

  private Caller countedCaller(Call call) {
    Caller caller = protocol.callerLookup().apply(call);
    CallMemory.identify(caller.account());
    quotas.take(caller.id(), Quota.CALLS_MINUTE);
    return caller;
  }
}
