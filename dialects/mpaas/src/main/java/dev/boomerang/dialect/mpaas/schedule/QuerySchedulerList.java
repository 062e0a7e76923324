// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.schedule;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.QueryAction;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.dialect.mpaas.request.InstantParams;
import dev.boomerang.dialect.mpaas.request.PageParams;
import dev.boomerang.engine.schedule.Schedules;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.push.Source.Kind;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
import dev.boomerang.web.field.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Lists the firings of an app's schedules, in the order in which they are due. A firing must match
/// all filters.
///
/// Source: mPaaS "查询定时推送任务列表". `StartTime` and `EndTime` are about when a firing is due; both ends
/// are included.
public final class QuerySchedulerList implements QueryAction {
  private static final String TYPE = "Type";
  private static final String UNIQUE_ID = "UniqueId";
  private static final int BATCH = 500;

  private final String name;
  private final List<String> mandatory;
  private final Schedules schedules;

  private QuerySchedulerList(String name, List<String> mandatory, Schedules schedules) {
    this.name = name;
    this.mandatory = mandatory;
    this.schedules = schedules;
  }

  public static QuerySchedulerList forPush(Schedules schedules) {
    return new QuerySchedulerList(
        "QueryPushSchedulerList", List.of(InstantParams.START, InstantParams.END), schedules);
  }

  /// Returns the same action under its older name, with the times optional.
  public static QuerySchedulerList forMps(Schedules schedules) {
    return new QuerySchedulerList("QueryMpsSchedulerList", List.of(), schedules);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> mandatory() {
    return mandatory;
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    TimeRange span = span(params);
    Predicate<ScheduledOccurrence> meant = ofType(params);
    Optional<String> unique = params.text(UNIQUE_ID);
    PageParams page = PageParams.of(params);
    Stream<ScheduledOccurrence> found =
        unique
            .map(
                id ->
                    ScheduleId.parse(id.strip()).stream()
                        .flatMap(known -> occurrencesOf(app.id(), known)))
            .orElseGet(() -> due(app.id(), span));
    ArrayNode list = Json.array();
    int total = 0;
    for (var each = found.filter(meant).iterator(); each.hasNext(); ) {
      ScheduledOccurrence scheduledOccurrence = each.next();
      if (span.contains(scheduledOccurrence.occurrence().dueAt())
          && isListed(scheduledOccurrence.occurrence().status())) {
        if (page.contains(total)) {
          list.add(SchedulerItemJson.of(scheduledOccurrence));
        }
        total++;
      }
    }
    return QueryAction.data(Json.object().put("TotalCount", total).set("List", list));
  }

  private TimeRange span(ActionParams params) {
    Instant from = time(params, InstantParams.START, TimeRange.ANY_TIME.from());
    Instant to = time(params, InstantParams.END, TimeRange.ANY_TIME.to());
    if (to.isBefore(from)) {
      throw InstantParams.endBeforeStart();
    }
    return new TimeRange(from, to);
  }

  private Instant time(ActionParams params, String parameter, Instant otherwise) {
    return mandatory.contains(parameter)
        ? InstantParams.required(params, parameter)
        : InstantParams.read(params, parameter).orElse(otherwise);
  }

  private static Predicate<ScheduledOccurrence> ofType(ActionParams params) {
    Optional<Kind> kind =
        params
            .number(TYPE, 0, SchedulerItemJson.KINDS.size() - 1, INVALID_PARAM)
            .map(type -> SchedulerItemJson.KINDS.get(type.intValue()));
    return scheduledOccurrence ->
        kind.isEmpty()
            || kind.get() == scheduledOccurrence.schedule().push().options().source().kind();
  }

  /// A parent's children, or one child.
  private Stream<ScheduledOccurrence> occurrencesOf(AppId app, ScheduleId id) {
    List<ScheduledOccurrence> children = schedules.ofSchedule(app, id);
    return children.isEmpty() ? schedules.occurrence(app, id).stream() : children.stream();
  }

  /// The store knows neither types nor what is not listed, so all that is due in the span is read,
  /// a batch at a time.
  private Stream<ScheduledOccurrence> due(AppId app, TimeRange span) {
    var filter = new ScheduleStore.Filter(app, span.from(), span.to().plusMillis(1));
    return Stream.iterate(0, skip -> skip + BATCH)
        .map(skip -> schedules.list(filter, skip, BATCH))
        .takeWhile(batch -> !batch.isEmpty())
        .flatMap(List::stream);
  }

  /// Returns whether a firing is listed. The wire format knows executed and not executed only. A
  /// cancelled firing is left out, so that nobody takes it for one to come.
  private static boolean isListed(OccurrenceStatus occurrenceStatus) {
    return switch (occurrenceStatus) {
      case OccurrenceStatus.Pending _,
          OccurrenceStatus.Firing _,
          OccurrenceStatus.Fired _,
          OccurrenceStatus.Dropped _ ->
          true;
      case OccurrenceStatus.Cancelled _ -> false;
    };
  }
}
