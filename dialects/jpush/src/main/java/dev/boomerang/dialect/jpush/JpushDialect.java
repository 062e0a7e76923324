// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.Secrets;
import dev.boomerang.model.App;
import dev.boomerang.model.Key;
import dev.boomerang.model.KeyKind;
import dev.boomerang.model.Secret;
import dev.boomerang.web.Call;
import dev.boomerang.web.FieldFault;
import dev.boomerang.web.Reply;
import dev.boomerang.web.Route;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// JPush's REST API v3. An app key and its master secret stand for one app; a key whose name begins
/// with `group-` stands for a group, which here is that app alone.
public final class JpushDialect {
  static final String ORIGIN = "jpush";

  /// What an endpoint does for a caller whose key was good. `key` is the name it came with.
  interface Action {
    Reply answer(Caller caller, Call call);
  }

  record Caller(App app, String key) {}

  private final Engine engine;
  private final JpushConfig config;
  private final Minutes minutes;
  private final Clock clock;

  public JpushDialect(Engine engine, JpushConfig config, Clock clock) {
    this.engine = engine;
    this.config = config;
    this.minutes = new Minutes(config.rates(), clock);
    this.clock = clock;
  }

  public List<Route> routes() {
    var orders = new Orders(config);
    var pushes = new PushCalls(engine, orders, config, clock);
    var batches = new BatchCalls(orders, pushes);
    var routes = new ArrayList<Route>();
    routes.add(route(Family.PUSH, "POST", "/v3/push", pushes::push));
    routes.add(route(Family.PUSH, "POST", "/v3/push/validate", pushes::validate));
    routes.add(route(Family.PUSH, "GET", "/v3/push/cid", pushes::cids));
    routes.add(route(Family.PUSH, "GET", "/v3/push/quota", pushes::quota));
    routes.add(route(Family.PUSH, "POST", "/v3/push/batch/regid/single", batches::registrations));
    routes.add(route(Family.PUSH, "POST", "/v3/push/batch/alias/single", batches::aliases));
    routes.add(route(Family.PUSH, "POST", "/v3/grouppush", batches::group));
    routes.add(route(Family.PUSH, "DELETE", "/v3/push/{msgid}", pushes::recall));
    routes.addAll(deviceRoutes());
    routes.addAll(reportRoutes());
    routes.addAll(scheduleRoutes(orders));
    routes.addAll(fileRoutes());
    routes.addAll(new AdminCalls(engine.apps(), config, new SecureRandom(), clock).routes());
    return routes;
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
    var schedules = new ScheduleCalls(engine.schedules(), orders, config, clock);
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
    var reports = new ReportCalls(engine.tasks(), clock);
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
    var aliases = new AliasCalls(engine.registrations(), config, clock);
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

  Route route(Family family, String method, String pattern, Action action) {
    return new Route(method, pattern, call -> answer(family, call, action));
  }

  /// The one place where this dialect's faults become replies.
  private Reply answer(Family family, Call call, Action action) {
    Optional<Basic> basic = Basic.of(call);
    if (basic.isEmpty()) {
      return family.noCredentials().reply();
    }
    Optional<App> app = app(basic.get());
    if (app.isEmpty()) {
      return family.badCredentials().reply();
    }
    Minutes.Window window = minutes.use(app.get().id(), family);
    return window.on(
        window.isOver()
            ? JpushError.RATE.reply()
            : answer(family, new Caller(app.get(), basic.get().user()), call, action));
  }

  private static Reply answer(Family family, Caller caller, Call call, Action action) {
    try {
      return action.answer(caller, call);
    } catch (JpushFault fault) {
      return fault.reply();
    } catch (FieldFault fault) {
      JpushError error =
          switch (fault.kind()) {
            case MISSING -> family.missing();
            case BLANK, MALFORMED, OUT_OF_RANGE -> family.invalid();
          };
      return error.reply(fault.sentence());
    }
  }

  private Optional<App> app(Basic basic) {
    return engine
        .apps()
        .key(KeyKind.JPUSH, basic.user())
        .filter(Key::active)
        .filter(key -> Secrets.matches(Secrets.hash(key.secret()), new Secret(basic.password())))
        .flatMap(key -> engine.apps().find(key.app()));
  }
}
