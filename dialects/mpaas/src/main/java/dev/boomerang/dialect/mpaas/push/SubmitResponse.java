// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.error.ResultCode.EXPIREDTIME_TOO_LONG;
import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;
import static dev.boomerang.dialect.mpaas.error.ResultCode.MSG_PAYLOAD_TOO_LONG;
import static dev.boomerang.dialect.mpaas.error.ResultCode.MULTIPLE_TARGET_NUMBER_TOO_MUCH;
import static dev.boomerang.dialect.mpaas.error.ResultCode.SINGLE_PUSH_TARGET_TOO_MUCH;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TOKEN_OR_USERID_NULL;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.PushResult;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.accept.SubmitResult.Accepted;
import dev.boomerang.engine.accept.SubmitResult.IdTaken;
import dev.boomerang.engine.accept.SubmitResult.LifetimeOutOfRange;
import dev.boomerang.engine.accept.SubmitResult.NoTarget;
import dev.boomerang.engine.accept.SubmitResult.NobodyMatches;
import dev.boomerang.engine.accept.SubmitResult.NotForSendRate;
import dev.boomerang.engine.accept.SubmitResult.NothingToReplace;
import dev.boomerang.engine.accept.SubmitResult.PayloadTooLong;
import dev.boomerang.engine.accept.SubmitResult.Refused;
import dev.boomerang.engine.accept.SubmitResult.RejectedByReview;
import dev.boomerang.engine.accept.SubmitResult.Repeated;
import dev.boomerang.engine.accept.SubmitResult.TooManyTargets;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.model.push.Source.Kind;

/// Translates the result of a push into the answer of mPaaS.
final class SubmitResponse {
  /// Whether the vendor refuses a message id that was used before is not public. Here the same call
  /// again gets the first answer and delivers nothing (*Idempotent*); another call with that id for
  /// that target is refused.
  private static final ResultCode ID_TAKEN = INVALID_PARAM;

  /// "未执行的定时或循环推送任务总数上限默认为 100 条"; the code for one more is not public.
  private static final ResultCode TOO_MANY_SCHEDULES = INVALID_PARAM;

  private SubmitResponse() {}

  /// The vendor leaves `Data` empty for a simple or template push that goes out at once; here it is
  /// the task id, as it is there for the two others, by which the native API and the other dialects
  /// know it.
  static ObjectNode of(SubmitResult submitResult, Kind kind) {
    return switch (submitResult) {
      case Accepted(var task) -> PushResult.ok(task.id().toString());
      case Repeated(var first) -> PushResult.ok(first.id().toString());
      case Refused refused -> throw refusal(refused, kind);
    };
  }

  /// Answers a scheduled push. `Data` is the schedule's id, the parent of its firings.
  static ObjectNode of(ScheduleResult scheduleResult, Kind kind) {
    return switch (scheduleResult) {
      case ScheduleResult.Accepted(var schedule, var _) -> PushResult.ok(schedule.id().toString());
      case ScheduleResult.Refused(var why) -> throw refusal(why, kind);
      case ScheduleResult.Past _ ->
          throw ActionParams.invalid(
              StrategyParams.STRATEGY_CONTENT, "names no time that lies ahead");
      case ScheduleResult.TooFar(var horizon) ->
          throw ActionParams.invalid(
              StrategyParams.STRATEGY_CONTENT,
              "lies more than " + horizon.toDays() + " days ahead");
      case ScheduleResult.TooMany(int limit) ->
          throw new ResultException(
              TOO_MANY_SCHEDULES,
              StrategyParams.STRATEGY_TYPE,
              "is for later, and " + limit + " pushes are waiting for their time already");
    };
  }

  private static ResultException refusal(Refused refused, Kind kind) {
    String targets = targetsParam(kind);
    return switch (refused) {
      case IdTaken(var by) ->
          new ResultException(
              ID_TAKEN, targets, "has a message id that was used before, by task " + by.id());
      case NoTarget none ->
          new ResultException(TOKEN_OR_USERID_NULL, targets, "has " + none.reason());
      case TooManyTargets many ->
          new ResultException(
              kind == Kind.MULTIPLE ? MULTIPLE_TARGET_NUMBER_TOO_MUCH : SINGLE_PUSH_TARGET_TOO_MUCH,
              targets,
              "has " + many.reason());
      case PayloadTooLong payload ->
          new ResultException(MSG_PAYLOAD_TOO_LONG, "Content", "makes a " + payload.reason());
      case LifetimeOutOfRange lifetime ->
          new ResultException(
              EXPIREDTIME_TOO_LONG,
              PushParams.EXPIRED_SECONDS,
              "is out of range: " + lifetime.reason());
      case RejectedByReview review ->
          new ResultException(INVALID_PARAM, "Content", review.reason());
      case NothingToReplace _, NobodyMatches _, NotForSendRate _ ->
          throw new IllegalStateException("no action asks for that: " + refused.reason());
    };
  }

  /// Returns the parameter that names targets and message ids.
  private static String targetsParam(Kind kind) {
    return switch (kind) {
      case SIMPLE, TEMPLATE -> PushParams.TARGET_MSGKEY;
      case MULTIPLE -> PushParams.TARGET_MSG;
      case BROADCAST -> PushParams.MSGKEY;
    };
  }
}
