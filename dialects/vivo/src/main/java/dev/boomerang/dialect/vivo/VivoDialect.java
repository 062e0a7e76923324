// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.auth.AccessTokens;
import dev.boomerang.dialect.vivo.auth.AuthCalls;
import dev.boomerang.dialect.vivo.auth.Authenticator;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.TaskResolver;
import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoErrorHandler;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.dialect.vivo.push.BroadcastCalls;
import dev.boomerang.dialect.vivo.push.DailyDeviceLimit;
import dev.boomerang.dialect.vivo.push.IdempotencyWindow;
import dev.boomerang.dialect.vivo.push.ListCalls;
import dev.boomerang.dialect.vivo.push.SingleCalls;
import dev.boomerang.dialect.vivo.recall.RecallCalls;
import dev.boomerang.dialect.vivo.receipt.ReceiptFormat;
import dev.boomerang.dialect.vivo.report.ReportCalls;
import dev.boomerang.dialect.vivo.request.PushRequestReader;
import dev.boomerang.dialect.vivo.tag.TagCalls;
import dev.boomerang.dialect.vivo.tag.TagCatalogs;
import dev.boomerang.dialect.vivo.tag.TagGroupCalls;
import dev.boomerang.dialect.vivo.tag.TagMemberCalls;
import dev.boomerang.dialect.vivo.tag.TagSegmentCalls;
import dev.boomerang.dialect.vivo.user.InvalidUserCalls;
import dev.boomerang.dialect.vivo.user.UserLookup;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.webhook.WebhookFormat;
import dev.boomerang.model.app.App;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.HeadAuthenticator;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.text.QueryParameters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// vivo's push server API. An app id (a number), an app key and a secret stand for one app;
/// [AuthCalls] exchanges them for a token, and [Authenticator] checks it.
///
/// Whatever the result of a call, it is in an HTTP 200 with a numeric `result`: vivo's own client
/// throws at every other status.
public final class VivoDialect implements Dialect {
  private static final String POST = "POST";
  private static final String GET = "GET";

  /// Two Go clients write a space behind the path of their statistics.
  private static final String SPACE = "%20";

  private static final VivoErrorHandler ERROR_HANDLER = new VivoErrorHandler();

  /// An endpoint's work for a caller whose token is valid.
  private interface Action {
    ObjectNode answer(AuthenticatedCall call);
  }

  private interface CallHandler {
    ObjectNode answer(Call call);
  }

  private interface FieldReader {
    Fields read(Call call);
  }

  private final Engine engine;
  private final VivoConfig config;
  private final Clock clock;
  private final AccessTokens accessTokens;
  private final Authenticator authenticator;
  private final AppQuotas quotas;

  public VivoDialect(Engine engine, VivoConfig config, Clock clock) {
    this.engine = engine;
    this.config = config;
    this.clock = clock;
    this.accessTokens = new AccessTokens(engine.apps(), clock);
    this.authenticator = new Authenticator(engine.apps(), accessTokens);
    this.quotas = new AppQuotas(config, clock);
  }

  @Override
  public String name() {
    return VivoConfig.ORIGIN;
  }

  @Override
  public List<String> prefixes() {
    return List.of(
        "/message",
        "/livemessage",
        "/invalidUser",
        "/report",
        "/search",
        "/tag",
        "/tagGroup",
        "/tagSegment");
  }

  /// Returns the reply with the HTTP status of the refusal: with the vendor's 200, clients would
  /// take an unknown path for a known one.
  @Override
  public Reply refuse(Refusal refusal, Call head) {
    VivoError error =
        switch (refusal) {
          case Refusal.Overloaded _, Refusal.TimedOut _ -> VivoError.TOO_FAST;
          case Refusal.UnknownPath _,
              Refusal.WrongMethod _,
              Refusal.Malformed _,
              Refusal.TooLarge _,
              Refusal.TooSlow _,
              Refusal.Failed _ ->
              VivoError.PARAMETER;
        };
    return Reply.json(refusal.status(), Json.write(error.json(refusal.message())));
  }

  @Override
  public Optional<WebhookFormat> webhookFormat() {
    return Optional.of(ReceiptFormat::json);
  }

  @Override
  public List<Route> routes() {
    var userLookup = new UserLookup(engine.registrations(), config, clock);
    var tagCatalogs = new TagCatalogs(engine.documents(), engine.registrations());
    var routes = new ArrayList<Route>();
    addAuthRoute(routes);
    addPushRoutes(routes, userLookup, tagCatalogs);
    addUserRoutes(routes, userLookup);
    addReportRoutes(routes);
    addTagRoutes(routes, userLookup, tagCatalogs);
    return routes;
  }

  private void addAuthRoute(List<Route> routes) {
    var auth = new AuthCalls(engine.apps(), accessTokens, quotas, clock);
    add(
        routes,
        POST,
        "/message/auth",
        call -> auth.authenticate(body(call)),
        HeadAuthenticator.NONE);
  }

  private void addPushRoutes(List<Route> routes, UserLookup userLookup, TagCatalogs tagCatalogs) {
    var submissions = engine.submissions();
    var reader = new PushRequestReader(config);
    var window = new IdempotencyWindow(engine.tasks(), config.repeatWindow(), clock);
    var limit = new DailyDeviceLimit(config, clock);
    var taskResolver = new TaskResolver(engine.tasks());
    var singles = new SingleCalls(submissions, userLookup, reader, window, quotas, limit);
    var lists = new ListCalls(submissions, taskResolver, userLookup, reader, window, quotas, limit);
    var broadcasts =
        new BroadcastCalls(submissions, tagCatalogs, reader, window, quotas, config.testTag());
    post(routes, "/message/send", singles::send);
    post(routes, "/message/saveListPayload", lists::save);
    post(routes, "/message/pushToList", lists::push);
    post(routes, "/message/all", broadcasts::pushToAll);
    post(routes, "/message/tagPush", broadcasts::pushToTags);
    post(routes, "/livemessage/send", VivoDialect::refuseLiveCard);
  }

  private void addUserRoutes(List<Route> routes, UserLookup userLookup) {
    var recalls =
        new RecallCalls(engine.recalls(), new TaskResolver(engine.tasks()), userLookup, quotas);
    var invalidUsers = new InvalidUserCalls(userLookup);
    post(routes, "/message/recycle", recalls::recall);
    post(routes, "/invalidUser/check", invalidUsers::check);
    // The example in the vendor's document is a GET with a body.
    authenticated(routes, GET, "/invalidUser/check", VivoDialect::body, invalidUsers::check);
  }

  private void addReportRoutes(List<Route> routes) {
    var reports = new ReportCalls(engine.tasks(), engine.statistics(), quotas);
    get(routes, "/report/getStatistics", reports::statistics);
    get(routes, "/report/getAppConfig", reports::appConfig);
    get(routes, "/search/msgStatus", reports::reviewStatus);
  }

  private void addTagRoutes(List<Route> routes, UserLookup userLookup, TagCatalogs tagCatalogs) {
    var tags = new TagCalls(tagCatalogs, engine.registrations());
    var members = new TagMemberCalls(tagCatalogs, engine.registrations(), userLookup);
    var groups = new TagGroupCalls(tagCatalogs);
    var segments = new TagSegmentCalls(tagCatalogs);
    post(routes, "/tag/add", tags::add);
    post(routes, "/tag/update", tags::update);
    post(routes, "/tag/addMembers", members::add);
    post(routes, "/tag/removeMembers", members::remove);
    post(routes, "/tagGroup/add", groups::add);
    post(routes, "/tagGroup/update", groups::update);
    post(routes, "/tagGroup/addToGroup", groups::addToGroup);
    post(routes, "/tagSegment/add", segments::add);
    post(routes, "/tagSegment/update", segments::update);
  }

  /// Refuses a live card: vivo's own system draws them, for apps that vivo admits; no app here is
  /// one of them.
  ///
  /// Source: vivo "原子通知".
  private static ObjectNode refuseLiveCard(AuthenticatedCall call) {
    throw new VivoException(VivoError.LIVE_CARDS);
  }

  private void post(List<Route> routes, String path, Action action) {
    authenticated(routes, POST, path, VivoDialect::body, action);
  }

  private void get(List<Route> routes, String path, Action action) {
    authenticated(routes, GET, path, VivoDialect::parameters, action);
  }

  private void authenticated(
      List<Route> routes, String method, String path, FieldReader fieldReader, Action action) {
    add(
        routes,
        method,
        path,
        call -> {
          App app = authenticator.app(call);
          CallMemory.identify(account(app));
          Fields fields = fieldReader.read(call);
          Authenticator.requireSameApp(app, fields);
          return action.answer(new AuthenticatedCall(app, fields, call));
        },
        this::authenticateHead);
  }

  private HeadResult authenticateHead(Call head) {
    return HeadResult.guarded(
        ERROR_HANDLER,
        "vivo " + head.path(),
        () -> new HeadResult.Authenticated(account(authenticator.app(head))));
  }

  private static String account(App app) {
    return "vivo " + app.id().value();
  }

  private static void add(
      List<Route> routes,
      String method,
      String path,
      CallHandler handler,
      HeadAuthenticator headAuthenticator) {
    for (String each : List.of(path, path + SPACE)) {
      routes.add(new Route(method, each, call -> answer(call, handler), headAuthenticator));
    }
  }

  private static Reply answer(Call call, CallHandler handler) {
    return ERROR_HANDLER.handle(
        "vivo " + call.path(), () -> Reply.json(200, Json.write(handler.answer(call))));
  }

  private static Fields body(Call call) {
    return Fields.of(call.body(), "the body");
  }

  /// Returns the parameters of the query, or the members of the body if there is no query: one
  /// client sends them there.
  private static Fields parameters(Call call) {
    return call.query().isEmpty() && !call.body().isEmpty()
        ? body(call)
        : Fields.of(QueryParameters.parse(call.query()));
  }
}
