// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.push.Task;
import java.util.List;

/// Tells what became of targets added to an open task.
public sealed interface AddTargetsResult {

  /// The targets are stored. `deliveries` holds the deliveries of all the targets: new ones, and
  /// those that registrations had already, unchanged. `unreached` names the targets that no
  /// registration answers to.
  record Added(Task task, List<Delivery> deliveries, List<String> unreached)
      implements AddTargetsResult {
    public Added {
      deliveries = List.copyOf(deliveries);
      unreached = List.copyOf(unreached);
    }
  }

  /// The task takes no more: its time is over, it was recalled or stopped, or it never was open.
  record Closed(Task task) implements AddTargetsResult {}

  /// The app has no such task.
  record NotFound() implements AddTargetsResult {}

  /// The targets are none or too many.
  record Refused(SubmitResult.Refused why) implements AddTargetsResult {}
}
