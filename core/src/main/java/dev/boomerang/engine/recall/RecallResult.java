// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.recall;

import dev.boomerang.model.push.Recall;
import java.time.Instant;

/// Says what a recall came to.
public sealed interface RecallResult {

  /// The recall stands, for the first time or again.
  record Active(Recall recall, RecallReport report) implements RecallResult {}

  /// The recall was only previewed, nothing was done; the report is what a recall now would
  /// achieve.
  record Preview(RecallReport report) implements RecallResult {}

  /// The app has no such task, message or delivery.
  record NotFound() implements RecallResult {}

  /// Accepted before `limit`, the oldest that can still be recalled.
  record TooOld(Instant limit) implements RecallResult {}
}
