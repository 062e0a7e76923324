// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.port.DeliveryStore.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Records many callers' changes at once: reads each delivery once and locks it, applies all its
/// changes in the order they came, and writes it once.
final class Records implements Write<List<Change>, List<Transition>> {
  private static final Comparator<DeliveryId> KEY_ORDER =
      Comparator.comparing(DeliveryId::task).thenComparing(DeliveryId::registration);

  private final Bulk bulk;

  Records(Bulk bulk) {
    this.bulk = bulk;
  }

  @Override
  public List<List<Transition>> run(Session session, List<List<Change>> commands)
      throws SQLException {
    var deliveries = lock(session, commands);
    var moved = new HashSet<DeliveryId>();

    var answers = new ArrayList<List<Transition>>(commands.size());
    for (List<Change> changes : commands) {
      var transitions = new ArrayList<Transition>(changes.size());
      for (Change change : changes) {
        transitions.add(apply(deliveries, moved, change));
      }
      answers.add(List.copyOf(transitions));
    }

    bulk.update(
        session,
        Tables.DELIVERIES,
        DeliveryRows.STATE,
        DeliveryRows.KEY,
        deliveries.values().stream()
            .filter(delivery -> moved.contains(delivery.id()))
            .map(DeliveryRows::change)
            .toList());
    return answers;
  }

  private static Transition apply(
      Map<DeliveryId, Delivery> deliveries, Set<DeliveryId> moved, Change change) {
    Delivery delivery = deliveries.get(change.id());
    if (delivery == null) {
      return new Transition.Unknown();
    }
    Transition transition = Lifecycle.apply(delivery.state(), change.event());
    if (transition instanceof Transition.Moved(_, var to)) {
      deliveries.put(change.id(), delivery.moved(to));
      moved.add(change.id());
    }
    return transition;
  }

  private Map<DeliveryId, Delivery> lock(Session session, List<List<Change>> commands)
      throws SQLException {
    var ids = new TreeSet<>(KEY_ORDER);
    commands.forEach(changes -> changes.forEach(change -> ids.add(change.id())));
    var deliveries = new HashMap<DeliveryId, Delivery>();
    bulk.lock(
            session,
            Tables.DELIVERIES,
            DeliveryRows.KEY,
            ids.stream().map(DeliveryRows::key).toList(),
            DeliveryRows::delivery)
        .forEach(delivery -> deliveries.put(delivery.id(), delivery));
    return deliveries;
  }
}
