// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.error.VivoError;
import dev.boomerang.dialect.vivo.error.VivoFault;
import dev.boomerang.engine.Submission;
import dev.boomerang.model.Task;

/// Says in this dialect what became of a push.
final class Submitted {
  private Submitted() {}

  static ObjectNode reply(Submission outcome) {
    return switch (outcome) {
      case Submission.Accepted(Task task) -> Repeats.told(task.id());
      case Submission.Repeated(Task first) -> Repeats.told(first.id());
      // The same call, read with other settings than the first time.
      case Submission.IdTaken(Task by) -> Repeats.told(by.id());
      case Submission.Refused refused -> throw fault(refused);
    };
  }

  static VivoFault fault(Submission.Refused refused) {
    VivoError error =
        switch (refused) {
          case Submission.RejectedByReview _ -> VivoError.REVIEW;
          case Submission.LifetimeOutOfRange _ -> VivoError.TIME_TO_LIVE;
          case Submission.NoTarget _, Submission.NobodyMatches _ -> VivoError.NO_TARGET;
          case Submission.TooManyTargets _,
              Submission.PayloadTooLong _,
              Submission.NothingToReplace _,
              Submission.NotForPace _,
              Submission.IdTaken _ ->
              VivoError.PARAMETER;
        };
    return new VivoFault(error, refused.reason());
  }
}
