// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.webhook;

import dev.boomerang.model.push.Task;
import dev.boomerang.port.WebhookOutbox.PendingEvent;
import java.util.List;
import java.util.Map;

/// Words events for the callers of one dialect. The same events must always give the same text.
public interface WebhookFormat {

  /// JSON, for one or more notes of one task, in order.
  String json(Task task, List<PendingEvent> pendingEvents);

  /// The wordings there are, by the origin of a task ([Task#origin]); `otherwise` for those that
  /// have none of their own.
  record ByOrigin(Map<String, WebhookFormat> byOrigin, WebhookFormat otherwise)
      implements WebhookFormat {
    public ByOrigin {
      byOrigin = Map.copyOf(byOrigin);
    }

    @Override
    public String json(Task task, List<PendingEvent> pendingEvents) {
      return byOrigin.getOrDefault(task.origin(), otherwise).json(task, pendingEvents);
    }
  }
}
