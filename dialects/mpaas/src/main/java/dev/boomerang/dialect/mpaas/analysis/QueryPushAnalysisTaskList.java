// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.QueryAction;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.dialect.mpaas.request.InstantParams;
import dev.boomerang.dialect.mpaas.request.PageParams;
import dev.boomerang.dialect.mpaas.request.TaskIdParam;
import dev.boomerang.dialect.mpaas.schedule.SchedulerItemJson;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Source.Kind;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.TaskStore.Filter;
import dev.boomerang.web.field.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lists multiple and broadcast pushes, the newest first, from the day of `StartTime` on.
///
/// Source: mPaaS "查询推送任务列表"; that `Data` is the array itself, the SDKs' models.
public final class QueryPushAnalysisTaskList implements QueryAction {
  private static final Set<Kind> KINDS = Set.of(Kind.MULTIPLE, Kind.BROADCAST);

  /// Nothing is accepted later than now; nodes' clocks may differ a little.
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private final Tasks tasks;
  private final Templates templates;
  private final ZoneId zone;
  private final Clock clock;

  public QueryPushAnalysisTaskList(Tasks tasks, Templates templates, ZoneId zone, Clock clock) {
    this.tasks = tasks;
    this.templates = templates;
    this.zone = zone;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "QueryPushAnalysisTaskList";
  }

  @Override
  public List<String> mandatory() {
    return List.of(InstantParams.START);
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    var filter =
        new Filter(
            app.id(),
            KINDS,
            DayRange.startOfDay(InstantParams.required(params, InstantParams.START), zone),
            clock.instant().plus(CLOCK_TOLERANCE),
            params.text("TaskName"));
    PageParams page = PageParams.of(params);
    List<Task> found =
        TaskIdParam.read(params)
            .map(id -> singleTask(id, filter, page))
            .orElseGet(() -> tasks.list(filter, page.skip(), page.size()));
    Map<String, String> templateIds = new HashMap<>();
    ArrayNode list = Json.array();
    for (Task task : found) {
      String template = task.source().template().orElse("");
      list.add(
          item(
              task,
              template,
              templateIds.computeIfAbsent(template, name -> templateId(app.id(), name))));
    }
    return QueryAction.data(list);
  }

  private List<Task> singleTask(TaskId id, Filter filter, PageParams page) {
    return tasks
        .find(filter.app(), id)
        .filter(task -> filter.kinds().contains(task.source().kind()))
        .filter(task -> !task.validity().acceptedAt().isBefore(filter.from()))
        .filter(task -> filter.name().orElse(task.name()).equals(task.name()))
        .filter(_ -> page.contains(0))
        .stream()
        .toList();
  }

  /// A task knows its template by name. One that was deleted since has no id any more.
  private String templateId(AppId app, String name) {
    return Optional.of(name)
        .filter(given -> !given.isEmpty())
        .flatMap(given -> templates.named(app, given))
        .map(template -> template.id().toString())
        .orElse("");
  }

  /// `List` holds what a task consists of, in the same shape; here a task is one piece.
  private static ObjectNode item(Task task, String template, String templateId) {
    return Json.object()
        .put("TaskId", task.id().toString())
        .put("TaskName", task.name())
        .put("TemplateId", templateId)
        .put("TemplateName", template)
        .put("Type", (long) SchedulerItemJson.KINDS.indexOf(task.source().kind()))
        .put("GmtCreate", task.validity().acceptedAt().toEpochMilli())
        .set("List", Json.array());
  }
}
