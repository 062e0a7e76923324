// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.Trouble;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The one place where this dialect's faults become replies: what is wrong, in this protocol's
/// codes.
final class Faults implements ErrorHandler<Reply> {
  /// How [dev.boomerang.web.field.Fields] says that a value is of another type.
  private static final Pattern TYPE =
      Pattern.compile(
          ".*must be (a text|an object|an array|a whole number|a JSON object|true or false)"
              + "|.*must have only (texts|whole numbers)");

  @Override
  public Optional<Reply> refused(RuntimeException fault) {
    return switch (fault) {
      case CodeFault known -> Optional.of(known.reply());
      case InvalidFieldException field -> Optional.of(reply(field));
      case GetuiFault ours -> Optional.of(reply(ours));
      case RuntimeException _ -> Optional.empty();
    };
  }

  @Override
  public Reply unavailable() {
    return Code.FAILED.reply("the server cannot answer now, try again");
  }

  /// Clients take every status but those of the table for a broken connection.
  @Override
  public Reply broken() {
    return Code.FAILED.reply("internal error");
  }

  /// Source: Getui "RestAPI V2", 20001: `<param> is invalid`, `<param> can not be empty`, `<param>
  /// type error`.
  private static Reply reply(InvalidFieldException fault) {
    String why = fault.description().substring(fault.field().length()).strip();
    String said =
        switch (fault.kind()) {
          case MISSING, BLANK -> " can not be empty";
          case MALFORMED, OUT_OF_RANGE ->
              (TYPE.matcher(why).matches() ? " type error: " : " is invalid: ") + why;
        };
    return Code.PARAMETER.reply(fault.field() + said);
  }

  private static Reply reply(GetuiFault fault) {
    return switch (fault.trouble()) {
      case Trouble.Over(Quota quota) -> code(quota).reply();
      case Trouble.Plain plain -> reply(plain);
    };
  }

  private static Code code(Quota quota) {
    return switch (quota) {
      case AUTH_MINUTE -> Code.AUTH_RATE;
      case CALLS_MINUTE -> Code.CALL_RATE;
      case TAG_EDITS_DAY -> Code.TAG_DAY;
      case TAG_EDITS_MINUTE -> Code.TAG_EDIT_MINUTE;
      case TAG_SETS_DAY -> Code.TAG_SET_DAY;
      case FAST_TAG_DAY -> Code.FAST_TAG_DAY;
      case FAST_TAG_MINUTE -> Code.FAST_TAG_MINUTE;
      case APP_DAY -> Code.APP_DAY;
      case TAG_DAY -> Code.TAG_PUSH_DAY;
      case APP_MINUTE -> Code.APP_MINUTE;
      case LIST_DAY -> Code.LIST_DAY;
      case LIST_MINUTE -> Code.LIST_MINUTE;
      case TOTAL_DAY -> Code.TOTAL_DAY;
      case REPORT_MINUTE -> Code.REPORT_RATE;
    };
  }

  private static Reply reply(Trouble.Plain plain) {
    return switch (plain) {
      // As the vendor was seen to say it: open-im-server, issue 3393.
      case UNKNOWN_USER -> Code.PARAMETER.reply("target user is invalid");
      case ALIAS_NOT_BOUND -> Code.PARAMETER.reply("alias is invalid: nobody has it");
      case NO_TARGET -> Code.PARAMETER.reply("audience can not be empty");
      case TOO_MANY_TARGETS -> Code.PARAMETER.reply("audience is invalid: too many");
      case NOBODY, NO_VENDOR -> Code.PUSH_FAILED.reply();
      case TAG_UNKNOWN ->
          Code.PARAMETER.reply("tag is invalid: nobody here has such a key or value");
      case TAG_TOO_LONG -> Code.TAG_LONG.reply();
      case TOO_MANY_TAGS -> Code.TOO_MANY_TAGS.reply();
      case ALIAS_TOO_LONG -> Code.PARAMETER.reply("alias is invalid: at most 40 bytes");
      case ALIAS_FULL -> Code.PARAMETER.reply("alias is invalid: it is bound to too many cids");
      case UNKNOWN_TASK -> Code.PARAMETER.reply("taskid is invalid: there is no such task");
      case UNKNOWN_OLD_TASK ->
          Code.PARAMETER.reply("old_task_id is invalid: there is no such task of the last 7 days");
      case TASK_OVER ->
          Code.PARAMETER.reply("taskid is invalid: the task is stopped or its time is over");
      case NOT_STOPPABLE ->
          Code.PARAMETER.reply("taskid is invalid: single pushes cannot be stopped");
      case NOT_SCHEDULED -> Code.SCHEDULE_INVALID.reply("there is no such scheduled task");
      case SCHEDULE_FIRED -> Code.SCHEDULE_FIRED.reply();
      case SCHEDULE_SOON ->
          Code.SCHEDULE_INVALID.reply("it will be pushed within a minute: stop it then");
      case SCHEDULE_PAST ->
          Code.PARAMETER.reply("settings.schedule_time is invalid: it must lie ahead");
      case SCHEDULE_TOO_FAR ->
          Code.PARAMETER.reply("settings.schedule_time is invalid: at most 7 days ahead");
      case TOO_MANY_SCHEDULES ->
          Code.SCHEDULE_RIGHT.reply("there are too many scheduled tasks already");
      case SENSITIVE ->
          Code.PARAMETER.reply("push_message is invalid: it has a word that must not be");
      case TOO_LARGE -> Code.PARAMETER.reply("push_message is invalid: too long");
      case BAD_LIFETIME -> Code.PARAMETER.reply("settings.ttl is invalid");
    };
  }
}
