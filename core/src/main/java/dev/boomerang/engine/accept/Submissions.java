// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import dev.boomerang.engine.accept.SubmitResult.Accepted;
import dev.boomerang.engine.accept.SubmitResult.IdTaken;
import dev.boomerang.engine.accept.SubmitResult.NobodyMatches;
import dev.boomerang.engine.accept.SubmitResult.NothingToReplace;
import dev.boomerang.engine.accept.SubmitResult.Refused;
import dev.boomerang.engine.accept.SubmitResult.RejectedByReview;
import dev.boomerang.engine.accept.SubmitResult.Repeated;
import dev.boomerang.engine.base.TaskIds;
import dev.boomerang.engine.deliver.Deliveries;
import dev.boomerang.engine.deliver.Dispatch;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.Task.TargetCounts;
import dev.boomerang.model.push.Task.Validity;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.TaskStore.AcceptResult;
import dev.boomerang.port.TaskStore.Acceptance;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes pushes. Once [#submit] has answered [Accepted], the push survives anything.
public final class Submissions {
  /// The number of pushes of [#submitAll] that are written at once: some thousand rows, which other
  /// callers wait for no longer than for a large push.
  private static final int GROUP = 500;

  private final TaskStore tasks;
  private final Deliveries deliveries;
  private final TaskIds ids;
  private final PushRules rules;
  private final TargetAdditions additions;
  private final Fanout fanout;
  private final Dispatch dispatch;
  private final EngineListener listener;
  private final Clock clock;

  public Submissions(
      TaskStore tasks,
      Deliveries deliveries,
      TaskIds ids,
      PushRules rules,
      TargetAdditions additions,
      Fanout fanout,
      Dispatch dispatch,
      EngineListener listener,
      Clock clock) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.ids = ids;
    this.rules = rules;
    this.additions = additions;
    this.fanout = fanout;
    this.dispatch = dispatch;
    this.listener = listener;
    this.clock = clock;
  }

  /// Checks, stores durably and hands over to the connected devices, in this order; blocks until
  /// stored. Pushes of one caller reach a device in the order of these calls.
  public SubmitResult submit(Push push) {
    return submit(push, clock.instant());
  }

  /// Submits a push as if it had been handed in at `dueAt`: its lifetime counts from there.
  public SubmitResult submit(Push push, Instant dueAt) {
    return announced(
        push,
        refusal(push)
            .<SubmitResult>map(r -> r)
            .orElseGet(() -> accept(push, dueAt, Begin.AT_ONCE)));
  }

  private SubmitResult announced(Push push, SubmitResult outcome) {
    String origin = push.options().source().origin();
    switch (outcome) {
      case Accepted(Task task) ->
          listener.accepted(origin, task.counts().deliveries(), task.counts().unmatched());
      case Repeated _ -> listener.repeated(origin);
      case Refused refused -> listener.refused(origin, refused.getClass().getSimpleName());
    }
    return outcome;
  }

  /// Stores what will be pushed to targets that [#add] names: nobody has it yet. Whom `push` is for
  /// is not asked. Blocks until stored.
  public SubmitResult open(Push push) {
    return announced(
        push,
        openRefusal(push)
            .<SubmitResult>map(r -> r)
            .orElseGet(() -> accept(push, clock.instant(), Begin.OPEN)));
  }

  /// Returns why [#open] would refuse a push; empty if it would not.
  public Optional<Refused> openRefusal(Push push) {
    return rules.refusalOfOpen(push);
  }

  /// An entry is one of many pushes that are handed in together. An `open` one is treated as by
  /// [#open].
  public record Entry(Push push, boolean open) {}

  /// Tells what became of an [Entry]. `deliveries` are those that it began with, if it was
  /// accepted.
  public record EntryResult(SubmitResult submitResult, List<Delivery> deliveries) {
    public EntryResult {
      deliveries = List.copyOf(deliveries);
    }
  }

  /// Takes many pushes as [#submit] and [#open] would one after the other, and answers each in its
  /// place; a refused one keeps no other back. They are stored in groups of 500, each durable and
  /// handed over before the next. Where the store gives no answer, the groups before are accepted:
  /// a caller with request keys hands in the same again.
  public List<EntryResult> submitAll(List<Entry> entries) {
    var results = new ArrayList<EntryResult>(entries.size());
    for (int from = 0; from < entries.size(); from += GROUP) {
      submitGroup(entries.subList(from, Math.min(from + GROUP, entries.size())), results);
    }
    return List.copyOf(results);
  }

  private void submitGroup(List<Entry> group, List<EntryResult> into) {
    Fanout.Lookup lookup =
        fanout.prefetched(group.stream().filter(each -> !each.open()).map(Entry::push).toList());
    List<Prepared> prepared = group.stream().map(each -> prepare(each, lookup)).toList();
    Iterator<AcceptResult> stored =
        deliveries
            .acceptAll(
                prepared.stream()
                    .filter(Prepared.Ready.class::isInstance)
                    .map(each -> ((Prepared.Ready) each).acceptance())
                    .toList())
            .iterator();
    for (int i = 0; i < group.size(); i++) {
      Push push = group.get(i).push();
      into.add(
          switch (prepared.get(i)) {
            case Prepared.Ready(var acceptance) -> {
              SubmitResult outcome = announced(push, settled(acceptance, stored.next()));
              boolean isNew = outcome instanceof Accepted;
              yield new EntryResult(outcome, isNew ? acceptance.deliveries() : List.of());
            }
            case Prepared.Impossible(var why) -> new EntryResult(announced(push, why), List.of());
          });
    }
  }

  private Prepared prepare(Entry entry, Fanout.Lookup lookup) {
    Push push = entry.push();
    Optional<Refused> refused = entry.open() ? openRefusal(push) : refusal(push);
    return refused
        .<Prepared>map(Prepared.Impossible::new)
        .orElseGet(
            () ->
                prepare(
                    new Draft(
                        push, clock.instant(), entry.open() ? Begin.OPEN : Begin.AT_ONCE, Map.of()),
                    (id, validity) -> fanout.resolve(id, push, validity, lookup)));
  }

  /// Stores a push that goes to nobody, now or later, for a dialect in which one that was
  /// [RejectedByReview] has an id to ask by. Nothing of it is checked.
  public SubmitResult withhold(Push push) {
    return withhold(push, Map.of());
  }

  /// Does what [#withhold(Push)] does, for a push whose targets are all skipped
  /// ([Task.TargetCounts]).
  public SubmitResult withhold(Push push, Map<String, Integer> passedOver) {
    return announced(push, accept(push, clock.instant(), Begin.NEVER, passedOver));
  }

  /// Adds targets to an open task: stores durably and hands over, as [#submit] does. A registration
  /// has one delivery of a task, however often it is added.
  public AddTargetsResult add(AppId app, TaskId id, Audience.Targeted audience) {
    return add(app, id, audience, Map.of());
  }

  /// Does what [#add(AppId, TaskId, Audience.Named)] does, and counts targets that the dialect
  /// skips ([Task.TargetCounts]). `audience` may be empty if there are any.
  public AddTargetsResult add(
      AppId app, TaskId id, Audience.Targeted audience, Map<String, Integer> passedOver) {
    return additions.add(app, id, audience, passedOver);
  }

  /// Returns why a push would be refused whenever it is handed in; empty if it would not.
  public Optional<Refused> refusal(Push push) {
    return rules.refusal(push);
  }

  /// Says when a push's deliveries begin: as it is accepted, as they are added, or not at all.
  private enum Begin {
    AT_ONCE,
    OPEN,
    NEVER
  }

  private SubmitResult accept(Push push, Instant dueAt, Begin begin) {
    return accept(push, dueAt, begin, Map.of());
  }

  private SubmitResult accept(
      Push push, Instant dueAt, Begin begin, Map<String, Integer> passedOver) {
    var draft = new Draft(push, dueAt, begin, passedOver);
    return switch (prepare(draft, (id, validity) -> fanout.resolve(id, push, validity))) {
      case Prepared.Ready(var acceptance) -> settled(acceptance, deliveries.accept(acceptance));
      case Prepared.Impossible(var why) -> why;
    };
  }

  /// A draft is what is to be accepted. For `passedOver` see [Task.TargetCounts].
  private record Draft(Push push, Instant dueAt, Begin begin, Map<String, Integer> passedOver) {}

  private interface Spreading {
    Fanout.FanoutResult spread(TaskId id, Validity validity);
  }

  private sealed interface Prepared {
    record Ready(Acceptance acceptance) implements Prepared {}

    record Impossible(Refused why) implements Prepared {}
  }

  /// Makes everything that accepting a push writes, and writes nothing.
  private Prepared prepare(Draft draft, Spreading spreading) {
    Push push = draft.push();
    Instant now = clock.instant();
    CollapseKeyResolver.Resolution resolution = CollapseKeyResolver.resolve(push, tasks, now);
    if (resolution instanceof CollapseKeyResolver.UnknownTask(TaskId earlier)) {
      return new Prepared.Impossible(new NothingToReplace(earlier));
    }
    TaskId id = ids.nextTask();
    var validity = new Validity(now, draft.dueAt().plus(push.options().lifetime()));
    Fanout.FanoutResult fanoutResult =
        draft.begin() == Begin.AT_ONCE ? spreading.spread(id, validity) : Fanout.none(id, push);
    if (fanoutResult.isNobody()) {
      return new Prepared.Impossible(new NobodyMatches(id));
    }
    var task =
        new Task(
            id,
            push.app(),
            push.name(),
            fanoutResult.source(),
            push.content(),
            validity,
            new TargetCounts(
                fanoutResult.deliveries().size(),
                fanoutResult.unreached() + TargetAdditions.sum(draft.passedOver()),
                draft.passedOver()),
            Fingerprint.of(push, draft.dueAt()),
            push.options().vendorHints(),
            resolution.collapseKeys(),
            push.options().webhook());
    return new Prepared.Ready(
        new Acceptance(
            task,
            push.options().requestKey(),
            fanoutResult.broadcastAudience(),
            fanoutResult.messages(),
            fanoutResult.deliveries(),
            Optional.of(push.options().strategy()).filter(_ -> draft.begin() == Begin.OPEN)));
  }

  private SubmitResult settled(Acceptance acceptance, AcceptResult acceptResult) {
    Task task = acceptance.task();
    return switch (acceptResult) {
      case AcceptResult.Stored(var overridden, var _) -> {
        dispatch.overridden(overridden);
        dispatch.stored(acceptance);
        yield new Accepted(task);
      }
      case AcceptResult.Duplicate(var by, int _) -> {
        Task first = by.getFirst();
        boolean same = by.size() == 1 && first.fingerprint().equals(task.fingerprint());
        yield same ? new Repeated(first) : new IdTaken(first);
      }
    };
  }
}
