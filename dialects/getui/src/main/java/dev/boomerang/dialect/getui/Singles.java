// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.dialect.getui.Openings.Opened;
import dev.boomerang.engine.Engine;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Registration;
import dev.boomerang.model.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Pushes to one cid, or to the cids of one alias.
public final class Singles {
  /// More than one alias may have.
  private static final int MOST = 1_000;

  private final Engine engine;
  private final People people;
  private final Openings openings;
  private final Revokes revokes;
  private final Quotas quotas;

  Singles(Engine engine, People people, Openings openings, Revokes revokes, Quotas quotas) {
    this.engine = engine;
    this.people = people;
    this.openings = openings;
    this.revokes = revokes;
    this.quotas = quotas;
  }

  /// A push and whom it is for; `one` has one name.
  public record Single(Order order, Whom one) {}

  /// Once this has returned, the push survives anything. `one` has one name.
  public Sent send(Order order, Whom one) {
    Map<String, List<Registration>> named = people.of(order.app(), one);
    if (isNobody(named)) {
      throw new GetuiFault(
          switch (one) {
            case Whom.Cids _ -> Trouble.Plain.UNKNOWN_USER;
            case Whom.Aliases _ -> Trouble.Plain.ALIAS_NOT_BOUND;
          });
    }
    quotas.take(order.app(), Quota.TOTAL_DAY);
    return sent(order, named);
  }

  /// A batch: what can be wrong with any of them is found before one of them is sent. One that is
  /// for nobody is answered for like the others.
  public List<Sent> send(AppId app, List<Single> batch) {
    for (Single single : batch) {
      Pushes.of(single.order(), TaskName.Kind.SINGLE, Pushes.to(List.of()));
      if (single.order().what() instanceof Order.Revoke revoke) {
        revokes.old(app, revoke);
      }
    }
    quotas.take(app, Quota.TOTAL_DAY, batch.size());
    return batch.stream()
        .map(
            single -> {
              Map<String, List<Registration>> named = people.of(app, single.one());
              return isNobody(named)
                  ? ignore(single.order(), single.one())
                  : sent(single.order(), named);
            })
        .toList();
  }

  private static boolean isNobody(Map<String, List<Registration>> named) {
    return named.values().stream().allMatch(List::isEmpty);
  }

  private Sent sent(Order order, Map<String, List<Registration>> named) {
    List<Registration> all = named.values().stream().flatMap(List::stream).toList();
    Map<String, Status> cids = new LinkedHashMap<>();
    Task task =
        switch (order.what()) {
          case Order.Say _ -> say(order, all, cids);
          case Order.Revoke revoke -> revoke(order, revoke, all, cids);
        };
    return new Sent(Pushes.name(task), cids, Statuses.byName(named, cids));
  }

  /// For a push that nobody is to get: a task of its own, so that it is answered for all the same.
  public Sent ignore(Order order, Whom one) {
    Task task = openings.open(Pushes.of(order, TaskName.Kind.SINGLE, Pushes.to(List.of()))).task();
    Map<String, Status> ignored = new LinkedHashMap<>();
    one.names().forEach(name -> ignored.put(name, Status.IGNORED));
    return new Sent(Pushes.name(task), ignored, Map.of());
  }

  private Task say(Order order, List<Registration> all, Map<String, Status> cids) {
    List<Registration> reached = all.stream().filter(people::isReached).toList();
    Task task =
        reached.isEmpty()
            ? openings.open(Pushes.of(order, TaskName.Kind.SINGLE, Pushes.to(List.of()))).task()
            : Pushes.accepted(
                engine
                    .submissions()
                    .submit(Pushes.of(order, TaskName.Kind.SINGLE, Pushes.to(reached))));
    all.forEach(person -> cids.put(person.id().value(), Status.IGNORED));
    for (Delivery delivery : engine.tasks().deliveries(order.app(), task.id(), "", MOST)) {
      cids.put(delivery.id().registration().value(), Status.of(delivery));
    }
    return task;
  }

  private Task revoke(
      Order order, Order.Revoke what, List<Registration> all, Map<String, Status> cids) {
    Revokes.Old old = revokes.old(order.app(), what);
    Opened opened = openings.open(Pushes.of(order, TaskName.Kind.SINGLE, Pushes.to(List.of())));
    cids.putAll(revokes.of(old, all, opened.again()));
    return opened.task();
  }
}
