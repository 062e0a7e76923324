// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.dialect.jpush.admin.AdminCalls;
import dev.boomerang.dialect.jpush.base.Authenticator;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.ErrorFamily;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.MinuteLimits;
import dev.boomerang.dialect.jpush.device.AliasCalls;
import dev.boomerang.dialect.jpush.device.DeviceCalls;
import dev.boomerang.dialect.jpush.device.DeviceSelectors;
import dev.boomerang.dialect.jpush.device.TagCalls;
import dev.boomerang.dialect.jpush.file.FileCalls;
import dev.boomerang.dialect.jpush.file.ImageCalls;
import dev.boomerang.dialect.jpush.file.UploadedTargetFiles;
import dev.boomerang.dialect.jpush.push.BatchCalls;
import dev.boomerang.dialect.jpush.push.GroupCalls;
import dev.boomerang.dialect.jpush.push.PushCalls;
import dev.boomerang.dialect.jpush.push.PushSender;
import dev.boomerang.dialect.jpush.push.TemplateCalls;
import dev.boomerang.dialect.jpush.report.ReportCalls;
import dev.boomerang.dialect.jpush.report.StatusCalls;
import dev.boomerang.dialect.jpush.report.UserReport;
import dev.boomerang.dialect.jpush.request.ImageResolver;
import dev.boomerang.dialect.jpush.request.PushRequestReader;
import dev.boomerang.dialect.jpush.schedule.ScheduleCalls;
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

/// Serves JPush's REST API v3. [Authenticator] says who calls.
public final class JpushDialect implements Dialect {
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

  /// An endpoint's work for a caller whose key is valid.
  interface Action {
    Reply answer(Caller caller, Call call);
  }

  private final Engine engine;
  private final JpushConfig config;
  private final Authenticator authenticator;
  private final MinuteLimits minuteLimits;
  private final Clock clock;

  public JpushDialect(Engine engine, JpushConfig config, Clock clock) {
    this.engine = engine;
    this.config = config;
    this.authenticator = new Authenticator(engine.apps(), config);
    this.minuteLimits = new MinuteLimits(config.rates(), clock);
    this.clock = clock;
  }

  @Override
  public String name() {
    return JpushConfig.ORIGIN;
  }

  @Override
  public List<String> prefixes() {
    return List.of("/v3", "/v1/app");
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    ErrorFamily errorFamily = ErrorFamily.ofPath(head.path());
    return MinuteLimits.withHeaders(
        errorFamily.refused(refusal), minuteLimits.limit(errorFamily).unused());
  }

  @Override
  public List<Route> routes() {
    var pushRequestReader = new PushRequestReader(new ImageResolver(engine.uploads()), config);
    var routes = new ArrayList<Route>();
    routes.addAll(pushRoutes(pushRequestReader));
    routes.addAll(deviceRoutes());
    routes.addAll(reportRoutes());
    routes.addAll(scheduleRoutes(pushRequestReader));
    routes.addAll(fileRoutes());
    routes.addAll(adminRoutes());
    NOT_HERE.forEach(
        path -> routes.add(route(ErrorFamily.PUSH, Route.ANY, path, (_, _) -> notHere())));
    return routes;
  }

  private List<Route> pushRoutes(PushRequestReader pushRequestReader) {
    var sender = new PushSender(engine, config, clock);
    var files = new UploadedTargetFiles(engine.uploads());
    var pushes = new PushCalls(engine, pushRequestReader, sender, config, files, clock);
    var batches = new BatchCalls(pushRequestReader, sender);
    var groups = new GroupCalls(pushRequestReader, pushes, sender);
    var schedules = new ScheduleCalls(engine, pushRequestReader, config, clock);
    var templates = new TemplateCalls(engine.templates(), pushRequestReader, sender, schedules);
    return List.of(
        route(ErrorFamily.PUSH, "POST", "/v3/push", pushes::push),
        route(ErrorFamily.PUSH, "POST", "/v3/push/validate", pushes::validate),
        route(ErrorFamily.PUSH, "POST", "/v3/push/file", pushes::file),
        route(ErrorFamily.PUSH, "GET", "/v3/push/cid", pushes::cids),
        route(ErrorFamily.PUSH, "GET", "/v3/push/quota", pushes::quota),
        route(ErrorFamily.PUSH, "POST", "/v3/push/batch/regid/single", batches::registrations),
        route(ErrorFamily.PUSH, "POST", "/v3/push/batch/alias/single", batches::aliases),
        route(ErrorFamily.TEMPLATE, "POST", "/v3/push/template", templates::push),
        route(ErrorFamily.TEMPLATE, "POST", "/v3/push/template/schedule", templates::schedule),
        route(ErrorFamily.PUSH, "POST", "/v3/grouppush", groups::push),
        route(ErrorFamily.PUSH, "POST", "/v3/grouppush/file", groups::file),
        route(ErrorFamily.PUSH, "DELETE", "/v3/push/{msgid}", pushes::recall));
  }

  private List<Route> fileRoutes() {
    var files = new FileCalls(engine.uploads(), config);
    var images = new ImageCalls(engine.uploads());
    String file = "/v3/files/{id}";
    return List.of(
        route(ErrorFamily.FILE, "POST", "/v3/files/alias", files::aliases),
        route(ErrorFamily.FILE, "POST", "/v3/files/registration_id", files::registrations),
        route(ErrorFamily.FILE, "GET", "/v3/files", files::list),
        route(ErrorFamily.FILE, "GET", file, files::show),
        route(ErrorFamily.FILE, "DELETE", file, files::delete),
        route(ErrorFamily.PUSH, "POST", "/v3/images/byurls", images::create),
        route(ErrorFamily.PUSH, "PUT", "/v3/images/byurls/{id}", images::change),
        route(ErrorFamily.PUSH, "POST", "/v3/images/byfiles", images::byFile),
        route(ErrorFamily.PUSH, "PUT", "/v3/images/byfiles/{id}", images::byFile));
  }

  private List<Route> scheduleRoutes(PushRequestReader pushRequestReader) {
    var schedules = new ScheduleCalls(engine, pushRequestReader, config, clock);
    String one = "/v3/schedules/{id}";
    return List.of(
        route(ErrorFamily.SCHEDULE, "POST", "/v3/schedules", schedules::create),
        route(ErrorFamily.SCHEDULE, "GET", "/v3/schedules", schedules::list),
        route(ErrorFamily.SCHEDULE, "GET", one, schedules::show),
        route(ErrorFamily.SCHEDULE, "PUT", one, schedules::change),
        route(ErrorFamily.SCHEDULE, "DELETE", one, schedules::delete),
        route(ErrorFamily.SCHEDULE, "GET", one + "/msg_ids", schedules::messages));
  }

  private List<Route> reportRoutes() {
    var reports = new ReportCalls(engine.tasks(), engine.statistics(), clock);
    var users = new UserReport(engine.registrations(), config.zone(), clock);
    var status =
        new StatusCalls(engine.tasks(), reports, new DeviceSelectors(engine.registrations()));
    return List.of(
        route(ErrorFamily.REPORT, "GET", "/v3/received", reports::received),
        route(ErrorFamily.REPORT, "GET", "/v3/received/detail", reports::receivedDetail),
        route(ErrorFamily.REPORT, "GET", "/v3/messages", reports::messages),
        route(ErrorFamily.REPORT, "GET", "/v3/messages/detail", reports::messagesDetail),
        route(ErrorFamily.REPORT, "GET", "/v3/users", users::show),
        route(ErrorFamily.REPORT, "POST", "/v3/status/message", status::show),
        route(ErrorFamily.REPORT, "GET", "/v3/group/messages/detail", reports::groupMessages),
        route(ErrorFamily.REPORT, "GET", "/v3/group/users", users::show));
  }

  private List<Route> deviceRoutes() {
    var devices = new DeviceCalls(engine.registrations(), config, clock);
    var aliases = new AliasCalls(engine.registrations(), config);
    var tags = new TagCalls(engine.registrations(), config);
    return List.of(
        route(ErrorFamily.DEVICE, "GET", "/v3/devices/{id}", devices::show),
        route(ErrorFamily.DEVICE, "POST", "/v3/devices/{id}", devices::change),
        route(ErrorFamily.DEVICE, "POST", "/v3/devices/status", devices::status),
        route(ErrorFamily.DEVICE, "GET", "/v3/aliases/{alias}", aliases::show),
        route(ErrorFamily.DEVICE, "POST", "/v3/aliases/{alias}", aliases::change),
        route(ErrorFamily.DEVICE, "DELETE", "/v3/aliases/{alias}", aliases::delete),
        route(ErrorFamily.DEVICE, "GET", "/v3/tags", tags::list),
        route(ErrorFamily.DEVICE, "POST", "/v3/tags/{tag}", tags::change),
        route(ErrorFamily.DEVICE, "DELETE", "/v3/tags/{tag}", tags::delete),
        route(ErrorFamily.DEVICE, "GET", "/v3/tags/{tag}/registration_ids/{id}", tags::has));
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
            ErrorFamily.ADMIN.handle(
                "jpush " + call.path(),
                () -> {
                  authenticator.requireDeveloper(call);
                  return action.answer(call);
                }),
        head ->
            HeadResult.guarded(
                ErrorFamily.ADMIN,
                "jpush " + head.path(),
                () -> {
                  authenticator.requireDeveloper(head);
                  return new HeadResult.Authenticated("jpush developer");
                }));
  }

  private Route route(ErrorFamily errorFamily, String method, String pattern, Action action) {
    return new Route(
        method,
        pattern,
        call -> answer(errorFamily, call, action),
        head -> check(errorFamily, head));
  }

  private HeadResult check(ErrorFamily errorFamily, Call head) {
    HeadResult result =
        HeadResult.guarded(
            errorFamily,
            "jpush " + head.path(),
            () -> new HeadResult.Authenticated(account(authenticator.caller(errorFamily, head))));
    return result instanceof HeadResult.Refused(Reply reply)
        ? new HeadResult.Refused(
            MinuteLimits.withHeaders(reply, minuteLimits.limit(errorFamily).unused()))
        : result;
  }

  private static String account(Caller caller) {
    return "jpush " + caller.app().id().value();
  }

  private static Reply notHere() {
    return JpushError.PERMISSION.reply("This call is not served here.");
  }

  /// A call counts from when it is known whose it is.
  private Reply answer(ErrorFamily errorFamily, Call call, Action action) {
    RateLimit<AppId> limit = minuteLimits.limit(errorFamily);
    Usage[] usage = {limit.unused()};
    Reply reply =
        errorFamily.handle(
            "jpush " + call.path(),
            () -> {
              Caller caller = authenticator.caller(errorFamily, call);
              CallMemory.identify(account(caller));
              usage[0] = limit.take(caller.app().id(), 1);
              if (usage[0].isOver()) {
                throw JpushError.RATE.fault();
              }
              return action.answer(caller, call);
            });
    return MinuteLimits.withHeaders(reply, usage[0]);
  }
}
