// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/// The sums of what was pushed in a span of days, by the day of acceptance, as it stands now. All
/// filters hold together.
///
/// Source: mPaaS "查询统计数据". Its examples give rates of 100, so a rate is a percentage: arrivals of
/// what was pushed, and opened and ignored of what arrived.
final class QueryPushAnalysisCoreIndex implements Query {
  private static final Map<String, Platform> PLATFORMS =
      inOrder(
          Map.entry("IOS", Platform.IOS),
          Map.entry("ANDROID", Platform.ANDROID),
          Map.entry("HARMONYOS", Platform.HARMONY));

  /// The vendor's names of channels, and ours. `ANDROID` is the own channel; Honor and Meizu are
  /// none the vendor lists.
  private static final Map<String, ChannelId> CHANNELS =
      inOrder(
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

  QueryPushAnalysisCoreIndex(Statistics statistics, Tasks tasks, ZoneId zone) {
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
    return List.of(Moments.START, Moments.END);
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    Days days = Days.of(args, zone);
    var filter =
        new Filter(
            app.id(),
            days.from(),
            days.to(),
            word(args, "Platform", PLATFORMS),
            word(args, "Channel", CHANNELS),
            word(args, "Type", TYPES));
    Optional<TaskId> task = TaskIdParam.read(args);
    DeliveryCounts deliveryCounts =
        task.map(id -> ofTask(app.id(), id, filter)).orElseGet(() -> statistics.sum(filter));
    return Query.data(written(deliveryCounts));
  }

  private DeliveryCounts ofTask(AppId app, TaskId id, Filter filter) {
    return tasks
        .find(app, id)
        .filter(task -> isMeant(task, filter))
        .map(task -> statistics.ofTask(app, task.id(), filter.platform(), filter.channel()))
        .orElse(DeliveryCounts.NONE);
  }

  private static boolean isMeant(Task task, Filter filter) {
    var acceptedAt = task.validity().acceptedAt();
    return !acceptedAt.isBefore(filter.from())
        && acceptedAt.isBefore(filter.to())
        && filter.kind().orElse(task.source().kind()) == task.source().kind();
  }

  private static ObjectNode written(DeliveryCounts deliveryCounts) {
    ObjectNode data = Json.object();
    data.set("PushTotalNum", Query.decimal(deliveryCounts.total()));
    data.set("PushNum", Query.decimal(deliveryCounts.pushed()));
    data.set("ArrivalNum", Query.decimal(deliveryCounts.arrived()));
    data.set("ArrivalRate", Query.percent(deliveryCounts.arrived(), deliveryCounts.pushed()));
    data.set("OpenNum", Query.decimal(deliveryCounts.opened()));
    data.set("OpenRate", Query.percent(deliveryCounts.opened(), deliveryCounts.arrived()));
    data.set("IgnoreNum", Query.decimal(deliveryCounts.ignored()));
    data.set("IgnoreRate", Query.percent(deliveryCounts.ignored(), deliveryCounts.arrived()));
    return data;
  }

  private static <T> Optional<T> word(Args args, String name, Map<String, T> words) {
    return args.text(name)
        .map(
            text ->
                Optional.ofNullable(words.get(text))
                    .orElseThrow(
                        () ->
                            Args.invalid(
                                name, "must be one of " + String.join(", ", words.keySet()))));
  }

  @SafeVarargs
  private static <T> Map<String, T> inOrder(Map.Entry<String, T>... entries) {
    var words = new LinkedHashMap<String, T>();
    for (var entry : entries) {
      words.put(entry.getKey(), entry.getValue());
    }
    return words;
  }
}
