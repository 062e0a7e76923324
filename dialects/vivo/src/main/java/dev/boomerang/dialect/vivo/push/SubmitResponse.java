// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.SuccessResponse;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.model.push.Task;

/// Translates the result of a push into the response of vivo.
final class SubmitResponse {
  private SubmitResponse() {}

  static ObjectNode of(SubmitResult submitResult) {
    return switch (submitResult) {
      case SubmitResult.Accepted(Task task) -> SuccessResponse.ofTask(task.id());
      case SubmitResult.Repeated(Task first) -> SuccessResponse.ofTask(first.id());
      // The same call, read with other settings than the first time.
      case SubmitResult.IdTaken(Task by) -> SuccessResponse.ofTask(by.id());
      case SubmitResult.Refused refused -> throw refusal(refused);
    };
  }

  /// Returns the error for a push that the engine refuses.
  static VivoException refusal(SubmitResult.Refused refused) {
    VivoError error =
        switch (refused) {
          case SubmitResult.RejectedByReview _ -> VivoError.REVIEW;
          case SubmitResult.LifetimeOutOfRange _ -> VivoError.TIME_TO_LIVE;
          case SubmitResult.NoTarget _, SubmitResult.NobodyMatches _ -> VivoError.NO_TARGET;
          case SubmitResult.TooManyTargets _,
              SubmitResult.PayloadTooLong _,
              SubmitResult.NothingToReplace _,
              SubmitResult.NotForSendRate _,
              SubmitResult.IdTaken _ ->
              VivoError.PARAMETER;
        };
    return new VivoException(error, refused.reason());
  }
}
