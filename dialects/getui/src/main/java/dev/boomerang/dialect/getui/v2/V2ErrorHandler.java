// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Turns every error of this dialect into a reply with this protocol's code.
final class V2ErrorHandler implements ErrorHandler<Reply> {
  /// Matches the texts by which [dev.boomerang.web.field.Fields] says that a value has another
  /// type.
  private static final Pattern TYPE =
      Pattern.compile(
          ".*must be (a text|an object|an array|a whole number|a JSON object|true or false)"
              + "|.*must have only (texts|whole numbers)");

  @Override
  public Optional<Reply> refused(RuntimeException fault) {
    return switch (fault) {
      case V2CodeException exception -> Optional.of(exception.reply());
      case InvalidFieldException field -> Optional.of(reply(field));
      case GetuiException getui -> Optional.of(reply(getui));
      case RuntimeException _ -> Optional.empty();
    };
  }

  @Override
  public Reply unavailable() {
    return V2Code.FAILED.reply("the server cannot answer now, try again");
  }

  /// Answers with 200, since clients take every status outside the table for a broken connection.
  @Override
  public Reply broken() {
    return V2Code.FAILED.reply("internal error");
  }

  /// Source: Getui "RestAPI V2", 20001: `<param> is invalid`, `<param> can not be empty`, `<param>
  /// type error`.
  private static Reply reply(InvalidFieldException fault) {
    String reason = fault.description().substring(fault.field().length()).strip();
    String message =
        switch (fault.kind()) {
          case MISSING, BLANK -> " can not be empty";
          case MALFORMED, OUT_OF_RANGE ->
              (TYPE.matcher(reason).matches() ? " type error: " : " is invalid: ") + reason;
        };
    return V2Code.PARAMETER.reply(fault.field() + message);
  }

  private static Reply reply(GetuiException fault) {
    return switch (fault.kind()) {
      case ErrorKind.QuotaExceeded(Quota quota) -> code(quota).reply();
      case ErrorKind.Simple plain -> reply(plain);
    };
  }

  private static V2Code code(Quota quota) {
    return switch (quota) {
      case AUTH_MINUTE -> V2Code.AUTH_RATE;
      case CALLS_MINUTE -> V2Code.CALL_RATE;
      case TAG_EDITS_DAY -> V2Code.TAG_DAY;
      case TAG_EDITS_MINUTE -> V2Code.TAG_EDIT_MINUTE;
      case TAG_SETS_DAY -> V2Code.TAG_SET_DAY;
      case FAST_TAG_DAY -> V2Code.FAST_TAG_DAY;
      case FAST_TAG_MINUTE -> V2Code.FAST_TAG_MINUTE;
      case APP_DAY -> V2Code.APP_DAY;
      case TAG_DAY -> V2Code.TAG_PUSH_DAY;
      case APP_MINUTE -> V2Code.APP_MINUTE;
      case LIST_DAY -> V2Code.LIST_DAY;
      case LIST_MINUTE -> V2Code.LIST_MINUTE;
      case TOTAL_DAY -> V2Code.TOTAL_DAY;
      case REPORT_MINUTE -> V2Code.REPORT_RATE;
    };
  }

  private static Reply reply(ErrorKind.Simple plain) {
    return switch (plain) {
      // As the vendor was seen to say it: open-im-server, issue 3393.
      case UNKNOWN_USER -> V2Code.PARAMETER.reply("target user is invalid");
      case ALIAS_NOT_BOUND -> V2Code.PARAMETER.reply("alias is invalid: nobody has it");
      case NO_TARGET -> V2Code.PARAMETER.reply("audience can not be empty");
      case TOO_MANY_TARGETS -> V2Code.PARAMETER.reply("audience is invalid: too many");
      case NOBODY, NO_VENDOR -> V2Code.PUSH_FAILED.reply();
      case TAG_UNKNOWN ->
          V2Code.PARAMETER.reply("tag is invalid: nobody here has such a key or value");
      case TAG_TOO_LONG -> V2Code.TAG_LONG.reply();
      case TOO_MANY_TAGS -> V2Code.TOO_MANY_TAGS.reply();
      case ALIAS_TOO_LONG -> V2Code.PARAMETER.reply("alias is invalid: at most 40 bytes");
      case ALIAS_FULL -> V2Code.PARAMETER.reply("alias is invalid: it is bound to too many cids");
      case UNKNOWN_TASK -> V2Code.PARAMETER.reply("taskid is invalid: there is no such task");
      case UNKNOWN_OLD_TASK ->
          V2Code.PARAMETER.reply(
              "old_task_id is invalid: there is no such task of the last 7 days");
      case TASK_OVER ->
          V2Code.PARAMETER.reply("taskid is invalid: the task is stopped or its time is over");
      case NOT_STOPPABLE ->
          V2Code.PARAMETER.reply("taskid is invalid: single pushes cannot be stopped");
      case NOT_SCHEDULED -> V2Code.SCHEDULE_INVALID.reply("there is no such scheduled task");
      case SCHEDULE_FIRED -> V2Code.SCHEDULE_FIRED.reply();
      case SCHEDULE_SOON ->
          V2Code.SCHEDULE_INVALID.reply("it will be pushed within a minute: stop it then");
      case SCHEDULE_PAST ->
          V2Code.PARAMETER.reply("settings.schedule_time is invalid: it must lie ahead");
      case SCHEDULE_TOO_FAR ->
          V2Code.PARAMETER.reply("settings.schedule_time is invalid: at most 7 days ahead");
      case TOO_MANY_SCHEDULES ->
          V2Code.SCHEDULE_RIGHT.reply("there are too many scheduled tasks already");
      case SENSITIVE ->
          V2Code.PARAMETER.reply("push_message is invalid: it has a word that must not be");
      case TOO_LARGE -> V2Code.PARAMETER.reply("push_message is invalid: too long");
      case BAD_LIFETIME -> V2Code.PARAMETER.reply("settings.ttl is invalid");
    };
  }
}
