// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Serves Getui's RestAPI V2.
public final class RestV2 implements Dialect {
  private static final V2ErrorHandler ERROR_HANDLER = new V2ErrorHandler();
  private static final String BASE = "/v2/{appId}";

  /// Answers a caller whose token is valid.
  interface Action {
    Reply answer(Caller caller, Call call);
  }

  private final GetuiServices getui;

  public RestV2(GetuiServices getui) {
    this.getui = getui;
  }

  @Override
  public String name() {
    return GetuiServices.ORIGIN;
  }

  @Override
  public List<String> prefixes() {
    return List.of("/v2");
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    V2Code code =
        switch (refusal) {
          case Refusal.UnknownPath _ -> V2Code.NOT_FOUND;
          case Refusal.WrongMethod _ -> V2Code.METHOD;
          case Refusal.TooLarge _, Refusal.Malformed _ -> V2Code.PARAMETER;
          case Refusal.Overloaded _ -> V2Code.BUSY;
          case Refusal.TooSlow _, Refusal.TimedOut _, Refusal.Failed _ -> V2Code.FAILED;
        };
    return code.reply(refusal.status(), refusal.message());
  }

  @Override
  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    var auth = new AuthCalls(getui);
    routes.add(new Route("POST", BASE + "/auth", call -> handle(call, auth::open)));
    routes.add(route("DELETE", "/auth/{token}", auth::close));
    routes.addAll(pushRoutes());
    routes.addAll(taskRoutes());
    routes.addAll(userRoutes());
    routes.addAll(reportRoutes());
    return routes;
  }

  private List<Route> pushRoutes() {
    var pushes = new PushCalls(getui);
    var tagged = new TaggedCalls(getui);
    return List.of(
        route("POST", "/push/single/cid", pushes::singleCid),
        route("POST", "/push/single/alias", pushes::singleAlias),
        route("POST", "/push/single/batch/cid", pushes::batchCid),
        route("POST", "/push/single/batch/alias", pushes::batchAlias),
        route("POST", "/push/single/cid_by_tag", tagged::single),
        route("POST", "/push/list/message", pushes::message),
        route("POST", "/push/list/cid", pushes::listCid),
        route("POST", "/push/list/alias", pushes::listAlias),
        route("POST", "/push/list/cid_by_tag", tagged::list),
        route("POST", "/push/all", pushes::all),
        route("POST", "/push/tag", pushes::tag),
        route("POST", "/push/fast_custom_tag", pushes::fastCustomTag));
  }

  private List<Route> taskRoutes() {
    var tasks = new TaskCalls(getui);
    return List.of(
        route("DELETE", "/task/{taskid}", tasks::stop),
        route("GET", "/task/schedule/{taskid}", tasks::schedule),
        route("DELETE", "/task/schedule/{taskid}", tasks::unschedule),
        route("GET", "/task/detail/{cid}/{taskid}", tasks::detail));
  }

  private List<Route> userRoutes() {
    var aliases = new AliasCalls(getui.users());
    var tags = new TagCalls(getui.users());
    var users = new UserCalls(getui);
    return List.of(
        route("POST", "/user/alias", aliases::bind),
        route("DELETE", "/user/alias", aliases::unbind),
        route("DELETE", "/user/alias/{alias}", aliases::unbindAll),
        route("GET", "/user/alias/cid/{cid}", aliases::ofCid),
        route("GET", "/user/cid/alias/{alias}", aliases::cids),
        route("POST", "/user/custom_tag/cid/{cid}", tags::set),
        route("GET", "/user/custom_tag/cid/{cid}", tags::show),
        route("PUT", "/user/custom_tag/batch/{tag}", tags::add),
        route("DELETE", "/user/custom_tag/batch/{tag}", tags::remove),
        route("POST", "/user/black/cid/{cids}", users::block),
        route("DELETE", "/user/black/cid/{cids}", users::unblock),
        route("GET", "/user/status/{cids}", users::status),
        route("GET", "/user/deviceStatus/{cids}", users::deviceStatus),
        route("GET", "/user/detail/{cids}", users::detail),
        route("POST", "/user/badge/cid/{cids}", users::badge),
        route("POST", "/user/count", users::count));
  }

  private List<Route> reportRoutes() {
    var reports = new ReportCalls(getui);
    return List.of(
        route("GET", "/report/push/task/{taskids}", reports::tasks),
        route("GET", "/report/push/task/{taskids}/detail", reports::detail),
        route("GET", "/report/push/task_group/{group}", reports::group),
        route("GET", "/report/push/date/{date}", reports::pushDate),
        route("GET", "/report/push/count", reports::count),
        route("GET", "/report/user/date/{date}", reports::userDate),
        route("GET", "/report/online_user", reports::online),
        // The Java client's own health; it is off unless its caller wants it.
        route("POST", "/log/upload", (_, _) -> V2Replies.success()));
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
        "getui-v2 " + path(head),
        () -> new HeadResult.Authenticated(caller(head).account()));
  }

  private Caller countedCaller(Call call) {
    Caller caller = caller(call);
    CallMemory.identify(caller.account());
    getui.quotas().take(caller.id(), Quota.CALLS_MINUTE);
    return caller;
  }

  private Caller caller(Call call) {
    String token = call.header("token").orElse("");
    Caller caller =
        getui
            .authenticator()
            .app(call.param("appId"))
            .flatMap(app -> getui.tokens().key(app.id(), token))
            .flatMap(getui.authenticator()::byAppKey)
            .orElseThrow(() -> new V2CodeException(V2Code.TOKEN));
    if (!caller.key().active()) {
      throw new V2CodeException(V2Code.BLACKLISTED);
    }
    return caller;
  }

  private static Reply handle(Call call, Endpoint endpoint) {
    return ERROR_HANDLER.handle("getui-v2 " + path(call), () -> endpoint.answer(call));
  }

  /// Returns the path for logs, without the token that one path contains.
  private static String path(Call call) {
    return Optional.of(call.path()).filter(path -> !path.contains("/auth/")).orElse("/auth/…");
  }
}
