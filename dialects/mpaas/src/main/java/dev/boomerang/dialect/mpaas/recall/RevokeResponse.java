// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.recall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.PushResult;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.recall.RecallResult.Active;
import dev.boomerang.engine.recall.RecallResult.NotFound;
import dev.boomerang.engine.recall.RecallResult.Preview;
import dev.boomerang.engine.recall.RecallResult.TooOld;
import dev.boomerang.model.push.Recall;
import java.util.List;

/// Translates the result of a recall into the answer of mPaaS.
///
/// The wire format has no member for what the recall achieved. `Data` carries the recall's id,
/// under which the native API has the current report. The same call again gets the same answer.
final class RevokeResponse {
  private RevokeResponse() {}

  /// `parameter` named what to recall, a `kind` of thing; `of` says whose it should have been.
  static ObjectNode of(RecallResult outcome, String parameter, String kind, String of) {
    return switch (outcome) {
      case Active(Recall recall, var _) -> PushResult.ok(recall.id().toString());
      case NotFound _ -> throw unknown(parameter, kind, of);
      case TooOld _ -> throw tooOld(parameter, kind);
      case Preview _ -> throw new IllegalStateException("only a dry run returns a preview");
    };
  }

  /// Answers for several messages. `Data` is the id of the first recall: that of the message which
  /// was pushed under exactly this id, else that of the newest firing.
  static ObjectNode of(List<RecallResult> outcomes, String parameter, String kind, String of) {
    RecallResult best =
        outcomes.stream()
            .filter(Active.class::isInstance)
            .findFirst()
            .or(() -> outcomes.stream().findFirst())
            .orElseGet(NotFound::new);
    return of(best, parameter, kind, of);
  }

  static ResultException unknown(String parameter, String kind, String of) {
    return ActionParams.invalid(parameter, "is not that of a " + kind + " " + of);
  }

  static ResultException tooOld(String parameter, String kind) {
    return ActionParams.invalid(
        parameter, "is that of a " + kind + " older than " + Recall.WINDOW.toDays() + " days");
  }
}
