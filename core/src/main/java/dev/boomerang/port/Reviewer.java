// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.AppId;
import java.util.List;
import java.util.Optional;

/// Judges what a push says, before anything of it is stored or sent. May block; must not throw.
public interface Reviewer {
  Reviewer NONE = (_, _) -> Optional.empty();

  /// Why these texts must not go out, in words for the caller; empty if they may. They are all that
  /// a person could read of one push.
  Optional<String> objection(AppId app, List<String> texts);
}
