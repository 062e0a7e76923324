// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.AuthenticatedRoutes;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Serves Getui's RestAPI V2.
public final class GetuiRestV2 implements Dialect {
  private static final String BASE = "/v2/{appId}";

  private final GetuiServices getui;
  private final AuthenticatedRoutes routes;

  public GetuiRestV2(GetuiServices getui) {
    this.getui = getui;
    routes =
        new AuthenticatedRoutes(
            new AuthenticatedRoutes.Protocol(
                BASE, new V2ErrorHandler(), this::caller, GetuiRestV2::callName),
            getui.quotas());
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
    var all = new ArrayList<Route>();
    var auth = new AuthCalls(getui);
    all.add(routes.openRoute("POST", "/auth", auth::open));
    all.add(routes.route("DELETE", "/auth/{token}", auth::close));
    all.addAll(pushRoutes());
    all.addAll(taskRoutes());
    all.addAll(userRoutes());
    all.addAll(reportRoutes());
    return all;
  }

  private List<Route> pushRoutes() {
    var pushes = new PushCalls(getui);
    var tagged = new TaggedCalls(getui);
    return List.of(
        routes.route("POST", "/push/single/cid", pushes::singleCid),
        routes.route("POST", "/push/single/alias", pushes::singleAlias),
        routes.route("POST", "/push/single/batch/cid", pushes::batchCid),
        routes.route("POST", "/push/single/batch/alias", pushes::batchAlias),
        routes.route("POST", "/push/single/cid_by_tag", tagged::single),
        routes.route("POST", "/push/list/message", pushes::message),
        routes.route("POST", "/push/list/cid", pushes::listCid),
        routes.route("POST", "/push/list/alias", pushes::listAlias),
        routes.route("POST", "/push/list/cid_by_tag", tagged::list),
        routes.route("POST", "/push/all", pushes::all),
        routes.route("POST", "/push/tag", pushes::tag),
        routes.route("POST", "/push/fast_custom_tag", pushes::fastCustomTag));
  }

  private List<Route> taskRoutes() {
    var tasks = new TaskCalls(getui);
    return List.of(
        routes.route("DELETE", "/task/{taskid}", tasks::stop),
        routes.route("GET", "/task/schedule/{taskid}", tasks::schedule),
        routes.route("DELETE", "/task/schedule/{taskid}", tasks::unschedule),
        routes.route("GET", "/task/detail/{cid}/{taskid}", tasks::detail));
  }

  private List<Route> userRoutes() {
    var aliases = new AliasCalls(getui.users());
    var tags = new TagCalls(getui.users());
    var users = new UserCalls(getui);
    return List.of(
        routes.route("POST", "/user/alias", aliases::bind),
        routes.route("DELETE", "/user/alias", aliases::unbind),
        routes.route("DELETE", "/user/alias/{alias}", aliases::unbindAll),
        routes.route("GET", "/user/alias/cid/{cid}", aliases::ofCid),
        routes.route("GET", "/user/cid/alias/{alias}", aliases::cids),
        routes.route("POST", "/user/custom_tag/cid/{cid}", tags::set),
        routes.route("GET", "/user/custom_tag/cid/{cid}", tags::show),
        routes.route("PUT", "/user/custom_tag/batch/{tag}", tags::add),
        routes.route("DELETE", "/user/custom_tag/batch/{tag}", tags::remove),
        routes.route("POST", "/user/black/cid/{cids}", users::block),
        routes.route("DELETE", "/user/black/cid/{cids}", users::unblock),
        routes.route("GET", "/user/status/{cids}", users::status),
        routes.route("GET", "/user/deviceStatus/{cids}", users::deviceStatus),
        routes.route("GET", "/user/detail/{cids}", users::detail),
        routes.route("POST", "/user/badge/cid/{cids}", users::badge),
        routes.route("POST", "/user/count", users::count));
  }

  private List<Route> reportRoutes() {
    var reports = new ReportCalls(getui);
    return List.of(
        routes.route("GET", "/report/push/task/{taskids}", reports::tasks),
        routes.route("GET", "/report/push/task/{taskids}/detail", reports::detail),
        routes.route("GET", "/report/push/task_group/{group}", reports::group),
        routes.route("GET", "/report/push/date/{date}", reports::pushDate),
        routes.route("GET", "/report/push/count", reports::count),
        routes.route("GET", "/report/user/date/{date}", reports::userDate),
        routes.route("GET", "/report/online_user", reports::online),
        // The Java client's own health; it is off unless its caller wants it.
        routes.route("POST", "/log/upload", (_, _) -> V2Replies.success()));
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

  /// Returns what logs call a call: its path, without the token that one path contains.
  private static String callName(Call call) {
    return "getui-v2 "
        + Optional.of(call.path()).filter(path -> !path.contains("/auth/")).orElse("/auth/…");
  }
}
