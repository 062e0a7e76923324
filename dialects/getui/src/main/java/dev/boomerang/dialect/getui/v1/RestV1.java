// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.access.LoginTokens;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.model.app.App;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import java.util.ArrayList;
import java.util.List;

/// Serves Getui's REST V1.
public final class RestV1 implements Dialect {
  private static final V1ErrorHandler ERROR_HANDLER = new V1ErrorHandler();
  private static final String BASE = "/v1/{appId}";

  /// Answers a caller whose token is valid.
  interface Action {
    Reply answer(Caller caller, Call call);
  }

  private final GetuiServices getui;

  public RestV1(GetuiServices getui) {
    this.getui = getui;
  }

  @Override
  public String name() {
    return GetuiServices.ORIGIN;
  }

  @Override
  public List<String> prefixes() {
    return List.of("/v1");
  }

  /// Answers what the caller has to mend with 200, since clients take every status outside the
  /// table for a broken connection.
  @Override
  public Reply refuse(Refusal refusal, Call head) {
    return switch (refusal) {
      case Refusal.UnknownPath _, Refusal.WrongMethod _ ->
          V1Result.OTHER_ERROR.reply("there is no such call");
      case Refusal.TooLarge _, Refusal.Malformed _ ->
          V1Result.INVALID_PARAM.reply(refusal.status(), refusal.message());
      case Refusal.TooSlow _, Refusal.Overloaded _, Refusal.TimedOut _, Refusal.Failed _ ->
          V1Result.OTHER_ERROR.reply(refusal.status(), refusal.message());
    };
  }

  @Override
  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.add(new Route("POST", BASE + "/auth_sign", call -> handle(call, this::logIn)));
    routes.add(route("POST", "/auth_close", this::logOut));
    routes.addAll(pushRoutes());
    routes.addAll(userRoutes());
    routes.addAll(reportRoutes());
    return routes;
  }

  private List<Route> pushRoutes() {
    var pushes = new PushCalls(getui);
    return List.of(
        route("POST", "/push_single", pushes::single),
        route("POST", "/push_single_batch", pushes::batch),
        route("POST", "/save_list_body", pushes::message),
        route("POST", "/push_list", pushes::list),
        route("POST", "/push_app", pushes::app),
        route("POST", "/push_by_tag", pushes::tag),
        route("DELETE", "/stop_task/{taskid}", pushes::stop));
  }

  private List<Route> userRoutes() {
    var users = new UserCalls(getui);
    return List.of(
        route("POST", "/bind_alias", users::bind),
        route("POST", "/unbind_alias", users::unbind),
        route("POST", "/unbind_alias_all", users::unbindAll),
        route("GET", "/query_cid/{alias}", users::cids),
        route("GET", "/query_alias/{cid}", users::alias),
        route("POST", "/set_tags", users::setTags),
        route("GET", "/get_tags/{cid}", users::tags),
        route("POST", "/user_blk_list", users::block),
        route("DELETE", "/user_blk_list", users::unblock),
        route("GET", "/user_status/{cid}", users::status),
        route("POST", "/set_badge", users::badge),
        route("POST", "/query_user_count", users::count));
  }

  private List<Route> reportRoutes() {
    var reports = new ReportCalls(getui);
    return List.of(
        route("POST", "/push_result", reports::tasks),
        route("GET", "/get_push_result_by_group_name/{group}", reports::group),
        route("GET", "/query_app_user/{date}", reports::users),
        route("GET", "/query_app_push/{date}", reports::pushes),
        route("GET", "/get_last_24hours_online_User_statistics", reports::online),
        route("GET", "/query_bi_tags", reports::portraits),
        route("POST", "/get_feedback_users", reports::feedback));
  }

  private Route route(String method, String path, Action action) {
    return new Route(
        method,
        BASE + path,
        call -> handle(call, it -> action.answer(countedCaller(it), it)),
        this::check);
  }

  private HeadResult check(Call head) {
    return HeadResult.guarded(
        ERROR_HANDLER,
        "getui-v1 " + head.path(),
        () -> new HeadResult.Authenticated(caller(head).account()));
  }

  private Caller countedCaller(Call call) {
    Caller caller = caller(call);
    CallMemory.identify(caller.account());
    getui.quotas().take(caller.id(), Quota.CALLS_MINUTE);
    return caller;
  }

  private Reply logIn(Call call) {
    Fields body = Fields.of(call.body(), "the body");
    String sign = body.requiredText("sign", 128);
    String timestamp = body.requiredText("timestamp", 20);
    String appKey = body.requiredText("appkey", 64);
    App app = app(call);
    Caller caller =
        getui
            .authenticator()
            .byAppKey(appKey)
            .filter(it -> it.id().equals(app.id()))
            .orElseThrow(() -> new V1ResultException(V1Result.APPID_NOTMATCH));
    checkActive(caller);
    if (!getui.authenticator().isRestSign(caller, timestamp, sign)) {
      throw new V1ResultException(V1Result.SIGN_ERROR);
    }
    getui.quotas().take(caller.id(), Quota.AUTH_MINUTE);
    LoginTokens.Issued issued = getui.tokens().issue(caller);
    return V1Result.ok(
        Json.object()
            .put("auth_token", issued.token())
            .put("expire_time", Long.toString(issued.expiresAt().toEpochMilli())));
  }

  private Reply logOut(Caller caller, Call call) {
    getui.tokens().revoke(caller.id(), token(call));
    return V1Result.ok();
  }

  private App app(Call call) {
    return getui
        .authenticator()
        .app(call.param("appId"))
        .orElseThrow(() -> new V1ResultException(V1Result.NO_APPID));
  }

  private static void checkActive(Caller caller) {
    if (!caller.key().active()) {
      throw new V1ResultException(V1Result.BLACK_APPID);
    }
  }

  private static String token(Call call) {
    return call.header("authtoken").orElse("");
  }

  private Caller caller(Call call) {
    Caller caller =
        getui
            .tokens()
            .key(app(call).id(), token(call))
            .flatMap(getui.authenticator()::byAppKey)
            .orElseThrow(() -> new V1ResultException(V1Result.NOT_AUTH));
    checkActive(caller);
    return caller;
  }

  private static Reply handle(Call call, Endpoint endpoint) {
    return ERROR_HANDLER.handle("getui-v1 " + call.path(), () -> endpoint.answer(call));
  }
}
