// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.AuthenticatedRoutes;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.access.LoginTokens;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.model.app.App;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.ArrayList;
import java.util.List;

/// Serves Getui's REST V1.
public final class GetuiRestV1 implements Dialect {
  private static final String BASE = "/v1/{appId}";

  private final GetuiServices getui;
  private final AuthenticatedRoutes routes;

  public GetuiRestV1(GetuiServices getui) {
    this.getui = getui;
    routes =
        new AuthenticatedRoutes(
            new AuthenticatedRoutes.Protocol(
                BASE, new V1ErrorHandler(), this::caller, call -> "getui-v1 " + call.path()),
            getui.quotas());
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
    var all = new ArrayList<Route>();
    all.add(routes.openRoute("POST", "/auth_sign", this::logIn));
    all.add(routes.route("POST", "/auth_close", this::logOut));
    all.addAll(pushRoutes());
    all.addAll(userRoutes());
    all.addAll(reportRoutes());
    return all;
  }

  private List<Route> pushRoutes() {
    var pushes = new PushCalls(getui);
    return List.of(
        routes.route("POST", "/push_single", pushes::single),
        routes.route("POST", "/push_single_batch", pushes::batch),
        routes.route("POST", "/save_list_body", pushes::message),
        routes.route("POST", "/push_list", pushes::list),
        routes.route("POST", "/push_app", pushes::app),
        routes.route("POST", "/push_by_tag", pushes::tag),
        routes.route("DELETE", "/stop_task/{taskid}", pushes::stop));
  }

  private List<Route> userRoutes() {
    var users = new UserCalls(getui);
    return List.of(
        routes.route("POST", "/bind_alias", users::bind),
        routes.route("POST", "/unbind_alias", users::unbind),
        routes.route("POST", "/unbind_alias_all", users::unbindAll),
        routes.route("GET", "/query_cid/{alias}", users::cids),
        routes.route("GET", "/query_alias/{cid}", users::alias),
        routes.route("POST", "/set_tags", users::setTags),
        routes.route("GET", "/get_tags/{cid}", users::tags),
        routes.route("POST", "/user_blk_list", users::block),
        routes.route("DELETE", "/user_blk_list", users::unblock),
        routes.route("GET", "/user_status/{cid}", users::status),
        routes.route("POST", "/set_badge", users::badge),
        routes.route("POST", "/query_user_count", users::count));
  }

  private List<Route> reportRoutes() {
    var reports = new ReportCalls(getui);
    return List.of(
        routes.route("POST", "/push_result", reports::tasks),
        routes.route("GET", "/get_push_result_by_group_name/{group}", reports::group),
        routes.route("GET", "/query_app_user/{date}", reports::users),
        routes.route("GET", "/query_app_push/{date}", reports::pushes),
        routes.route("GET", "/get_last_24hours_online_User_statistics", reports::online),
        routes.route("GET", "/query_bi_tags", reports::portraits),
        routes.route("POST", "/get_feedback_users", reports::feedback));
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
}
