// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.analysis.QueryPushAnalysisCoreIndex;
import dev.boomerang.dialect.mpaas.analysis.QueryPushAnalysisTaskDetail;
import dev.boomerang.dialect.mpaas.analysis.QueryPushAnalysisTaskList;
import dev.boomerang.dialect.mpaas.device.DeliveryTokenResolver;
import dev.boomerang.dialect.mpaas.device.PushBind;
import dev.boomerang.dialect.mpaas.device.PushQueryDeviceState;
import dev.boomerang.dialect.mpaas.device.PushReport;
import dev.boomerang.dialect.mpaas.device.PushUnBind;
import dev.boomerang.dialect.mpaas.gateway.Gateway;
import dev.boomerang.dialect.mpaas.gateway.GatewaySettings;
import dev.boomerang.dialect.mpaas.push.PushBroadcast;
import dev.boomerang.dialect.mpaas.push.PushMultiple;
import dev.boomerang.dialect.mpaas.push.PushSender;
import dev.boomerang.dialect.mpaas.push.PushSettings;
import dev.boomerang.dialect.mpaas.push.PushSimple;
import dev.boomerang.dialect.mpaas.push.PushTemplate;
import dev.boomerang.dialect.mpaas.recall.RevokePushMessage;
import dev.boomerang.dialect.mpaas.recall.RevokePushTask;
import dev.boomerang.dialect.mpaas.schedule.CancelScheduler;
import dev.boomerang.dialect.mpaas.schedule.QuerySchedulerList;
import dev.boomerang.dialect.mpaas.template.CreateTemplate;
import dev.boomerang.dialect.mpaas.template.DeleteTemplate;
import dev.boomerang.dialect.mpaas.template.GetTemplate;
import dev.boomerang.dialect.mpaas.template.ListTemplatePage;
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

/// The dialect of Aliyun's mPaaS clients: one endpoint at `/`.
public final class MpaasDialect implements Dialect {
  private final Gateway gateway;

  public MpaasDialect(Engine engine, MpaasConfig config, Clock clock) {
    var settings =
        new GatewaySettings(config.callsPerSecond(), config.maxNonces(), config.recommend());
    gateway = new Gateway(engine.apps(), actions(engine, config, clock), settings, clock);
  }

  @Override
  public String name() {
    return ApiAction.ORIGIN;
  }

  /// Returns `/` alone: the clients know no other path.
  @Override
  public List<String> prefixes() {
    return List.of("/");
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    return gateway.refuse(refusal, head);
  }

  /// Returns one route for any method: the gateway has its own answer to methods that it refuses.
  @Override
  public List<Route> routes() {
    return List.of(new Route(Route.ANY, "/", gateway));
  }

  /// Returns all actions by name.
  static Map<String, ApiAction> actions(Engine engine, MpaasConfig config, Clock clock) {
    var settings =
        new PushSettings(
            config.maxLifetime(), config.maxPayloadBytes(), config.maxMultiple(), config.zone());
    var pushSender = new PushSender(engine, settings, clock);
    var templates = engine.templates();
    var tokens = new DeliveryTokenResolver(engine.registrations());
    return Stream.of(
            new PushSimple(pushSender),
            new PushTemplate(templates, pushSender),
            new PushMultiple(templates, pushSender),
            new PushBroadcast(templates, pushSender, clock),
            new CreateTemplate(templates, config.maxPayloadBytes()),
            new GetTemplate(templates),
            new ListTemplatePage(templates),
            new DeleteTemplate(templates),
            new RevokePushMessage(engine.recalls()),
            new RevokePushTask(engine),
            new PushBind(tokens),
            new PushUnBind(tokens),
            new PushReport(tokens),
            new PushQueryDeviceState(engine.registrations()),
            QuerySchedulerList.forPush(engine.schedules()),
            QuerySchedulerList.forMps(engine.schedules()),
            new CancelScheduler("CancelPushScheduler", engine.schedules()),
            new CancelScheduler("CancelMpsScheduler", engine.schedules()),
            new QueryPushAnalysisCoreIndex(engine.statistics(), engine.tasks(), config.zone()),
            new QueryPushAnalysisTaskList(engine.tasks(), templates, config.zone(), clock),
            new QueryPushAnalysisTaskDetail(engine.statistics(), engine.tasks(), clock))
        .collect(Collectors.toUnmodifiableMap(ApiAction::name, Function.identity()));
  }
}
