// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/// One task in numbers, as it stands now; whatever its kind.
///
/// Source: mPaaS "查询推送任务详情". When a task ends is not stated: here with its lifetime, after which
/// nothing is delivered, and until then now.
final class QueryPushAnalysisTaskDetail implements Query {
  private final Statistics statistics;
  private final Tasks tasks;
  private final Clock clock;

  QueryPushAnalysisTaskDetail(Statistics statistics, Tasks tasks, Clock clock) {
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
  public ObjectNode answer(App app, Args args) {
    TaskId id = TaskIdParam.filled(args);
    Task task =
        tasks
            .find(app.id(), id)
            .orElseThrow(() -> Args.invalid(TaskIdParam.NAME, "is not that of a task"));
    DeliveryCounts deliveryCounts = statistics.ofTask(app.id(), id);
    Instant start = task.validity().acceptedAt();
    Instant now = clock.instant();
    Instant end = task.expiresAt().isBefore(now) ? task.expiresAt() : now;
    ObjectNode data = Json.object().put("TaskId", id.value());
    data.set("PushNum", Query.decimal(deliveryCounts.total()));
    data.set("PushSuccessNum", Query.decimal(deliveryCounts.pushed()));
    data.set("PushArrivalNum", Query.decimal(deliveryCounts.arrived()));
    return Query.data(
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
