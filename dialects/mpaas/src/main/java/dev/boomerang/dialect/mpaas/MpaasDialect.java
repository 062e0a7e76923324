// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.engine.Engine;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The door for Aliyun's mPaaS clients: one endpoint at `/`.
public final class MpaasDialect implements Dialect {
  /// The name under which the engine reports what came in here.
  public static final String ORIGIN = "mpaas";

  private final Gateway gateway;

  public MpaasDialect(Engine engine, MpaasConfig config, Clock clock) {
    gateway = new Gateway(engine.apps(), actions(engine, config, clock), config, clock);
  }

  @Override
  public String name() {
    return ORIGIN;
  }

  /// The clients know no other path.
  @Override
  public List<String> prefixes() {
    return List.of("/");
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    return gateway.refuse(refusal, head);
  }

  /// Any method: the gateway has its own answer to those it does not take.
  @Override
  public List<Route> routes() {
    return List.of(new Route(Route.ANY, "/", gateway));
  }

  /// By name.
  static Map<String, Action> actions(Engine engine, MpaasConfig config, Clock clock) {
    var pushes = new Pushes(engine, config, clock);
    var templates = engine.templates();
    var tokens = new DeliveryTokens(engine.registrations());
    return Stream.of(
            new PushSimple(pushes),
            new PushTemplate(templates, pushes),
            new PushMultiple(templates, pushes),
            new PushBroadcast(templates, pushes, clock),
            new CreateTemplate(templates, config),
            new GetTemplate(templates),
            new ListTemplatePage(templates),
            new DeleteTemplate(templates),
            new RevokePushMessage(engine.recalls()),
            new RevokePushTask(engine),
            new PushBind(tokens),
            new PushUnBind(tokens),
            new PushReport(tokens),
            new PushQueryDeviceState(engine.registrations()),
            QuerySchedulerList.push(engine.schedules()),
            QuerySchedulerList.mps(engine.schedules()),
            new CancelScheduler("CancelPushScheduler", engine.schedules()),
            new CancelScheduler("CancelMpsScheduler", engine.schedules()),
            new QueryPushAnalysisCoreIndex(engine.statistics(), engine.tasks(), config.zone()),
            new QueryPushAnalysisTaskList(engine.tasks(), templates, config.zone(), clock),
            new QueryPushAnalysisTaskDetail(engine.statistics(), engine.tasks(), clock))
        .collect(Collectors.toUnmodifiableMap(Action::name, Function.identity()));
  }
}
