// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Optional;

/// Turns every error of this dialect into an answer with this protocol's result. `action` decides
/// where results differ: between a push to a tag and one to an app.
record WireErrorHandler(String action) implements ErrorHandler<ObjectNode> {
  static final String STOP = "stopTaskAction";

  @Override
  public Optional<ObjectNode> refused(RuntimeException fault) {
    return switch (fault) {
      case WireResultException exception ->
          Optional.of(
              failed(new Failure(exception.result().code(), exception.reason().orElse(""))));
      case InvalidFieldException field -> Optional.of(failed(failure(field)));
      case GetuiException getui -> Optional.of(failed(failure(getui)));
      case RuntimeException _ -> Optional.empty();
    };
  }

  @Override
  public ObjectNode unavailable() {
    return failed(Failure.of(action.equals(STOP) ? WireResult.STOP_FAILED : WireResult.SERVICE));
  }

  @Override
  public ObjectNode broken() {
    return failed(Failure.of(WireResult.OTHER));
  }

  private ObjectNode failed(Failure failure) {
    return WireReplies.failed(action, failure);
  }

  /// Source: Getui "V1 server SDK", results: `<field> is not null`.
  private static Failure failure(InvalidFieldException fault) {
    return switch (fault.kind()) {
      case MISSING, BLANK -> missing(fault.field());
      case MALFORMED, OUT_OF_RANGE -> new Failure(WireResult.MALFORMED.code(), fault.description());
    };
  }

  private static Failure missing(String field) {
    return new Failure(WireResult.MISSING.code().replace("<field>", field), "");
  }

  private Failure failure(GetuiException fault) {
    return switch (fault.kind()) {
      case ErrorKind.QuotaExceeded(Quota quota) -> Failure.of(result(quota));
      case ErrorKind.Simple plain -> failure(plain);
    };
  }

  /// Returns the result for a used-up quota. This protocol has fewer than REST V2: several share
  /// one.
  private static WireResult result(Quota quota) {
    return switch (quota) {
      case AUTH_MINUTE, CALLS_MINUTE, REPORT_MINUTE, TAG_EDITS_MINUTE -> WireResult.TOO_FREQUENT;
      case TAG_EDITS_DAY, TAG_SETS_DAY -> WireResult.OVER_LIMIT;
      case APP_DAY, TAG_DAY, APP_MINUTE, FAST_TAG_DAY, FAST_TAG_MINUTE -> WireResult.APP_QUOTA;
      case LIST_DAY, LIST_MINUTE -> WireResult.LIST_QUOTA;
      case TOTAL_DAY -> WireResult.TOTAL_QUOTA;
    };
  }

  /// Returns the result for an error. Where the vendor's table has none that fits, it is `Error`
  /// with a reason.
  private Failure failure(ErrorKind.Simple plain) {
    return switch (plain) {
      case UNKNOWN_USER -> Failure.of(WireResult.UNKNOWN_USER);
      case ALIAS_NOT_BOUND -> Failure.of(WireResult.ALIAS_NOT_BOUND);
      case NO_TARGET -> Failure.of(WireResult.NO_TARGETS);
      case TOO_MANY_TARGETS -> malformed("there are too many targets");
      case NOBODY ->
          Failure.of(action.contains("ByTag") ? WireResult.TAG_NOBODY : WireResult.APP_NOBODY);
      case TAG_UNKNOWN, TAG_TOO_LONG -> Failure.of(WireResult.BAD_TAG);
      case TOO_MANY_TAGS -> new Failure(WireResult.OVER_LIMIT.code(), "too many tags for one user");
      case ALIAS_TOO_LONG -> malformed("alias must have at most 40 bytes");
      case ALIAS_FULL -> new Failure(WireResult.OVER_LIMIT.code(), "too many cids have the alias");
      case UNKNOWN_TASK ->
          Failure.of(action.startsWith("pushMessage") ? WireResult.NO_MESSAGE : WireResult.NO_TASK);
      case UNKNOWN_OLD_TASK -> Failure.of(WireResult.NO_MESSAGE);
      case TASK_OVER -> Failure.of(WireResult.TASK_OVER);
      case NOT_SCHEDULED -> Failure.of(WireResult.NO_TASK);
      case NOT_STOPPABLE, SCHEDULE_FIRED, SCHEDULE_SOON -> Failure.of(WireResult.OUT_OF_RANGE);
      case SCHEDULE_PAST -> malformed("pushTime must lie ahead");
      case SCHEDULE_TOO_FAR -> malformed("pushTime must be within 7 days");
      case TOO_MANY_SCHEDULES ->
          new Failure(WireResult.OVER_LIMIT.code(), "too many pushes wait for their time");
      case SENSITIVE -> Failure.of(WireResult.SENSITIVE);
      case TOO_LARGE -> Failure.of(WireResult.TOO_LONG);
      case BAD_LIFETIME -> malformed("offlineExpireTime is out of range");
      case NO_VENDOR -> Failure.of(WireResult.NO_TARGET);
    };
  }

  private static Failure malformed(String reason) {
    return new Failure(WireResult.MALFORMED.code(), reason);
  }
}
