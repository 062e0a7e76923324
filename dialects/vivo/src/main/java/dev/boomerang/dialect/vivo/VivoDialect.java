// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.auth.AccessTokens;
import dev.boomerang.dialect.vivo.auth.AuthCalls;
import dev.boomerang.dialect.vivo.base.AppNumber;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.dialect.vivo.push.BroadcastCalls;
import dev.boomerang.dialect.vivo.push.DailyDeviceLimit;
import dev.boomerang.dialect.vivo.push.IdempotencyWindow;
import dev.boomerang.dialect.vivo.push.ListCalls;
import dev.boomerang.dialect.vivo.push.SingleCalls;
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
import dev.boomerang.model.app.Key;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.HeadAuthenticator;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.QueryParameters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// vivo's push server API. An app id (a number), an app key and a secret stand for one app.
public final class VivoDialect implements Dialect {
  public static final String ORIGIN = "vivo";

  /// What receipts look like.
  public static final WebhookFormat RECEIPTS = ReceiptFormat::json;

  private static final String POST = "POST";
  private static final String GET = "GET";

  /// Two Go clients write a space behind the path of their statistics.
  private static final String SPACE = "%20";

  /// The one place where this dialect's faults become replies.
  private static final ErrorHandler<Reply> FAULTS =
      new ErrorHandler<>() {
        @Override
        public Optional<Reply> refused(RuntimeException fault) {
          return switch (fault) {
            case VivoException known -> Optional.of(reply(known.json()));
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
      };

  /// What is asked, by whom: `fields` are the members of the body, or of the query.
  public record AuthenticatedCall(App app, Fields fields, Call call) {}

  /// What an endpoint does for a caller whose token was good.
  interface Action {
    ObjectNode answer(AuthenticatedCall ask);
  }

  private interface Step {
    ObjectNode answer(Call call);
  }

  private interface Asked {
    Fields of(Call call);
  }

  private final Engine engine;
  private final VivoConfig config;
  private final Clock clock;
  private final AccessTokens tokens;
  private final AppQuotas quotas;

  public VivoDialect(Engine engine, VivoConfig config, Clock clock) {
    this.engine = engine;
    this.config = config;
    this.clock = clock;
    this.tokens = new AccessTokens(engine.apps(), clock);
    this.quotas = new AppQuotas(config, clock);
  }

  @Override
  public String name() {
    return ORIGIN;
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

  /// With the status that HTTP has for it: the vendor's 200 would be taken for a path that is
  /// there.
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
    return Optional.of(RECEIPTS);
  }

  @Override
  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    var auth = new AuthCalls(engine.apps(), tokens, quotas, clock);
    add(routes, POST, "/message/auth", call -> auth.answer(body(call)), HeadAuthenticator.NONE);
    messageRoutes(routes);
    tagRoutes(routes);
    return routes;
  }

  private void messageRoutes(List<Route> routes) {
    var users = new UserLookup(engine.registrations(), config, clock);
    var books = new TagCatalogs(engine.documents());
    var repeats = new IdempotencyWindow(engine.tasks(), config.repeatWindow(), clock);
    var orders = new PushRequestReader(config);
    var cap = new DailyDeviceLimit(config, clock);
    var singles = new SingleCalls(engine, users, orders, repeats, quotas, cap);
    var lists = new ListCalls(engine, users, orders, repeats, quotas, cap);
    var crowds = new BroadcastCalls(engine, books, orders, repeats, quotas, config.testTag());
    post(routes, "/message/send", singles::send);
    post(routes, "/message/saveListPayload", lists::save);
    post(routes, "/message/pushToList", lists::push);
    post(routes, "/message/all", crowds::pushToAll);
    post(routes, "/message/tagPush", crowds::pushToTags);
    post(routes, "/livemessage/send", VivoDialect::liveCard);

    var userCalls = new InvalidUserCalls(engine, users, quotas);
    post(routes, "/message/recycle", userCalls::recall);
    post(routes, "/invalidUser/check", userCalls::check);
    // As the document's example has it.
    act(routes, GET, "/invalidUser/check", VivoDialect::body, userCalls::check);

    var reports = new ReportCalls(engine.tasks(), engine.statistics(), quotas);
    query(routes, "/report/getStatistics", reports::statistics);
    query(routes, "/report/getAppConfig", reports::appConfig);
    query(routes, "/search/msgStatus", reports::status);
  }

  /// vivo's own system draws live cards, for apps that vivo admits; no app here is one of them.
  ///
  /// Source: vivo "原子通知".
  private static ObjectNode liveCard(AuthenticatedCall ask) {
    throw new VivoException(VivoError.LIVE_CARDS);
  }

  private void tagRoutes(List<Route> routes) {
    var users = new UserLookup(engine.registrations(), config, clock);
    var books = new TagCatalogs(engine.documents());
    var tags = new TagCalls(books, engine.registrations());
    var members = new TagMemberCalls(books, engine.registrations(), users);
    var groups = new TagGroupCalls(books);
    var segments = new TagSegmentCalls(books);
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

  private void post(List<Route> routes, String path, Action action) {
    act(routes, POST, path, VivoDialect::body, action);
  }

  private void query(List<Route> routes, String path, Action action) {
    act(routes, GET, path, VivoDialect::parameters, action);
  }

  private void act(List<Route> routes, String method, String path, Asked asked, Action action) {
    add(
        routes,
        method,
        path,
        call -> {
          App app = app(call);
          CallMemory.identify(account(app));
          Fields fields = asked.of(call);
          checkApp(app, fields);
          return action.answer(new AuthenticatedCall(app, fields, call));
        },
        this::check);
  }

  private static String account(App app) {
    return "vivo " + app.id().value();
  }

  private HeadResult check(Call head) {
    return HeadResult.guarded(
        FAULTS, "vivo " + head.path(), () -> new HeadResult.Authenticated(account(app(head))));
  }

  private static void add(
      List<Route> routes, String method, String path, Step step, HeadAuthenticator authenticator) {
    for (String each : List.of(path, path + SPACE)) {
      routes.add(new Route(method, each, call -> answer(call, step), authenticator));
    }
  }

  private static Reply answer(Call call, Step step) {
    return FAULTS.handle("vivo " + call.path(), () -> reply(step.answer(call)));
  }

  private static Reply reply(ObjectNode json) {
    return Reply.json(200, Json.write(json));
  }

  private App app(Call call) {
    Key key =
        call.header("authToken")
            .flatMap(token -> tokens.key(token.strip()))
            .orElseThrow(() -> new VivoException(VivoError.TOKEN));
    if (!key.active()) {
      throw new VivoException(VivoError.APP_STATE);
    }
    return engine.apps().find(key.app()).orElseThrow(() -> new VivoException(VivoError.TOKEN));
  }

  /// A call need not tell its app; where it does, it must be the token's.
  private static void checkApp(App app, Fields fields) {
    fields
        .text("appId", 64)
        .map(String::strip)
        .filter(told -> !told.isEmpty())
        .filter(told -> !AppNumber.withoutLeadingZeros(told).equals(AppNumber.of(app.id())))
        .ifPresent(
            _ -> {
              throw new VivoException(VivoError.OTHER_APP);
            });
  }

  private static Fields body(Call call) {
    return Fields.of(call.body(), "the body");
  }

  /// Of a query; or, as one client sends them, of a body that comes with it.
  private static Fields parameters(Call call) {
    return call.query().isEmpty() && !call.body().isEmpty()
        ? body(call)
        : Fields.of(QueryParameters.parse(call.query()));
  }

  /// A good answer's beginning.
  public static ObjectNode done() {
    return Json.object().put("result", 0).put("desc", "请求成功");
  }
}
