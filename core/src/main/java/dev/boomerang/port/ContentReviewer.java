// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.app.AppId;
import java.util.List;
import java.util.Optional;

/// Judges what a push says, before anything of it is stored or sent. It may block, and must not
/// throw.
public interface ContentReviewer {
  ContentReviewer NONE = (_, _) -> Optional.empty();

  /// Says why a push must not go out, and where the cause is. `reason` is text for the caller.
  /// `text` is the number of the text that was objected to, from 0; `from` and `to` are the part of
  /// it, as [String#substring] takes them.
  record Objection(String reason, int text, int from, int to) {}

  /// Returns why these texts must not go out; empty if they may. They are all that a person could
  /// read of one push.
  Optional<Objection> objection(AppId app, List<String> texts);
}
