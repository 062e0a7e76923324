// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.TransitionCounts;
import java.time.Duration;

/// Receives what the engine does, for metrics and logs. It must not block, must not throw, and
/// decides nothing.
public interface EngineListener {
  EngineListener NONE = new EngineListener() {};

  default void accepted(String origin, int deliveries, int unmatched) {}

  default void repeated(String origin) {}

  default void refused(String origin, String reason) {}

  /// An event of one delivery was applied. If it moved the delivery, [#moved] is called too.
  default void recorded(Transition transition) {}

  /// Deliveries came into states, one by one or many at once.
  default void moved(TransitionCounts counts) {}

  default void stopped(String origin) {}

  /// A task was recalled. `fence` is the time from the call to the moment from which nothing of it
  /// could be sent any more.
  default void recalled(String origin, Duration fence) {}

  /// A webhook's receiver took that many events.
  default void webhookEventsSent(String origin, int events) {}

  /// A request to a webhook's receiver failed; `answer` is the kind of [WebhookClient.Response].
  default void webhookRequestFailed(String origin, String answer) {}

  /// That many events will not be sent any more; `cause` is `timeout` if they failed for too long,
  /// `refused` if this server does not go to their receiver.
  default void webhookEventsGivenUp(String origin, String cause, int events) {}

  /// That many events wait in the whole store.
  default void webhookEventsWaiting(long events) {}
}
