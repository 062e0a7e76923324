// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.EXPIREDTIME_TOO_LONG;
import static dev.boomerang.dialect.mpaas.ResultCode.MSG_PAYLOAD_TOO_LONG;
import static dev.boomerang.dialect.mpaas.ResultCode.SINGLE_PUSH_TARGET_TOO_MUCH;
import static dev.boomerang.dialect.mpaas.ResultCode.TOKEN_OR_USERID_NULL;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.Submission;
import dev.boomerang.engine.Submission.Accepted;
import dev.boomerang.engine.Submission.IdTaken;
import dev.boomerang.engine.Submission.LifetimeOutOfRange;
import dev.boomerang.engine.Submission.NoTarget;
import dev.boomerang.engine.Submission.PayloadTooLong;
import dev.boomerang.engine.Submission.Repeated;
import dev.boomerang.engine.Submission.TooManyTargets;

/// The engine's word on a push, in mPaaS's words.
final class Submitted {
  /// Whether the vendor refuses a message id that was used before is not public. Here the same call
  /// again gets the first answer and delivers nothing (*Idempotent*); another call with that id for
  /// that target is refused.
  private static final ResultCode ID_TAKEN = ResultCode.INVALID_PARAM;

  private Submitted() {}

  /// `targets` is the parameter that named the targets. The vendor leaves `Data` empty for a push
  /// that goes out at once; here it is the task id, by which the native API, the console and the
  /// other dialects know it.
  static ObjectNode answer(Submission submission, String targets) {
    return switch (submission) {
      case Accepted(var task) -> PushResult.ok(task.id().toString());
      case Repeated(var first) -> PushResult.ok(first.id().toString());
      case IdTaken(var by) ->
          throw new ResultFault(
              ID_TAKEN, targets, "has a message id that was used before, by task " + by.id());
      case NoTarget none ->
          throw new ResultFault(TOKEN_OR_USERID_NULL, targets, "has " + none.reason());
      case TooManyTargets many ->
          throw new ResultFault(SINGLE_PUSH_TARGET_TOO_MUCH, targets, "has " + many.reason());
      case PayloadTooLong payload ->
          throw new ResultFault(MSG_PAYLOAD_TOO_LONG, "Content", "makes a " + payload.reason());
      case LifetimeOutOfRange lifetime ->
          throw new ResultFault(
              EXPIREDTIME_TOO_LONG,
              Pushes.EXPIRED_SECONDS,
              "is out of range: " + lifetime.reason());
    };
  }
}
