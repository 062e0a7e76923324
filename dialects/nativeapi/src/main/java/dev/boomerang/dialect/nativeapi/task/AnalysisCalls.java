// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.request.AudienceReader;
import dev.boomerang.dialect.nativeapi.request.PageRequest;
import dev.boomerang.dialect.nativeapi.request.PageRequest.Span;
import dev.boomerang.engine.report.Statistics;
import dev.boomerang.engine.report.Statistics.TaskStatistics;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.StatisticsStore;
import dev.boomerang.port.TaskStore;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.QueryParameters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `GET /api/v1/analysis` and `GET /api/v1/tasks`: how pushes turned out, in numbers.
public final class AnalysisCalls {
  private static final int MAX_CHANNEL = 16;

  /// Lists the kinds of push whose tasks are listed.
  private static final List<Source.Kind> LISTED =
      Stream.of(Source.Kind.values()).filter(Source.Kind::isTask).toList();

  private final Statistics statistics;
  private final Tasks tasks;

  public AnalysisCalls(Statistics statistics, Tasks tasks) {
    this.statistics = statistics;
    this.tasks = tasks;
  }

  /// Sums over a span of time, which is taken down to the hour, or of one `task`.
  public Reply sum(App app, Call call) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    Optional<Platform> platform = AudienceReader.platform(query);
    Optional<ChannelId> channel =
        query.has("channel")
            ? Optional.of(new ChannelId(query.requiredText("channel", MAX_CHANNEL)))
            : Optional.empty();
    if (query.has("task")) {
      String task = query.requiredText("task", 32);
      query.refuseUnread();
      return TaskId.parse(task)
          .filter(id -> tasks.find(app.id(), id).isPresent())
          .map(id -> answer(statistics.ofTask(app.id(), id, platform, channel)))
          .orElseGet(NativeError.NOT_FOUND::reply);
    }
    Span span = Span.of(query);
    Optional<Source.Kind> kind = kind(query, List.of(Source.Kind.values()));
    query.refuseUnread();
    return answer(
        statistics.sum(
            new StatisticsStore.Filter(app.id(), span.from(), span.to(), platform, channel, kind)));
  }

  /// Broadcasts and pushes to several targets, the newest first.
  public Reply list(App app, Call call) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    PageRequest pageRequest = PageRequest.of(query);
    Set<Source.Kind> kinds = kind(query, LISTED).map(Set::of).orElse(Set.copyOf(LISTED));
    var filter =
        new TaskStore.Filter(
            app.id(),
            kinds,
            pageRequest.span().from(),
            pageRequest.span().to(),
            query.text("name", 200));
    query.refuseUnread();
    var list = Json.array();
    for (TaskStatistics taskStatistics :
        statistics.with(tasks.list(filter, pageRequest.skip(), pageRequest.limit()))) {
      list.add(
          TaskCalls.json(taskStatistics.task())
              .<ObjectNode>set("tally", json(taskStatistics.deliveryCounts())));
    }
    return Reply.json(200, Json.write(Json.object().set("tasks", list)));
  }

  /// Reads the filter `kind`; refuses a kind that is not among `known`.
  private static Optional<Source.Kind> kind(Fields query, List<Source.Kind> known) {
    return query.choice("kind", known, Source.Kind::wire);
  }

  private static Reply answer(DeliveryCounts deliveryCounts) {
    return Reply.json(200, Json.write(json(deliveryCounts)));
  }

  static ObjectNode json(DeliveryCounts deliveryCounts) {
    return Json.object()
        .put("total", deliveryCounts.total())
        .put("pushed", deliveryCounts.pushed())
        .put("arrived", deliveryCounts.arrived())
        .put("opened", deliveryCounts.opened())
        .put("ignored", deliveryCounts.ignored());
  }
}
