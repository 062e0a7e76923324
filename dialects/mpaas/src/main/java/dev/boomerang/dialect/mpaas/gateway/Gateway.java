// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.error.GatewayError;
import dev.boomerang.dialect.mpaas.error.GatewayException;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.dialect.mpaas.request.RequestParams;
import dev.boomerang.dialect.mpaas.signature.Acs3Signature;
import dev.boomerang.dialect.mpaas.signature.MpaasKeyKind;
import dev.boomerang.dialect.mpaas.signature.Nonces;
import dev.boomerang.dialect.mpaas.signature.RequestSignature;
import dev.boomerang.dialect.mpaas.signature.RpcSignature;
import dev.boomerang.dialect.mpaas.signature.Timestamps;
import dev.boomerang.engine.base.Apps;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.Key;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.limit.RateLimit;
import dev.boomerang.web.limit.RateLimit.Window;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The endpoint: authenticates a call, executes its [ApiAction], and writes the answer.
public final class Gateway implements Endpoint {
  /// The versions that carry push actions, whichever the client; they never contradict each other,
  /// so all serve the same.
  private static final Set<String> VERSIONS = Set.of("2019-08-21", "2020-07-10", "2020-10-28");

  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

  private final Apps apps;
  private final Map<String, ApiAction> actions;
  private final RateLimit<String> rate;
  private final Nonces nonces;
  private final String recommend;
  private final Clock clock;

  public Gateway(Apps apps, Map<String, ApiAction> actions, GatewaySettings settings, Clock clock) {
    this.apps = apps;
    this.actions = Map.copyOf(actions);
    this.rate = new RateLimit<>(settings.callsPerSecond(), Window.SECOND, clock);
    this.nonces = new Nonces(settings.maxNonces());
    this.recommend = settings.recommend();
    this.clock = clock;
  }

  @Override
  public Reply answer(Call call) {
    String requestId = requestId();
    RequestParams requestParams = RequestParams.of(call);
    Optional<ResponseFormat> asked = ResponseFormat.requested(call, requestParams);
    ResponseFormat responseFormat = asked.orElse(ResponseFormat.JSON);
    return new GatewayReplies(call, responseFormat, requestId, recommend)
        .handle(
            "mpaas request=" + requestId,
            () -> {
              if (asked.isEmpty()) {
                throw GatewayException.of(GatewayError.INVALID_FORMAT);
              }
              return authenticateAndExecute(call, requestParams, responseFormat, requestId);
            })
        .with("x-acs-request-id", requestId);
  }

  /// Answers a call that was refused before its body was read, in the format that its query asks
  /// for.
  public Reply refuse(Refusal refusal, Call head) {
    String requestId = requestId();
    ResponseFormat responseFormat =
        ResponseFormat.requested(head, RequestParams.of(head)).orElse(ResponseFormat.JSON);
    GatewayError error =
        switch (refusal) {
          case Refusal.UnknownPath _ -> GatewayError.ACTION_NOT_FOUND;
          case Refusal.WrongMethod _ -> GatewayError.METHOD;
          case Refusal.Malformed _ -> GatewayError.MALFORMED;
          case Refusal.TooLarge _ -> GatewayError.TOO_LARGE;
          case Refusal.TooSlow _ -> GatewayError.TOO_SLOW;
          case Refusal.Overloaded _, Refusal.TimedOut _ -> GatewayError.UNAVAILABLE;
          case Refusal.Failed _ -> GatewayError.INTERNAL;
        };
    return new GatewayReplies(head, responseFormat, requestId, recommend)
        .reply(refusal.status(), GatewayException.of(error, refusal.message()))
        .with("x-acs-request-id", requestId);
  }

  private Reply authenticateAndExecute(
      Call call, RequestParams requestParams, ResponseFormat responseFormat, String requestId) {
    if (!METHODS.contains(call.method())) {
      throw GatewayException.of(GatewayError.METHOD);
    }
    RequestSignature requestSignature =
        ResponseFormat.isAcs3(call)
            ? Acs3Signature.read(call, requestParams, call.header("Authorization").orElse(""))
            : RpcSignature.read(call, requestParams);
    Key key = authenticate(requestSignature);
    ApiAction action = action(requestSignature, requestParams);
    ObjectNode answer;
    try {
      answer = action.execute(app(key, requestParams), new ActionParams(requestParams));
    } catch (ResultException fault) {
      answer = action.errorResponse(fault);
    }
    ObjectNode whole = Json.object().put("RequestId", requestId);
    whole.setAll(answer);
    return responseFormat.reply(200, action.name() + "Response", whole);
  }

  /// Returns the caller's key. A call that is throttled has not used up its nonce, so it may be
  /// sent again unchanged.
  private Key authenticate(RequestSignature requestSignature) {
    Key key =
        apps.key(MpaasKeyKind.KIND, requestSignature.fields().keyId())
            .orElseThrow(() -> GatewayException.of(GatewayError.ACCESS_KEY_NOT_FOUND));
    if (!key.active()) {
      throw GatewayException.of(GatewayError.ACCESS_KEY_INACTIVE);
    }
    long now = clock.instant().getEpochSecond();
    long timestamp =
        Timestamps.parse(requestSignature.fields().timestamp())
            .orElseThrow(() -> GatewayException.of(GatewayError.TIMESTAMP_FORMAT));
    if (Math.abs(now - timestamp) > Nonces.WINDOW_SECONDS) {
      throw GatewayException.of(GatewayError.TIMESTAMP_EXPIRED);
    }
    requestSignature.verify(key.secret());
    CallMemory.identify("mpaas " + key.app().value());
    if (!rate.allows(key.id())) {
      throw GatewayException.of(GatewayError.THROTTLED);
    }
    switch (nonces.use(key.id(), requestSignature.fields().nonce(), timestamp, now)) {
      case FIRST -> {}
      case REPEATED -> throw GatewayException.of(GatewayError.NONCE_USED);
      case FULL -> throw GatewayException.of(GatewayError.THROTTLED);
    }
    return key;
  }

  private ApiAction action(RequestSignature requestSignature, RequestParams requestParams) {
    if (!VERSIONS.contains(requestSignature.fields().version())) {
      throw GatewayException.of(GatewayError.INVALID, "Version");
    }
    ApiAction action = actions.get(requestSignature.fields().action());
    if (action == null) {
      throw GatewayException.of(GatewayError.ACTION_NOT_FOUND);
    }
    require(requestParams, ActionParams.APP_ID);
    require(requestParams, ActionParams.WORKSPACE_ID);
    action.mandatory().forEach(name -> require(requestParams, name));
    return action;
  }

  private static void require(RequestParams requestParams, String name) {
    if (!requestParams.has(name)) {
      throw GatewayException.of(GatewayError.MISSING, name);
    }
  }

  /// Returns the app of the call, which must be that of the key. The answer does not reveal whether
  /// another app exists.
  private App app(Key key, RequestParams requestParams) {
    requestParams.all().stream()
        .filter(param -> !param.isUtf8())
        .findFirst()
        .ifPresent(
            param -> {
              throw new ResultException(
                  ResultCode.REQUEST_SHOULD_BE_UTF8, param.name(), "must be UTF-8");
            });
    for (RequestParams.Param param : requestParams.all()) {
      ActionParams.requireWellFormed(param.name(), param.name());
      ActionParams.requireWellFormed(param.name(), param.text());
    }
    var params = new ActionParams(requestParams);
    String appId = params.required(ActionParams.APP_ID, ResultCode.NEED_APPID_WORKSPACEID);
    String workspace =
        params.required(ActionParams.WORKSPACE_ID, ResultCode.NEED_APPID_WORKSPACEID);
    if (!key.app().value().equals(appId)) {
      throw new ResultException(
          ResultCode.APPID_WRONG, ActionParams.APP_ID, "is not this key's app");
    }
    return apps.find(key.app())
        .filter(app -> app.workspaceId().equals(workspace))
        .orElseThrow(
            () ->
                new ResultException(
                    ResultCode.APPID_WRONG,
                    ActionParams.WORKSPACE_ID,
                    "is not this app's workspace"));
  }

  /// Returns a random UUID. It must be unique but may be predictable, so it comes from the fast
  /// generator.
  private static String requestId() {
    var random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & ~0xc000_0000_0000_0000L) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString().toUpperCase(Locale.ROOT);
  }
}
