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

/// The engine's word on a recall, in mPaaS's words.
///
/// The wire has no place for what the recall achieved. `Data` carries the recall's id: the native
/// API tells the report under it, live. Asking again answers the same.
final class RevokeResponse {
  private RevokeResponse() {}

  /// `parameter` named what to recall, a `kind` of thing; `of` says whose it should have been.
  static ObjectNode of(RecallResult outcome, String parameter, String kind, String of) {
    return switch (outcome) {
      case Active(Recall recall, var _) -> PushResult.ok(recall.id().toString());
      case NotFound _ -> throw unknown(parameter, kind, of);
      case TooOld _ -> throw tooOld(parameter, kind);
      case Preview _ -> throw new IllegalStateException("only a dry run foretells");
    };
  }

  /// Of several messages `Data` is the first recall's id: that of the message which was pushed
  /// under the very id, else of the newest firing.
  static ObjectNode of(List<RecallResult> outcomes, String parameter, String kind, String of) {
    RecallResult told =
        outcomes.stream()
            .filter(Active.class::isInstance)
            .findFirst()
            .or(() -> outcomes.stream().findFirst())
            .orElseGet(NotFound::new);
    return of(told, parameter, kind, of);
  }

  static ResultException unknown(String parameter, String kind, String of) {
    return ActionParams.invalid(parameter, "is not that of a " + kind + " " + of);
  }

  static ResultException tooOld(String parameter, String kind) {
    return ActionParams.invalid(
        parameter, "is that of a " + kind + " older than " + Recall.WINDOW.toDays() + " days");
  }
}
