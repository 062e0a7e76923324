// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.dialect.jpush.Access.Caller;
import dev.boomerang.engine.Engine;
import dev.boomerang.model.app.AppId;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.limit.RateLimit;
import dev.boomerang.web.limit.RateLimit.Usage;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// JPush's REST API v3. [Access] says who calls.
public final class JpushDialect implements Dialect {
  static final String ORIGIN = "jpush";

  /// Calls of the vendor's that need its console or its prices. The clients read no other reply to
  /// them than an error in this dialect's shape.
  private static final List<String> NOT_HERE =
      List.of(
          "/v3/push_plan/create",
          "/v3/push_plan/update",
          "/v3/push_plan/list",
          "/v3/test/model/add",
          "/v3/test/model/update",
          "/v3/test/model/list",
          "/v3/test/model/delete/{id}");

  /// What an endpoint does for a caller whose key was good.
  interface Action {
    Reply answer(Caller caller, Call call);
  }

  private final Engine engine;
  private final JpushConfig config;
  private final Access access;
  private final Minutes minutes;
  private final Clock clock;

  public JpushDialect(Engine engine, JpushConfig config, Clock clock) {
    this.engine = engine;
    this.config = config;
    this.access = new Access(engine.apps(), config);
    this.minutes = new Minutes(config.rates(), clock);
    this.clock = clock;
  }

  @Override
  public String name() {
    return ORIGIN;
  }

  @Override
  public List<String> prefixes() {
    return List.of("/v3", "/v1/app");
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    Family family = Family.of(head.path());
    return Minutes.on(family.refused(refusal), minutes.of(family).unused());
  }

  @Override
  public List<Route> routes() {
    var orders = new Orders(new Images(engine.uploads()), config);
    var routes = new ArrayList<Route>();
    routes.addAll(pushRoutes(orders));
    routes.addAll(deviceRoutes());
    routes.addAll(reportRoutes());
    routes.addAll(scheduleRoutes(orders));
    routes.addAll(fileRoutes());
    routes.addAll(adminRoutes());
    NOT_HERE.forEach(path -> routes.add(route(Family.PUSH, Route.ANY, path, (_, _) -> notHere())));
    return routes;
  }

  private List<Route> pushRoutes(Orders orders) {
    var sender = new PushSender(engine, config, clock);
    var files = new UploadedFiles(engine.uploads());
    var pushes = new PushCalls(engine, orders, sender, config, files, clock);
    var batches = new BatchCalls(orders, sender);
    var groups = new GroupCalls(orders, pushes, sender);
    var schedules = new ScheduleCalls(engine, orders, config, clock);
    var templates = new TemplateCalls(engine.templates(), orders, sender, schedules);
    return List.of(
        route(Family.PUSH, "POST", "/v3/push", pushes::push),
        route(Family.PUSH, "POST", "/v3/push/validate", pushes::validate),
        route(Family.PUSH, "POST", "/v3/push/file", pushes::file),
        route(Family.PUSH, "GET", "/v3/push/cid", pushes::cids),
        route(Family.PUSH, "GET", "/v3/push/quota", pushes::quota),
        route(Family.PUSH, "POST", "/v3/push/batch/regid/single", batches::registrations),
        route(Family.PUSH, "POST", "/v3/push/batch/alias/single", batches::aliases),
        route(Family.TEMPLATE, "POST", "/v3/push/template", templates::push),
        route(Family.TEMPLATE, "POST", "/v3/push/template/schedule", templates::schedule),
        route(Family.PUSH, "POST", "/v3/grouppush", groups::push),
        route(Family.PUSH, "POST", "/v3/grouppush/file", groups::file),
        route(Family.PUSH, "DELETE", "/v3/push/{msgid}", pushes::recall));
  }

  private List<Route> fileRoutes() {
    var files = new FileCalls(engine.uploads(), config);
    var images = new ImageCalls(engine.uploads());
    String file = "/v3/files/{id}";
    return List.of(
        route(Family.FILE, "POST", "/v3/files/alias", files::aliases),
        route(Family.FILE, "POST", "/v3/files/registration_id", files::registrations),
        route(Family.FILE, "GET", "/v3/files", files::list),
        route(Family.FILE, "GET", file, files::show),
        route(Family.FILE, "DELETE", file, files::delete),
        route(Family.PUSH, "POST", "/v3/images/byurls", images::create),
        route(Family.PUSH, "PUT", "/v3/images/byurls/{id}", images::change),
        route(Family.PUSH, "POST", "/v3/images/byfiles", images::byFile),
        route(Family.PUSH, "PUT", "/v3/images/byfiles/{id}", images::byFile));
  }

  private List<Route> scheduleRoutes(Orders orders) {
    var schedules = new ScheduleCalls(engine, orders, config, clock);
    String one = "/v3/schedules/{id}";
    return List.of(
        route(Family.SCHEDULE, "POST", "/v3/schedules", schedules::create),
        route(Family.SCHEDULE, "GET", "/v3/schedules", schedules::list),
        route(Family.SCHEDULE, "GET", one, schedules::show),
        route(Family.SCHEDULE, "PUT", one, schedules::change),
        route(Family.SCHEDULE, "DELETE", one, schedules::delete),
        route(Family.SCHEDULE, "GET", one + "/msg_ids", schedules::messages));
  }

  private List<Route> reportRoutes() {
    var reports = new ReportCalls(engine.tasks(), engine.statistics(), clock);
    var users = new UserReport(engine.registrations(), config.zone(), clock);
    var status = new StatusCalls(engine.tasks(), reports, new Named(engine.registrations()));
    return List.of(
        route(Family.REPORT, "GET", "/v3/received", reports::received),
        route(Family.REPORT, "GET", "/v3/received/detail", reports::receivedDetail),
        route(Family.REPORT, "GET", "/v3/messages", reports::messages),
        route(Family.REPORT, "GET", "/v3/messages/detail", reports::messagesDetail),
        route(Family.REPORT, "GET", "/v3/users", users::show),
        route(Family.REPORT, "POST", "/v3/status/message", status::show),
        route(Family.REPORT, "GET", "/v3/group/messages/detail", reports::groupMessages),
        route(Family.REPORT, "GET", "/v3/group/users", users::show));
  }

  private List<Route> deviceRoutes() {
    var devices = new DeviceCalls(engine.registrations(), config, clock);
    var aliases = new AliasCalls(engine.registrations(), config);
    var tags = new TagCalls(engine.registrations(), config);
    return List.of(
        route(Family.DEVICE, "GET", "/v3/devices/{id}", devices::show),
        route(Family.DEVICE, "POST", "/v3/devices/{id}", devices::change),
        route(Family.DEVICE, "POST", "/v3/devices/status", devices::status),
        route(Family.DEVICE, "GET", "/v3/aliases/{alias}", aliases::show),
        route(Family.DEVICE, "POST", "/v3/aliases/{alias}", aliases::change),
        route(Family.DEVICE, "DELETE", "/v3/aliases/{alias}", aliases::delete),
        route(Family.DEVICE, "GET", "/v3/tags", tags::list),
        route(Family.DEVICE, "POST", "/v3/tags/{tag}", tags::change),
        route(Family.DEVICE, "DELETE", "/v3/tags/{tag}", tags::delete),
        route(Family.DEVICE, "GET", "/v3/tags/{tag}/registration_ids/{id}", tags::has));
  }

  /// Deleting is POST in the documents and DELETE in the Java client.
  private List<Route> adminRoutes() {
    var admin = new AdminCalls(engine.apps(), new SecureRandom(), clock);
    String one = "/v1/app/{key}";
    return List.of(
        developers("POST", "/v1/app", admin::create),
        developers("POST", one + "/delete", admin::delete),
        developers("DELETE", one + "/delete", admin::delete),
        developers("POST", one + "/certificate", admin::certificate));
  }

  private interface DevelopersAction {
    Reply answer(Call call);
  }

  private Route developers(String method, String pattern, DevelopersAction action) {
    return new Route(
        method,
        pattern,
        call ->
            Family.ADMIN.handle(
                "jpush " + call.path(),
                () -> {
                  access.checkDeveloper(call);
                  return action.answer(call);
                }),
        head ->
            HeadResult.guarded(
                Family.ADMIN,
                "jpush " + head.path(),
                () -> {
                  access.checkDeveloper(head);
                  return new HeadResult.Authenticated("jpush developer");
                }));
  }

  private Route route(Family family, String method, String pattern, Action action) {
    return new Route(
        method, pattern, call -> answer(family, call, action), head -> check(family, head));
  }

  private HeadResult check(Family family, Call head) {
    HeadResult result =
        HeadResult.guarded(
            family,
            "jpush " + head.path(),
            () -> new HeadResult.Authenticated(account(access.caller(family, head))));
    return result instanceof HeadResult.Refused(Reply reply)
        ? new HeadResult.Refused(Minutes.on(reply, minutes.of(family).unused()))
        : result;
  }

  private static String account(Caller caller) {
    return "jpush " + caller.app().id().value();
  }

  private static Reply notHere() {
    return JpushError.PERMISSION.reply("This call is not served here.");
  }

  /// A call counts from when it is known whose it is.
  private Reply answer(Family family, Call call, Action action) {
    RateLimit<AppId> limit = minutes.of(family);
    Usage[] usage = {limit.unused()};
    Reply reply =
        family.handle(
            "jpush " + call.path(),
            () -> {
              Caller caller = access.caller(family, call);
              CallMemory.identify(account(caller));
              usage[0] = limit.take(caller.app().id(), 1);
              if (usage[0].isOver()) {
                throw JpushError.RATE.fault();
              }
              return action.answer(caller, call);
            });
    return Minutes.on(reply, usage[0]);
  }
}
