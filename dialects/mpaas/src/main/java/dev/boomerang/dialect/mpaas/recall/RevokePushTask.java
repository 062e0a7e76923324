// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.recall;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.action.PushResult;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.dialect.mpaas.request.TaskIdParam;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.recall.RecallResult.TooOld;
import dev.boomerang.engine.recall.Recalls;
import dev.boomerang.engine.schedule.Schedules;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.schedule.ScheduleId;
import java.util.List;
import java.util.Optional;

/// Recalls a whole task of the last seven days.
///
/// Accepts the id of a scheduled push too. Then the firings to come are cancelled, the past ones
/// are recalled, and `Data` is that id again, because there may be any number of recalls.
///
/// Source: mPaaS "消息撤回", "通过任务 ID 撤回".
public final class RevokePushTask implements ApiAction {
  private static final String KIND = "task";
  private static final String OF_THIS_APP = "of this app";

  private final Recalls recalls;
  private final Schedules schedules;

  public RevokePushTask(Engine engine) {
    this.recalls = engine.recalls();
    this.schedules = engine.schedules();
  }

  @Override
  public String name() {
    return "RevokePushTask";
  }

  @Override
  public List<String> mandatory() {
    return List.of(TaskIdParam.NAME);
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    String id = params.required(TaskIdParam.NAME, INVALID_PARAM).strip();
    Optional<ScheduleId> schedule = ScheduleId.parse(id);
    return schedule.isPresent() ? ofSchedule(app, schedule.get()) : ofTask(app, id);
  }

  private ObjectNode ofTask(App app, String id) {
    TaskId task =
        TaskId.parse(id)
            .orElseThrow(() -> RevokeResponse.unknown(TaskIdParam.NAME, KIND, OF_THIS_APP));
    return RevokeResponse.of(
        recalls.recall(app.id(), task, new Scope.WholeTask(), ApiAction.ORIGIN),
        TaskIdParam.NAME,
        KIND,
        OF_THIS_APP);
  }

  private ObjectNode ofSchedule(App app, ScheduleId id) {
    Schedules.Recalled recalled =
        schedules
            .recall(app.id(), id, ApiAction.ORIGIN)
            .orElseThrow(() -> RevokeResponse.unknown(TaskIdParam.NAME, KIND, OF_THIS_APP));
    boolean allTooOld =
        !recalled.fired().isEmpty() && recalled.fired().stream().allMatch(TooOld.class::isInstance);
    if (recalled.cancelled() == 0 && allTooOld) {
      throw RevokeResponse.tooOld(TaskIdParam.NAME, KIND);
    }
    return PushResult.ok(id.toString());
  }
}
