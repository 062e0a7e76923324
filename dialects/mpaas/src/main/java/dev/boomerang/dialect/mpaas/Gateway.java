// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/// The one endpoint: finds out who calls and what for, lets the [Action] answer, and writes the
/// answer down.
final class Gateway implements Endpoint {
  /// The versions that carry push actions, whichever the client; they never contradict each other,
  /// so all serve the same.
  private static final Set<String> VERSIONS = Set.of("2019-08-21", "2020-07-10", "2020-10-28");

  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

  private final Apps apps;
  private final Map<String, Action> actions;
  private final RateLimit<String> rate;
  private final Nonces nonces;
  private final String recommend;
  private final Clock clock;

  Gateway(Apps apps, Map<String, Action> actions, MpaasConfig config, Clock clock) {
    this.apps = apps;
    this.actions = Map.copyOf(actions);
    this.rate = new RateLimit<>(config.callsPerSecond(), Window.SECOND, clock);
    this.nonces = new Nonces(config.maxNonces());
    this.recommend = config.recommend();
    this.clock = clock;
  }

  @Override
  public Reply answer(Call call) {
    String requestId = requestId();
    Params params = Params.of(call);
    Optional<Format> asked = Format.asked(call, params);
    Format format = asked.orElse(Format.JSON);
    return new GatewayReplies(call, format, requestId, recommend)
        .handle(
            "mpaas request=" + requestId,
            () -> {
              if (asked.isEmpty()) {
                throw GatewayFault.of(GatewayError.INVALID_FORMAT);
              }
              return serve(call, params, format, requestId);
            })
        .with("x-acs-request-id", requestId);
  }

  /// Words what is refused before a call is read: in the format that its query asks for, for the
  /// form is not there yet.
  Reply refuse(Refusal refusal, Call head) {
    String requestId = requestId();
    Format format = Format.asked(head, Params.of(head)).orElse(Format.JSON);
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
    return new GatewayReplies(head, format, requestId, recommend)
        .reply(refusal.status(), GatewayFault.of(error, refusal.message()))
        .with("x-acs-request-id", requestId);
  }

  private Reply serve(Call call, Params params, Format format, String requestId) {
    if (!METHODS.contains(call.method())) {
      throw GatewayFault.of(GatewayError.METHOD);
    }
    Claim claim =
        Format.isAcs3(call)
            ? Acs3Claim.read(call, params, call.header("Authorization").orElse(""))
            : RpcClaim.read(call, params);
    Key key = caller(claim);
    Action action = action(claim, params);
    ObjectNode answer;
    try {
      answer = action.answer(app(key, params), new Args(params));
    } catch (ResultFault fault) {
      answer = action.refuse(fault);
    }
    ObjectNode whole = Json.object().put("RequestId", requestId);
    whole.setAll(answer);
    return format.reply(200, action.name() + "Response", whole);
  }

  /// A call that is throttled has not used up its nonce: it may be sent again as it stands.
  private Key caller(Claim claim) {
    Key key =
        apps.key(MpaasKeyKind.KIND, claim.said().keyId())
            .orElseThrow(() -> GatewayFault.of(GatewayError.ACCESS_KEY_NOT_FOUND));
    if (!key.active()) {
      throw GatewayFault.of(GatewayError.ACCESS_KEY_INACTIVE);
    }
    long now = clock.instant().getEpochSecond();
    long timestamp =
        Timestamps.parse(claim.said().timestamp())
            .orElseThrow(() -> GatewayFault.of(GatewayError.TIMESTAMP_FORMAT));
    if (Math.abs(now - timestamp) > Nonces.WINDOW_SECONDS) {
      throw GatewayFault.of(GatewayError.TIMESTAMP_EXPIRED);
    }
    claim.verify(key.secret());
    CallMemory.identify("mpaas " + key.app().value());
    if (!rate.allows(key.id())) {
      throw GatewayFault.of(GatewayError.THROTTLED);
    }
    switch (nonces.use(key.id(), claim.said().nonce(), timestamp, now)) {
      case FIRST -> {}
      case AGAIN -> throw GatewayFault.of(GatewayError.NONCE_USED);
      case FULL -> throw GatewayFault.of(GatewayError.THROTTLED);
    }
    return key;
  }

  private Action action(Claim claim, Params params) {
    if (!VERSIONS.contains(claim.said().version())) {
      throw GatewayFault.of(GatewayError.INVALID, "Version");
    }
    Action action = actions.get(claim.said().action());
    if (action == null) {
      throw GatewayFault.of(GatewayError.ACTION_NOT_FOUND);
    }
    require(params, Args.APP_ID);
    require(params, Args.WORKSPACE_ID);
    action.mandatory().forEach(name -> require(params, name));
    return action;
  }

  private static void require(Params params, String name) {
    if (!params.has(name)) {
      throw GatewayFault.of(GatewayError.MISSING, name);
    }
  }

  /// A key sees its own app and no other; whether another exists is not told.
  private App app(Key key, Params params) {
    params.all().stream()
        .filter(param -> !param.isUtf8())
        .findFirst()
        .ifPresent(
            param -> {
              throw new ResultFault(
                  ResultCode.REQUEST_SHOULD_BE_UTF8, param.name(), "must be UTF-8");
            });
    for (Params.Param param : params.all()) {
      Args.wellFormed(param.name(), param.name());
      Args.wellFormed(param.name(), param.text());
    }
    var args = new Args(params);
    String appId = args.filled(Args.APP_ID, ResultCode.NEED_APPID_WORKSPACEID);
    String workspace = args.filled(Args.WORKSPACE_ID, ResultCode.NEED_APPID_WORKSPACEID);
    if (!key.app().value().equals(appId)) {
      throw new ResultFault(ResultCode.APPID_WRONG, Args.APP_ID, "is not this key's app");
    }
    return apps.find(key.app())
        .filter(app -> app.workspaceId().equals(workspace))
        .orElseThrow(
            () ->
                new ResultFault(
                    ResultCode.APPID_WRONG, Args.WORKSPACE_ID, "is not this app's workspace"));
  }

  /// A random UUID. It has to be different from others but not unpredictable, so it comes from the
  /// fast source.
  private static String requestId() {
    var random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & ~0xc000_0000_0000_0000L) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString().toUpperCase(Locale.ROOT);
  }
}
