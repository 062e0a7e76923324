// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.Quotas;
import dev.boomerang.dialect.getui.limit.Trouble;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// List pushes: a message that is kept first, and users who get it, in any number of calls until
/// its time is over. Nobody gets it twice.
public final class Lists {
  private static final int CHUNK = 500;

  private final People people;
  private final Openings openings;
  private final Revokes revokes;
  private final Known known;
  private final Quotas quotas;

  Lists(People people, Openings openings, Revokes revokes, Known known, Quotas quotas) {
    this.people = people;
    this.openings = openings;
    this.revokes = revokes;
    this.known = known;
    this.quotas = quotas;
  }

  /// Keeps the message; it survives anything from here on.
  public TaskName open(Order order) {
    if (order.what() instanceof Order.Revoke revoke) {
      revokes.old(order.app(), revoke);
    }
    return Pushes.name(
        openings.open(Pushes.of(order, TaskName.Kind.LIST, Pushes.to(List.of()))).task());
  }

  /// Pushes it to these. Every cid that was named is answered for; aliases that nobody has, have
  /// none.
  public Sent add(AppId app, String name, Whom... whom) {
    Task task =
        known
            .task(app, name)
            .filter(found -> Pushes.kind(found) == TaskName.Kind.LIST)
            .orElseThrow(() -> new GetuiFault(Trouble.Plain.UNKNOWN_TASK));
    int asked = Arrays.stream(whom).mapToInt(each -> each.names().size()).sum();
    if (asked == 0) {
      throw new GetuiFault(Trouble.Plain.NO_TARGET);
    }
    quotas.take(app, Quota.LIST_MINUTE);
    quotas.take(app, Quota.LIST_DAY, asked);
    quotas.take(app, Quota.TOTAL_DAY, asked);
    Map<String, List<Registration>> named = new LinkedHashMap<>();
    Map<String, Status> cids = new LinkedHashMap<>();
    for (Whom each : whom) {
      people.of(app, each).forEach((one, found) -> named.merge(one, found, Lists::joined));
      if (each instanceof Whom.Cids(var names)) {
        names.forEach(cid -> cids.put(cid, Status.IGNORED));
      }
    }
    List<Registration> all = named.values().stream().flatMap(List::stream).distinct().toList();
    all.forEach(person -> cids.put(person.id().value(), Status.IGNORED));
    Optional<Order.Revoke> revoke = Pushes.revoke(task.source());
    if (revoke.isPresent()) {
      cids.putAll(revokes.of(revokes.old(app, revoke.get()), all, false));
    } else {
      say(task, all.stream().filter(people::isReached).toList(), cids);
    }
    return new Sent(Pushes.name(task), cids, Statuses.byName(named, cids));
  }

  /// A cid may be another one's alias.
  private static List<Registration> joined(List<Registration> some, List<Registration> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  private void say(Task task, List<Registration> reached, Map<String, Status> cids) {
    for (int at = 0; at < reached.size(); at += CHUNK) {
      List<Registration> chunk = reached.subList(at, Math.min(at + CHUNK, reached.size()));
      for (Delivery delivery : openings.add(task.app(), task.id(), chunk)) {
        cids.put(delivery.id().registration().value(), Status.of(delivery));
      }
    }
  }
}
