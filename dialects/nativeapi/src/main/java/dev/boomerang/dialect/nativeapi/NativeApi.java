// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.base.NativeOrigin;
import dev.boomerang.dialect.nativeapi.identity.IdentityCalls;
import dev.boomerang.dialect.nativeapi.push.PushCalls;
import dev.boomerang.dialect.nativeapi.push.TargetCalls;
import dev.boomerang.dialect.nativeapi.push.TemplateCalls;
import dev.boomerang.dialect.nativeapi.registration.RegistrationCalls;
import dev.boomerang.dialect.nativeapi.request.SegmentReader;
import dev.boomerang.dialect.nativeapi.request.WebhookFields;
import dev.boomerang.dialect.nativeapi.schedule.ScheduleCalls;
import dev.boomerang.dialect.nativeapi.task.AnalysisCalls;
import dev.boomerang.dialect.nativeapi.task.RecallCalls;
import dev.boomerang.dialect.nativeapi.task.TaskCalls;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.webhook.WebhookFormat;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.limit.RateLimit;
import dev.boomerang.web.limit.RateLimit.Window;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Serves the native API under `/api/v1`: what every dialect can do, and what none of them can. A
/// bearer token stands for one app, and the token's app is all a caller ever sees.
public final class NativeApi implements Dialect {

  /// Writes webhook events about pushes whose dialect has no format of its own.
  public static final WebhookFormat WEBHOOK_FORMAT = WebhookFields::json;

  private static final String BEARER = "Bearer ";
  private static final String OPENAPI = "openapi.json";

  /// `defaultTtl` is the lifetime of a push that names none; `callsPerSecond` is per app, 0 for no
  /// limit.
  public record Config(java.time.Duration defaultTtl, int callsPerSecond) {
    public static final Config DEFAULT = new Config(java.time.Duration.ofDays(1), 0);
  }

  /// Does an endpoint's work for a caller whose token is valid.
  interface Action {
    Reply answer(App app, Call call);
  }

  private final Engine engine;
  private final Config config;
  private final RateLimit<AppId> rate;

  public NativeApi(Engine engine, Config config, Clock clock) {
    this.engine = engine;
    this.config = config;
    this.rate = new RateLimit<>(config.callsPerSecond(), Window.SECOND, clock);
  }

  @Override
  public String name() {
    return NativeOrigin.NAME;
  }

  @Override
  public List<String> prefixes() {
    return List.of("/api");
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    return refusal.plain();
  }

  @Override
  public Optional<WebhookFormat> webhookFormat() {
    return Optional.of(WEBHOOK_FORMAT);
  }

  @Override
  public List<Route> routes() {
    var pushCalls = new PushCalls(engine, config.defaultTtl());
    var tasks = new TaskCalls(engine);
    var targetCalls = new TargetCalls(engine.submissions());
    var recalls = new RecallCalls(engine);
    var registrations = new RegistrationCalls(engine);
    var schedules = new ScheduleCalls(engine.schedules());
    var templates = new TemplateCalls(engine.templates());
    var analysis = new AnalysisCalls(engine.statistics(), engine.tasks());
    var identity = new IdentityCalls(engine.apps(), new SecureRandom());
    return List.of(
        route("POST", "/api/v1/pushes", pushCalls::push),
        route("GET", "/api/v1/tasks", analysis::list),
        route("GET", "/api/v1/tasks/{id}", tasks::task),
        route("POST", "/api/v1/tasks/{id}/targets", targetCalls::add),
        route("POST", "/api/v1/tasks/{id}/recall", recalls::recall),
        route("POST", "/api/v1/tasks/{id}/stop", tasks::stop),
        route("GET", "/api/v1/recalls/{id}", recalls::report),
        route("GET", "/api/v1/analysis", analysis::sum),
        route("GET", "/api/v1/schedules", schedules::list),
        route("GET", "/api/v1/schedules/{id}", schedules::one),
        route("DELETE", "/api/v1/schedules/{id}", schedules::cancel),
        route("POST", "/api/v1/schedules/{id}/recall", schedules::recall),
        route("DELETE", "/api/v1/occurrences/{id}", schedules::cancelOccurrence),
        route("POST", "/api/v1/templates", templates::create),
        route("GET", "/api/v1/templates", templates::list),
        route("GET", "/api/v1/templates/{id}", templates::one),
        route("DELETE", "/api/v1/templates/{id}", templates::delete),
        route(
            "POST",
            "/api/v1/audiences/count",
            (app, call) -> SegmentReader.count(engine, app, call)),
        route(
            "GET",
            "/api/v1/callback-secret",
            (app, call) -> WebhookFields.secret(engine.apps(), app, call)),
        route("GET", "/api/v1/identity", identity::show),
        route("PUT", "/api/v1/identity", identity::set),
        route("GET", "/api/v1/deliveries", tasks::deliveries),
        route("GET", "/api/v1/registrations", registrations::ofUser),
        route("GET", "/api/v1/registrations/{id}", registrations::one),
        route("PATCH", "/api/v1/registrations/{id}", registrations::change),
        new Route("GET", "/api/v1/" + OPENAPI, _ -> Reply.json(200, openApi())));
  }

  private Route route(String method, String pattern, Action action) {
    return new Route(method, pattern, call -> answer(call, action), this::check);
  }

  /// Runs an endpoint for the token's app. Answers 401 without a valid token and 429 if the app has
  /// used up its calls of this second.
  private Reply answer(Call call, Action action) {
    return NativeError.FAULTS.handle(
        "native " + call.path(),
        () -> {
          Optional<App> app = caller(call);
          if (app.isEmpty()) {
            return NativeError.UNAUTHORIZED.reply();
          }
          CallMemory.identify(account(app.get()));
          return rate.allows(app.get().id())
              ? action.answer(app.get(), call)
              : NativeError.TOO_MANY_REQUESTS.reply().with("Retry-After", "1");
        });
  }

  private Optional<App> caller(Call call) {
    return token(call).flatMap(text -> engine.apps().bearer(NativeKeyKind.KIND, text));
  }

  private static String account(App app) {
    return "native " + app.id().value();
  }

  /// Decides from the head alone whether the token is valid, so that a stranger's body is never
  /// read.
  private HeadResult check(Call head) {
    return HeadResult.guarded(
        NativeError.FAULTS,
        "native " + head.path(),
        () ->
            caller(head)
                .<HeadResult>map(app -> new HeadResult.Authenticated(account(app)))
                .orElseGet(() -> new HeadResult.Refused(NativeError.UNAUTHORIZED.reply())));
  }

  /// Returns the token of an `Authorization: Bearer` header. The scheme's name has no case (RFC
  /// 9110, section 11.1).
  private static Optional<String> token(Call call) {
    return call.header("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  /// Returns the OpenAPI 3.1 document of this API.
  static String openApi() {
    try (InputStream in = NativeApi.class.getResourceAsStream(OPENAPI)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + OPENAPI);
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
