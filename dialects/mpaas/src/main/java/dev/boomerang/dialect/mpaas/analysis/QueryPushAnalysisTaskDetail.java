// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.analysis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.QueryAction;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.dialect.mpaas.request.TaskIdParam;
import dev.boomerang.engine.report.Statistics;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.web.field.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Answers the current numbers of one task of any kind.
///
/// Source: mPaaS "查询推送任务详情". The vendor does not say when a task ends. Here it ends with its
/// lifetime; until then the end is now.
public final class QueryPushAnalysisTaskDetail implements QueryAction {
  private final Statistics statistics;
  private final Tasks tasks;
  private final Clock clock;

  public QueryPushAnalysisTaskDetail(Statistics statistics, Tasks tasks, Clock clock) {
    this.statistics = statistics;
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "QueryPushAnalysisTaskDetail";
  }

  @Override
  public List<String> mandatory() {
    return List.of(TaskIdParam.NAME);
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    TaskId id = TaskIdParam.required(params);
    Task task =
        tasks
            .find(app.id(), id)
            .orElseThrow(() -> ActionParams.invalid(TaskIdParam.NAME, "is not that of a task"));
    DeliveryCounts deliveryCounts = statistics.ofTask(app.id(), id);
    Instant start = task.validity().acceptedAt();
    Instant now = clock.instant();
    Instant end = task.expiresAt().isBefore(now) ? task.expiresAt() : now;
    ObjectNode data = Json.object().put("TaskId", id.value());
    data.set("PushNum", QueryAction.decimal(deliveryCounts.total()));
    data.set("PushSuccessNum", QueryAction.decimal(deliveryCounts.pushed()));
    data.set("PushArrivalNum", QueryAction.decimal(deliveryCounts.arrived()));
    return QueryAction.data(
        data.put("StartTime", start.toEpochMilli())
            .put("EndTime", end.toEpochMilli())
            .put("Duration", text(Duration.between(start, end))));
  }

  /// Source: its example, `00 小时 01 分 36 秒`.
  private static String text(Duration duration) {
    return "%02d 小时 %02d 分 %02d 秒"
        .formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
  }
}
