// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.boomerang.dialect.mpaas.action.QueryAction;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.schedule.Schedules;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.schedule.ScheduleId;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Cancels firings still to come: all of a schedule, or single ones. What has fired stays pushed.
///
/// Source: mPaaS "取消定时推送任务".
public final class CancelScheduler implements QueryAction {
  private static final String UNIQUE_IDS = "UniqueIds";
  private static final String TYPE = "Type";
  private static final int MAX_IDS = 30;
  private static final String CANCELLED = "1";
  private static final String NOT_CANCELLED = "0";

  private final String name;
  private final Schedules schedules;

  /// `name` is one of the two under which the versions know it.
  public CancelScheduler(String name, Schedules schedules) {
    this.name = name;
    this.schedules = schedules;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> mandatory() {
    return List.of(UNIQUE_IDS);
  }

  /// The result is no JSON but a Java map as it prints itself, `{id1=1,id2=0}`: callers take it
  /// apart by that.
  @Override
  public ObjectNode execute(App app, ActionParams params) {
    boolean children = params.flag(TYPE).orElse(false);
    BiPredicate<AppId, ScheduleId> cancel =
        children ? schedules::cancelOccurrence : (owner, id) -> schedules.cancel(owner, id) > 0;
    List<String> ids = ids(params);
    String result =
        ids.stream()
            .map(
                id ->
                    id
                        + "="
                        + (ScheduleId.parse(id)
                                .filter(known -> cancel.test(app.id(), known))
                                .isPresent()
                            ? CANCELLED
                            : NOT_CANCELLED))
            .collect(Collectors.joining(",", "{", "}"));
    return QueryAction.content(TextNode.valueOf(result));
  }

  private static List<String> ids(ActionParams params) {
    List<String> ids =
        Stream.of(params.required(UNIQUE_IDS, ResultCode.INVALID_PARAM).split(",", -1))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      throw ActionParams.invalid(UNIQUE_IDS, "has no id");
    }
    if (ids.size() > MAX_IDS) {
      throw ActionParams.invalid(
          UNIQUE_IDS, "has %d ids, at most %d".formatted(ids.size(), MAX_IDS));
    }
    return ids;
  }
}
