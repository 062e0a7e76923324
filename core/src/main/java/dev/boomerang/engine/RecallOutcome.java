// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.Recall;
import java.time.Instant;

/// The answer to a recall.
public sealed interface RecallOutcome {

  /// The recall stands, for the first time or again.
  record Standing(Recall recall, RecallReport report) implements RecallOutcome {}

  /// Nothing was done; this is what a recall now would achieve.
  record Foretold(RecallReport report) implements RecallOutcome {}

  /// The app has no such task, message or delivery.
  record NotFound() implements RecallOutcome {}

  /// Accepted before `limit`, the oldest that can still be recalled.
  record TooOld(Instant limit) implements RecallOutcome {}
}
