// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.Trouble;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Optional;

/// The one place where this dialect's faults become replies: what is wrong, in this protocol's
/// results. `action` tells apart what has several words: a push to a tag and one to an app.
record Faults(String action) implements ErrorHandler<ObjectNode> {
  static final String STOP = "stopTaskAction";

  @Override
  public Optional<ObjectNode> refused(RuntimeException fault) {
    return switch (fault) {
      case ResultFault known ->
          Optional.of(failed(new Failure(known.result().code(), known.why().orElse(""))));
      case InvalidFieldException field -> Optional.of(failed(failure(field)));
      case GetuiFault ours -> Optional.of(failed(failure(ours)));
      case RuntimeException _ -> Optional.empty();
    };
  }

  @Override
  public ObjectNode unavailable() {
    return failed(Failure.of(action.equals(STOP) ? Result.STOP_FAILED : Result.SERVICE));
  }

  @Override
  public ObjectNode broken() {
    return failed(Failure.of(Result.OTHER));
  }

  private ObjectNode failed(Failure failure) {
    return Answers.failed(action, failure);
  }

  /// Source: Getui "V1 server SDK", results: `<field> is not null`.
  private static Failure failure(InvalidFieldException fault) {
    return switch (fault.kind()) {
      case MISSING, BLANK -> missing(fault.field());
      case MALFORMED, OUT_OF_RANGE -> new Failure(Result.MALFORMED.code(), fault.description());
    };
  }

  private static Failure missing(String field) {
    return new Failure(Result.MISSING.code().replace("<field>", field), "");
  }

  private Failure failure(GetuiFault fault) {
    return switch (fault.trouble()) {
      case Trouble.Over(Quota quota) -> Failure.of(result(quota));
      case Trouble.Plain plain -> failure(plain);
    };
  }

  private static Result result(Quota quota) {
    return switch (quota) {
      case AUTH_MINUTE, CALLS_MINUTE, REPORT_MINUTE, TAG_EDITS_MINUTE -> Result.TOO_FREQUENT;
      case TAG_EDITS_DAY, TAG_SETS_DAY -> Result.OVER_LIMIT;
      case APP_DAY, TAG_DAY, APP_MINUTE, FAST_TAG_DAY, FAST_TAG_MINUTE -> Result.APP_QUOTA;
      case LIST_DAY, LIST_MINUTE -> Result.LIST_QUOTA;
      case TOTAL_DAY -> Result.TOTAL_QUOTA;
    };
  }

  private Failure failure(Trouble.Plain plain) {
    return switch (plain) {
      case UNKNOWN_USER -> Failure.of(Result.UNKNOWN_USER);
      case ALIAS_NOT_BOUND -> Failure.of(Result.ALIAS_NOT_BOUND);
      case NO_TARGET -> Failure.of(Result.NO_TARGETS);
      case TOO_MANY_TARGETS -> malformed("there are too many targets");
      case NOBODY -> Failure.of(action.contains("ByTag") ? Result.TAG_NOBODY : Result.APP_NOBODY);
      case TAG_UNKNOWN, TAG_TOO_LONG -> Failure.of(Result.BAD_TAG);
      case TOO_MANY_TAGS -> new Failure(Result.OVER_LIMIT.code(), "too many tags for one user");
      case ALIAS_TOO_LONG -> malformed("alias must have at most 40 bytes");
      case ALIAS_FULL -> new Failure(Result.OVER_LIMIT.code(), "too many cids have the alias");
      case UNKNOWN_TASK ->
          Failure.of(action.startsWith("pushMessage") ? Result.NO_MESSAGE : Result.NO_TASK);
      case UNKNOWN_OLD_TASK -> Failure.of(Result.NO_MESSAGE);
      case TASK_OVER -> Failure.of(Result.TASK_OVER);
      case NOT_SCHEDULED -> Failure.of(Result.NO_TASK);
      case NOT_STOPPABLE, SCHEDULE_FIRED, SCHEDULE_SOON -> Failure.of(Result.OUT_OF_RANGE);
      case SCHEDULE_PAST -> malformed("pushTime must lie ahead");
      case SCHEDULE_TOO_FAR -> malformed("pushTime must be within 7 days");
      case TOO_MANY_SCHEDULES ->
          new Failure(Result.OVER_LIMIT.code(), "too many pushes wait for their time");
      case SENSITIVE -> Failure.of(Result.SENSITIVE);
      case TOO_LARGE -> Failure.of(Result.TOO_LONG);
      case BAD_LIFETIME -> malformed("offlineExpireTime is out of range");
      case NO_VENDOR -> Failure.of(Result.NO_TARGET);
    };
  }

  private static Failure malformed(String why) {
    return new Failure(Result.MALFORMED.code(), why);
  }
}
