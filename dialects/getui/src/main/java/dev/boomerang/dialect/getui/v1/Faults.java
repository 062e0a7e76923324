// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.Trouble;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Optional;

/// The one place where this dialect's faults become replies: what is wrong, in this protocol's
/// results.
final class Faults implements ErrorHandler<Reply> {

  @Override
  public Optional<Reply> refused(RuntimeException fault) {
    return switch (fault) {
      case ResultFault known -> Optional.of(known.reply());
      case InvalidFieldException field -> Optional.of(reply(field));
      case GetuiFault ours -> Optional.of(reply(ours));
      case RuntimeException _ -> Optional.empty();
    };
  }

  @Override
  public Reply unavailable() {
    return Result.OTHER_ERROR.reply();
  }

  /// Clients take every status but those of the table for a broken connection.
  @Override
  public Reply broken() {
    return Result.OTHER_ERROR.reply();
  }

  private static Reply reply(InvalidFieldException fault) {
    Result result =
        fault.field().equals("message") && fault.kind() == InvalidFieldException.Kind.MISSING
            ? Result.NO_MSG
            : Result.INVALID_PARAM;
    return result.reply(fault.description());
  }

  private static Reply reply(GetuiFault fault) {
    return switch (fault.trouble()) {
      case Trouble.Over(Quota quota) -> result(quota).reply();
      case Trouble.Plain plain -> reply(plain);
    };
  }

  private static Result result(Quota quota) {
    return switch (quota) {
      case AUTH_MINUTE, CALLS_MINUTE, FAST_TAG_MINUTE, APP_MINUTE, LIST_MINUTE, REPORT_MINUTE ->
          Result.TOO_FREQUENT;
      case TAG_EDITS_DAY, TAG_EDITS_MINUTE, TAG_SETS_DAY -> Result.TAG_OVER_LIMIT;
      case FAST_TAG_DAY, APP_DAY, TAG_DAY, LIST_DAY, TOTAL_DAY -> Result.PUSHNUM_OVERLIMIT;
    };
  }

  private static Reply reply(Trouble.Plain plain) {
    return switch (plain) {
      case UNKNOWN_USER -> Result.NO_USER.reply();
      case ALIAS_NOT_BOUND -> Result.ALIAS_NOTBIND.reply();
      case ALIAS_TOO_LONG -> Result.ALIAS_ERROR.reply("an alias has at most 40 bytes");
      case ALIAS_FULL -> Result.ALIAS_ERROR.reply("the alias is bound to too many cids");
      case TAG_UNKNOWN -> Result.TAGINVALID_OR_NOAUTH.reply();
      case TAG_TOO_LONG, TOO_MANY_TAGS -> Result.TAG_OVER_LIMIT.reply();
      case NO_TARGET, NOBODY, NO_VENDOR -> Result.NO_VALID_PUSH.reply();
      case UNKNOWN_TASK, UNKNOWN_OLD_TASK, NOT_SCHEDULED -> Result.NO_TASKID.reply();
      case TASK_OVER -> Result.NO_VALID_PUSH.reply("the task is stopped or its time is over");
      case NOT_STOPPABLE -> Result.INVALID_PARAM.reply("single pushes cannot be stopped");
      case TOO_MANY_TARGETS -> Result.INVALID_PARAM.reply("too many targets");
      case SENSITIVE -> Result.SENSITIVE_WORD.reply();
      case TOO_LARGE -> Result.INVALID_PARAM.reply("the message is too long");
      case BAD_LIFETIME -> Result.INVALID_PARAM.reply("offline_expire_time is out of range");
      case SCHEDULE_FIRED, SCHEDULE_SOON, SCHEDULE_PAST, SCHEDULE_TOO_FAR, TOO_MANY_SCHEDULES ->
          Result.INVALID_PARAM.reply("the task cannot wait for its time, or not any more");
    };
  }
}
