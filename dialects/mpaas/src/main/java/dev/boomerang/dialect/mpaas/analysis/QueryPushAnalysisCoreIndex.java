// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.analysis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.QueryAction;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.dialect.mpaas.request.InstantParams;
import dev.boomerang.dialect.mpaas.request.TaskIdParam;
import dev.boomerang.engine.report.Statistics;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Source.Kind;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.StatisticsStore.Filter;
import dev.boomerang.web.field.Json;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Answers the current sums of what was pushed in a range of days, by the day of acceptance. A
/// delivery must match all filters.
///
/// Source: mPaaS "查询统计数据". Its examples give rates of 100, so a rate is a percentage: arrivals of
/// what was pushed, and opened and ignored of what arrived.
public final class QueryPushAnalysisCoreIndex implements QueryAction {
  private static final Map<String, Platform> PLATFORMS =
      orderedMap(
          Map.entry("IOS", Platform.IOS),
          Map.entry("ANDROID", Platform.ANDROID),
          Map.entry("HARMONYOS", Platform.HARMONY));

  /// The vendor's names of channels, and ours. `ANDROID` is the own channel; Honor and Meizu are
  /// none the vendor lists.
  private static final Map<String, ChannelId> CHANNELS =
      orderedMap(
          Map.entry("IOS", new ChannelId("apns")),
          Map.entry("FCM", new ChannelId("fcm")),
          Map.entry("HMS", new ChannelId("hms")),
          Map.entry("MIUI", new ChannelId("xiaomi")),
          Map.entry("OPPO", new ChannelId("oppo")),
          Map.entry("VIVO", new ChannelId("vivo")),
          Map.entry("ANDROID", ChannelId.SELF),
          Map.entry("HARMONYOS", new ChannelId("harmony")),
          Map.entry("HONOR", new ChannelId("honor")),
          Map.entry("MEIZU", new ChannelId("meizu")));

  private static final Map<String, Kind> TYPES =
      Stream.of(Kind.values())
          .collect(
              Collectors.toMap(Kind::name, kind -> kind, (first, _) -> first, LinkedHashMap::new));

  private final Statistics statistics;
  private final Tasks tasks;
  private final ZoneId zone;

  public QueryPushAnalysisCoreIndex(Statistics statistics, Tasks tasks, ZoneId zone) {
    this.statistics = statistics;
    this.tasks = tasks;
    this.zone = zone;
  }

  @Override
  public String name() {
    return "QueryPushAnalysisCoreIndex";
  }

  @Override
  public List<String> mandatory() {
    return List.of(InstantParams.START, InstantParams.END);
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    DayRange dayRange = DayRange.read(params, zone);
    var filter =
        new Filter(
            app.id(),
            dayRange.from(),
            dayRange.to(),
            oneOf(params, "Platform", PLATFORMS),
            oneOf(params, "Channel", CHANNELS),
            oneOf(params, "Type", TYPES));
    Optional<TaskId> task = TaskIdParam.read(params);
    DeliveryCounts deliveryCounts =
        task.map(id -> ofTask(app.id(), id, filter)).orElseGet(() -> statistics.sum(filter));
    return QueryAction.data(toJson(deliveryCounts));
  }

  private DeliveryCounts ofTask(AppId app, TaskId id, Filter filter) {
    return tasks
        .find(app, id)
        .filter(task -> matches(task, filter))
        .map(task -> statistics.ofTask(app, task.id(), filter.platform(), filter.channel()))
        .orElse(DeliveryCounts.NONE);
  }

  private static boolean matches(Task task, Filter filter) {
    var acceptedAt = task.validity().acceptedAt();
    return !acceptedAt.isBefore(filter.from())
        && acceptedAt.isBefore(filter.to())
        && filter.kind().orElse(task.source().kind()) == task.source().kind();
  }

  private static ObjectNode toJson(DeliveryCounts deliveryCounts) {
    ObjectNode data = Json.object();
    data.set("PushTotalNum", QueryAction.decimal(deliveryCounts.total()));
    data.set("PushNum", QueryAction.decimal(deliveryCounts.pushed()));
    data.set("ArrivalNum", QueryAction.decimal(deliveryCounts.arrived()));
    data.set("ArrivalRate", QueryAction.percent(deliveryCounts.arrived(), deliveryCounts.pushed()));
    data.set("OpenNum", QueryAction.decimal(deliveryCounts.opened()));
    data.set("OpenRate", QueryAction.percent(deliveryCounts.opened(), deliveryCounts.arrived()));
    data.set("IgnoreNum", QueryAction.decimal(deliveryCounts.ignored()));
    data.set("IgnoreRate", QueryAction.percent(deliveryCounts.ignored(), deliveryCounts.arrived()));
    return data;
  }

  private static <T> Optional<T> oneOf(ActionParams params, String name, Map<String, T> words) {
    return params
        .text(name)
        .map(
            text ->
                Optional.ofNullable(words.get(text))
                    .orElseThrow(
                        () ->
                            ActionParams.invalid(
                                name, "must be one of " + String.join(", ", words.keySet()))));
  }

  @SafeVarargs
  private static <T> Map<String, T> orderedMap(Map.Entry<String, T>... entries) {
    var words = new LinkedHashMap<String, T>();
    for (var entry : entries) {
      words.put(entry.getKey(), entry.getValue());
    }
    return words;
  }
}
