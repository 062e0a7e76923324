// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Optional;

/// Turns every error of this dialect into a reply with this protocol's result.
final class V1ErrorHandler implements ErrorHandler<Reply> {

  @Override
  public Optional<Reply> refused(RuntimeException fault) {
    return switch (fault) {
      case V1ResultException exception -> Optional.of(exception.reply());
      case InvalidFieldException field -> Optional.of(reply(field));
      case GetuiException getui -> Optional.of(reply(getui));
      case RuntimeException _ -> Optional.empty();
    };
  }

  @Override
  public Reply unavailable() {
    return V1Result.OTHER_ERROR.reply();
  }

  /// Answers with 200, since clients take every status outside the table for a broken connection.
  @Override
  public Reply broken() {
    return V1Result.OTHER_ERROR.reply();
  }

  private static Reply reply(InvalidFieldException fault) {
    V1Result result =
        fault.field().equals("message") && fault.kind() == InvalidFieldException.Kind.MISSING
            ? V1Result.NO_MSG
            : V1Result.INVALID_PARAM;
    return result.reply(fault.description());
  }

  private static Reply reply(GetuiException fault) {
    return switch (fault.kind()) {
      case ErrorKind.QuotaExceeded(Quota quota) -> result(quota).reply();
      case ErrorKind.Simple kind -> reply(kind);
    };
  }

  private static V1Result result(Quota quota) {
    return switch (quota) {
      case AUTH_MINUTE, CALLS_MINUTE, FAST_TAG_MINUTE, APP_MINUTE, LIST_MINUTE, REPORT_MINUTE ->
          V1Result.TOO_FREQUENT;
      case TAG_EDITS_DAY, TAG_EDITS_MINUTE, TAG_SETS_DAY -> V1Result.TAG_OVER_LIMIT;
      case FAST_TAG_DAY, APP_DAY, TAG_DAY, LIST_DAY, TOTAL_DAY -> V1Result.PUSHNUM_OVERLIMIT;
    };
  }

  private static Reply reply(ErrorKind.Simple kind) {
    return switch (kind) {
      case UNKNOWN_USER -> V1Result.NO_USER.reply();
      case ALIAS_NOT_BOUND -> V1Result.ALIAS_NOTBIND.reply();
      case ALIAS_TOO_LONG -> V1Result.ALIAS_ERROR.reply("an alias has at most 40 bytes");
      case ALIAS_FULL -> V1Result.ALIAS_ERROR.reply("the alias is bound to too many cids");
      case TAG_UNKNOWN -> V1Result.TAGINVALID_OR_NOAUTH.reply();
      case TAG_TOO_LONG, TOO_MANY_TAGS -> V1Result.TAG_OVER_LIMIT.reply();
      case NO_TARGET, NOBODY, NO_VENDOR -> V1Result.NO_VALID_PUSH.reply();
      case UNKNOWN_TASK, UNKNOWN_OLD_TASK, NOT_SCHEDULED -> V1Result.NO_TASKID.reply();
      case TASK_OVER -> V1Result.NO_VALID_PUSH.reply("the task is stopped or its time is over");
      case NOT_STOPPABLE -> V1Result.INVALID_PARAM.reply("single pushes cannot be stopped");
      case TOO_MANY_TARGETS -> V1Result.INVALID_PARAM.reply("too many targets");
      case SENSITIVE -> V1Result.SENSITIVE_WORD.reply();
      case TOO_LARGE -> V1Result.INVALID_PARAM.reply("the message is too long");
      case BAD_LIFETIME -> V1Result.INVALID_PARAM.reply("offline_expire_time is out of range");
      case SCHEDULE_FIRED, SCHEDULE_SOON, SCHEDULE_PAST, SCHEDULE_TOO_FAR, TOO_MANY_SCHEDULES ->
          V1Result.INVALID_PARAM.reply("the task cannot wait for its time, or not any more");
    };
  }
}
