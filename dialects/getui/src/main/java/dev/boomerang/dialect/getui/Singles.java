// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.Quotas;
import dev.boomerang.dialect.getui.limit.Trouble;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.accept.Submissions.EntryResult;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /// What became of one push of a batch.
  public sealed interface Outcome {

    /// Returns what was sent; throws what kept it back.
    Sent sent();

    record Done(Sent sent) implements Outcome {}

    record Failed(Trouble why) implements Outcome {
      @Override
      public Sent sent() {
        throw new GetuiFault(why);
      }
    }
  }

  /// Once this has returned, the push survives anything. `one` has one name.
  public Sent send(Order order, Whom one) {
    return sendEach(order.app(), List.of(new Single(order, one))).getFirst().sent();
  }

  /// Sends a batch of which one push may fail without another. All of it is written together.
  public List<Outcome> sendEach(AppId app, List<Single> batch) {
    return carryOut(
        app,
        steps(
            app,
            batch,
            (single, named) -> {
              if (isNobody(named)) {
                throw new GetuiFault(
                    switch (single.one()) {
                      case Whom.Cids _ -> Trouble.Plain.UNKNOWN_USER;
                      case Whom.Aliases _ -> Trouble.Plain.ALIAS_NOT_BOUND;
                    });
              }
              Step.Ready ready = ready(single, named);
              quotas.take(app, Quota.TOTAL_DAY);
              return ready;
            }));
  }

  /// Sends a batch: what can be wrong with any of them is found before one of them is sent. One
  /// that is for nobody is answered for like the others. All of it is written together.
  public List<Sent> send(AppId app, List<Single> batch) {
    for (Single single : batch) {
      Push push = Pushes.of(single.order(), TaskName.Kind.SINGLE, Pushes.to(List.of()));
      engine
          .submissions()
          .openRefusal(push)
          .ifPresent(
              why -> {
                throw new GetuiFault(Pushes.trouble(why));
              });
      if (single.order().what() instanceof Order.Revoke revoke) {
        revokes.old(app, revoke);
      }
    }
    quotas.take(app, Quota.TOTAL_DAY, batch.size());
    return carryOut(app, steps(app, batch, this::ready)).stream().map(Outcome::sent).toList();
  }

  /// One push of a batch on its way.
  private sealed interface Step {
    record Ready(
        Single single,
        Map<String, List<Registration>> named,
        Submissions.Entry entry,
        Optional<Revokes.Old> old)
        implements Step {}

    record Failed(Trouble why) implements Step {}
  }

  private interface Planning {
    Step.Ready plan(Single single, Map<String, List<Registration>> named);
  }

  private List<Step> steps(AppId app, List<Single> batch, Planning planning) {
    Iterator<Map<String, List<Registration>>> named =
        people.of(app, batch.stream().map(Single::one).toList()).iterator();
    return batch.stream().map(single -> step(single, named.next(), planning)).toList();
  }

  private static Step step(
      Single single, Map<String, List<Registration>> named, Planning planning) {
    try {
      return planning.plan(single, named);
    } catch (GetuiFault fault) {
      return new Step.Failed(fault.trouble());
    }
  }

  /// A push that reaches nobody, and one that takes back, have a task all the same: an open one.
  private Step.Ready ready(Single single, Map<String, List<Registration>> named) {
    Order order = single.order();
    List<Registration> reached = all(named).stream().filter(people::isReached).toList();
    return switch (order.what()) {
      case Order.Say _ -> new Step.Ready(single, named, entry(order, reached), Optional.empty());
      case Order.Revoke revoke ->
          new Step.Ready(
              single,
              named,
              entry(order, List.of()),
              Optional.of(revokes.old(order.app(), revoke)));
    };
  }

  private static Submissions.Entry entry(Order order, List<Registration> reached) {
    return new Submissions.Entry(
        Pushes.of(order, TaskName.Kind.SINGLE, Pushes.to(reached)), reached.isEmpty());
  }

  private List<Outcome> carryOut(AppId app, List<Step> steps) {
    Iterator<EntryResult> results =
        engine
            .submissions()
            .submitAll(
                steps.stream()
                    .filter(Step.Ready.class::isInstance)
                    .map(step -> ((Step.Ready) step).entry())
                    .toList())
            .iterator();
    var outcomes = new ArrayList<Outcome>(steps.size());
    for (Step step : steps) {
      outcomes.add(
          switch (step) {
            case Step.Ready ready -> outcome(app, ready, results.next());
            case Step.Failed(var why) -> new Outcome.Failed(why);
          });
    }
    return List.copyOf(outcomes);
  }

  private Outcome outcome(AppId app, Step.Ready ready, EntryResult result) {
    try {
      return new Outcome.Done(sent(app, ready, result));
    } catch (GetuiFault fault) {
      return new Outcome.Failed(fault.trouble());
    }
  }

  private Sent sent(AppId app, Step.Ready ready, EntryResult result) {
    Task task = Pushes.accepted(result.submitResult());
    boolean again = !(result.submitResult() instanceof SubmitResult.Accepted);
    List<Registration> all = all(ready.named());
    Map<String, Status> cids = new LinkedHashMap<>();
    if (isNobody(ready.named())) {
      ready.single().one().names().forEach(name -> cids.put(name, Status.IGNORED));
      return new Sent(Pushes.name(task), cids, Map.of());
    }
    if (ready.old().isPresent()) {
      cids.putAll(revokes.of(ready.old().get(), all, again));
    } else {
      all.forEach(person -> cids.put(person.id().value(), Status.IGNORED));
      List<Delivery> deliveries =
          again ? engine.tasks().deliveries(app, task.id(), "", MOST) : result.deliveries();
      deliveries.forEach(each -> cids.put(each.id().registration().value(), Status.of(each)));
    }
    return new Sent(Pushes.name(task), cids, Statuses.byName(ready.named(), cids));
  }

  private static List<Registration> all(Map<String, List<Registration>> named) {
    return named.values().stream().flatMap(List::stream).toList();
  }

  private static boolean isNobody(Map<String, List<Registration>> named) {
    return named.values().stream().allMatch(List::isEmpty);
  }

  /// For a push that nobody is to get: a task of its own, so that it is answered for all the same.
  public Sent ignore(Order order, Whom one) {
    Task task = openings.open(Pushes.of(order, TaskName.Kind.SINGLE, Pushes.to(List.of()))).task();
    Map<String, Status> ignored = new LinkedHashMap<>();
    one.names().forEach(name -> ignored.put(name, Status.IGNORED));
    return new Sent(Pushes.name(task), ignored, Map.of());
  }
}
