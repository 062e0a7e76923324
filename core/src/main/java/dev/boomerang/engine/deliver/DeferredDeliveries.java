// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.lifecycle.DeliveryEvent.RetryDue;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.DeviceConnection;
import java.time.Instant;
import java.util.List;

/// Makes deliveries available again once the time has come until which their channel deferred them.
/// If it runs late nothing is lost, because whoever reads a mailbox looks at that time itself.
public final class DeferredDeliveries {
  private static final int BATCH = 1_000;

  private final DeliveryStore store;
  private final Deliveries deliveries;
  private final Connections connections;

  public DeferredDeliveries(DeliveryStore store, Deliveries deliveries, Connections connections) {
    this.store = store;
    this.deliveries = deliveries;
    this.connections = connections;
  }

  /// Releases all that is due at `now`, and tells the sessions here to read their mailboxes.
  public void releaseDue(Instant now) {
    boolean more;
    do {
      List<DeliveryId> due = store.retryDue(now, BATCH);
      List<Transition> transitions =
          deliveries.apply(due.stream().map(id -> new Change(id, new RetryDue(now))).toList());
      due.stream()
          .map(DeliveryId::registration)
          .distinct()
          .flatMap(id -> connections.of(id).stream())
          .forEach(DeviceConnection::mailboxChanged);
      // A batch that moves nothing would come back for ever.
      more =
          due.size() == BATCH && transitions.stream().anyMatch(Transition.Moved.class::isInstance);
    } while (more);
  }
}
