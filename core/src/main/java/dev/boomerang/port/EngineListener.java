// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.TransitionCounts;
import java.time.Duration;

/// Told what the engine does, for metrics and logs. Must not block, must not throw, and decides
/// nothing.
public interface EngineListener {
  EngineListener NONE = new EngineListener() {};

  default void accepted(String origin, int deliveries, int unreached) {}

  default void repeated(String origin) {}

  default void refused(String origin, String reason) {}

  /// Something was told of one delivery. Where that moved it, [#moved] tells too.
  default void recorded(Transition transition) {}

  /// Deliveries came into states, one by one or many at once.
  default void moved(TransitionCounts counts) {}

  default void stopped(String origin) {}

  /// `fence` is the time from the call to the moment nothing of it could be handed out any more.
  default void recalled(String origin, Duration fence) {}

  /// So many notes reached a callback.
  default void webhookEventsSent(String origin, int events) {}

  /// A request to a callback failed; `answer` is the kind of [WebhookClient.Response].
  default void webhookRequestFailed(String origin, String answer) {}

  /// So many notes are not tried any more; `cause` is `timeout` if they were tried for too long,
  /// `refused` if this server does not go to their receiver.
  default void webhookEventsGivenUp(String origin, String cause, int events) {}

  /// So many notes wait, in the whole store.
  default void webhookEventsWaiting(long events) {}
}
