// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.Getui;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.model.AppId;
import dev.boomerang.web.Call;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.Reply;
import dev.boomerang.web.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Getui's RestAPI V2.
public final class RestV2 {
  private static final Faults FAULTS = new Faults();
  private static final String BASE = "/v2/{appId}";

  /// The longest path of the dialect has four parts behind the app id.
  private static final List<String> ANYWHERE =
      List.of(
          BASE,
          BASE + "/{a}",
          BASE + "/{a}/{b}",
          BASE + "/{a}/{b}/{c}",
          BASE + "/{a}/{b}/{c}/{d}",
          BASE + "/{a}/{b}/{c}/{d}/{e}");

  /// What an endpoint does for a caller whose token was good.
  interface Action {
    Reply answer(Caller caller, Call call);
  }

  private final Getui getui;
  private final Set<String> paths = new LinkedHashSet<>();

  public RestV2(Getui getui) {
    this.getui = getui;
  }

  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    var auth = new AuthCalls(getui);
    routes.add(open("POST", "/auth", auth::open));
    routes.add(route("DELETE", "/auth/{token}", auth::close));
    routes.addAll(pushRoutes());
    routes.addAll(taskRoutes());
    routes.addAll(userRoutes());
    routes.addAll(reportRoutes());
    for (String path : paths) {
      routes.add(new Route(Route.ANY, path, _ -> Code.METHOD.reply()));
    }
    for (String path : ANYWHERE) {
      routes.add(new Route(Route.ANY, path, _ -> Code.NOT_FOUND.reply()));
    }
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
        route("POST", "/log/upload", (_, _) -> Answers.nothing()));
  }

  private Route open(String method, String path, Endpoint endpoint) {
    paths.add(BASE + path);
    return new Route(method, BASE + path, call -> answered(call, endpoint));
  }

  private Route route(String method, String path, Action action) {
    return open(method, path, call -> action.answer(caller(call), call));
  }

  private Caller caller(Call call) {
    String token = call.header("token").orElse("");
    Caller caller =
        getui
            .callers()
            .app(call.param("appId"))
            .flatMap(app -> getui.tokens().key(app.id(), token))
            .flatMap(getui.callers()::named)
            .orElseThrow(() -> new CodeFault(Code.TOKEN));
    if (!caller.key().active()) {
      throw new CodeFault(Code.BLACKLISTED);
    }
    AppId app = caller.id();
    getui.quotas().take(app, Quota.CALLS_MINUTE);
    return caller;
  }

  private static Reply answered(Call call, Endpoint endpoint) {
    return FAULTS.guard("getui-v2 " + path(call), () -> endpoint.answer(call));
  }

  /// Without the token that one path has.
  private static String path(Call call) {
    return Optional.of(call.path()).filter(path -> !path.contains("/auth/")).orElse("/auth/…");
  }
}
