// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.engine.Submission.Accepted;
import dev.boomerang.engine.Submission.IdTaken;
import dev.boomerang.engine.Submission.LifetimeOutOfRange;
import dev.boomerang.engine.Submission.NoTarget;
import dev.boomerang.engine.Submission.NobodyMatches;
import dev.boomerang.engine.Submission.NotForPace;
import dev.boomerang.engine.Submission.NothingToReplace;
import dev.boomerang.engine.Submission.PayloadTooLong;
import dev.boomerang.engine.Submission.Refused;
import dev.boomerang.engine.Submission.RejectedByReview;
import dev.boomerang.engine.Submission.Repeated;
import dev.boomerang.engine.Submission.TooManyTargets;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Push;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.model.Task.Lifespan;
import dev.boomerang.model.Task.Reached;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Reviewer;
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.Addition;
import dev.boomerang.port.TaskStore.Result;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes pushes. Once [#submit] has answered [Accepted], the push survives anything.
public final class Submissions {
  /// How many pushes of [#submitAll] are written at once: some thousand rows, which other callers
  /// wait for no longer than for a large push.
  private static final int GROUP = 500;

  private final TaskStore tasks;
  private final DeliveryStore deliveries;
  private final TaskIds ids;
  private final Fanout fanout;
  private final Dispatch dispatch;
  private final Limits limits;
  private final Reviewer reviewer;
  private final EngineListener listener;
  private final Clock clock;

  Submissions(
      TaskStore tasks,
      DeliveryStore deliveries,
      TaskIds ids,
      Fanout fanout,
      Dispatch dispatch,
      Limits limits,
      Reviewer reviewer,
      EngineListener listener,
      Clock clock) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.ids = ids;
    this.fanout = fanout;
    this.dispatch = dispatch;
    this.limits = limits;
    this.reviewer = reviewer;
    this.listener = listener;
    this.clock = clock;
  }

  /// Checks, stores durably and hands over to the connected devices, in this order; blocks until
  /// stored. Pushes of one caller reach a device in the order of these calls.
  public Submission submit(Push push) {
    return submit(push, clock.instant());
  }

  /// As if it had been handed in at `dueAt`: its lifetime counts from there.
  Submission submit(Push push, Instant dueAt) {
    return announced(
        push,
        refusal(push).<Submission>map(r -> r).orElseGet(() -> accept(push, dueAt, Begin.AT_ONCE)));
  }

  private Submission announced(Push push, Submission outcome) {
    String origin = push.options().source().origin();
    switch (outcome) {
      case Accepted(Task task) ->
          listener.accepted(origin, task.reached().deliveries(), task.reached().unreached());
      case Repeated _ -> listener.repeated(origin);
      case Refused refused -> listener.refused(origin, refused.getClass().getSimpleName());
    }
    return outcome;
  }

  /// Stores what will be pushed to targets that [#add] names: nobody has it yet. Whom `push` is for
  /// is not asked. Blocks until stored.
  public Submission open(Push push) {
    return announced(
        push,
        openRefusal(push)
            .<Submission>map(r -> r)
            .orElseGet(() -> accept(push, clock.instant(), Begin.OPEN)));
  }

  /// Returns why [#open] would refuse a push; empty if it would not.
  public Optional<Refused> openRefusal(Push push) {
    return lifetime(push)
        .or(() -> push.options().pace().map(_ -> new NotForPace("an open task has no pace")))
        .or(() -> tooLong(push.content()))
        .or(() -> objection(push.app(), push.content()));
  }

  /// One of many pushes that are handed in together. An `open` one is as [#open] has it.
  public record Entry(Push push, boolean open) {}

  /// What became of an [Entry]. `deliveries` are those that it began with, if it was accepted.
  public record EntryResult(Submission submission, List<Delivery> deliveries) {
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
    Iterator<Result> stored =
        tasks
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
              Submission outcome = announced(push, settled(acceptance, stored.next()));
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
                    (id, lifespan) -> fanout.spread(id, push, lifespan, lookup)));
  }

  /// Stores a push that goes to nobody, now or later, for a dialect in which one that was
  /// [RejectedByReview] has an id to ask by. Nothing of it is checked.
  public Submission withhold(Push push) {
    return withhold(push, Map.of());
  }

  /// As [#withhold(Push)], for a push whose targets are all passed over ([Task.Reached]).
  public Submission withhold(Push push, Map<String, Integer> passedOver) {
    return announced(push, accept(push, clock.instant(), Begin.NEVER, passedOver));
  }

  /// Adds targets to an open task: stores durably and hands over, as [#submit] does. A registration
  /// has one delivery of a task, however often it is added.
  public Growth add(AppId app, TaskId id, Audience.Named audience) {
    return add(app, id, audience, Map.of());
  }

  /// As [#add(AppId, TaskId, Audience.Named)], and counts targets that the dialect passes over
  /// ([Task.Reached]). `audience` may be nobody if there are any.
  public Growth add(
      AppId app, TaskId id, Audience.Named audience, Map<String, Integer> passedOver) {
    Optional<Task> found = tasks.find(id).filter(task -> task.app().equals(app));
    if (found.isEmpty()) {
      return new Growth.NotFound();
    }
    Task task = found.get();
    Optional<Refused> refused = targets(app, audience.targets());
    boolean onlyPassedOver = audience.targets().isEmpty() && !passedOver.isEmpty();
    if (refused.isPresent() && !onlyPassedOver) {
      return new Growth.Refused(refused.get());
    }
    Instant now = clock.instant();
    return tasks
        .open(id)
        .filter(_ -> task.expiresAt().isAfter(now))
        .map(strategy -> add(task, fanout.more(task, audience, strategy, now), passedOver))
        .orElseGet(() -> new Growth.Closed(task));
  }

  private Growth add(Task task, Fanout.More more, Map<String, Integer> passedOver) {
    int unreached = more.unreached().size() + sum(passedOver);
    return switch (tasks.add(new Addition(task, more.deliveries(), unreached, passedOver))) {
      case TaskStore.Added.Stored(var fresh, var overridden) -> {
        dispatch.overridden(overridden);
        dispatch.added(task, fresh);
        listener.accepted(task.origin(), fresh.size(), unreached);
        Set<DeliveryId> stored = fresh.stream().map(Delivery::id).collect(Collectors.toSet());
        yield new Growth.Added(
            task,
            more.deliveries().stream()
                .map(each -> stored.contains(each.id()) ? each : had(each))
                .toList(),
            more.unreached());
      }
      case TaskStore.Added.Closed() -> new Growth.Closed(task);
    };
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// As it is, and not as it would have begun.
  private Delivery had(Delivery again) {
    return deliveries.find(again.id()).orElse(again);
  }

  /// Why a push would be refused whenever it is handed in; empty if it would not.
  public Optional<Refused> refusal(Push push) {
    Optional<Refused> targets =
        switch (push.audience()) {
          case Audience.Named(var _, var list, var _) -> targets(push.app(), list);
          case Audience.Everyone _, Audience.Matching _ -> Optional.empty();
        };
    return lifetime(push)
        .or(() -> targets)
        .or(() -> pace(push))
        .or(() -> tooLong(push.content()))
        .or(() -> objection(push.app(), push.content()));
  }

  /// A paced push is stored once, with one message.
  private static Optional<Refused> pace(Push push) {
    return push.options().pace().isPresent()
            && push.audience() instanceof Audience.Named(var _, var targets, var _)
            && targets.stream()
                .anyMatch(each -> each.content().isPresent() || each.messageId().isPresent())
        ? Optional.of(
            new NotForPace("a paced push has no content and no message id for a single target"))
        : Optional.empty();
  }

  private Optional<Refused> lifetime(Push push) {
    var lifetime = push.options().lifetime();
    return lifetime.isPositive() && lifetime.compareTo(limits.maxLifetime()) <= 0
        ? Optional.empty()
        : Optional.of(new LifetimeOutOfRange(limits.maxLifetime()));
  }

  private Optional<Refused> targets(AppId app, List<Target> targets) {
    if (targets.isEmpty()) {
      return Optional.of(new NoTarget());
    }
    if (targets.size() > limits.maxTargets()) {
      return Optional.of(new TooManyTargets(limits.maxTargets()));
    }
    return targets.stream()
        .flatMap(target -> target.content().stream())
        .flatMap(own -> tooLong(own).or(() -> objection(app, own)).stream())
        .findFirst();
  }

  private Optional<Refused> objection(AppId app, Content content) {
    return reviewer.objection(app, texts(content)).map(RejectedByReview::new);
  }

  private static List<String> texts(Content content) {
    return switch (content) {
      case Content.Notification n -> List.of(n.title(), n.body());
      case Content.DataMessage d -> List.of(d.body());
      case Content.Both(var notification, var data) ->
          List.of(notification.title(), notification.body(), data.body());
      case Content.PerPlatform(var otherwise, var own) ->
          Stream.concat(Stream.of(otherwise), own.values().stream())
              .flatMap(each -> texts(each).stream())
              .distinct()
              .toList();
    };
  }

  private Optional<Refused> tooLong(Content content) {
    int bytes = payloadBytes(content);
    return bytes > limits.maxPayloadBytes()
        ? Optional.of(new PayloadTooLong(bytes, limits.maxPayloadBytes()))
        : Optional.empty();
  }

  /// When a push's deliveries begin: as it is accepted, as they are added, not at all.
  private enum Begin {
    AT_ONCE,
    OPEN,
    NEVER
  }

  private Submission accept(Push push, Instant dueAt, Begin begin) {
    return accept(push, dueAt, begin, Map.of());
  }

  private Submission accept(
      Push push, Instant dueAt, Begin begin, Map<String, Integer> passedOver) {
    var draft = new Draft(push, dueAt, begin, passedOver);
    return switch (prepare(draft, (id, lifespan) -> fanout.spread(id, push, lifespan))) {
      case Prepared.Ready(var acceptance) -> settled(acceptance, tasks.accept(acceptance));
      case Prepared.Impossible(var why) -> why;
    };
  }

  /// What is to be accepted. `passedOver`: see [Task.Reached].
  private record Draft(Push push, Instant dueAt, Begin begin, Map<String, Integer> passedOver) {}

  private interface Spreading {
    Fanout.Spread spread(TaskId id, Lifespan lifespan);
  }

  private sealed interface Prepared {
    record Ready(Acceptance acceptance) implements Prepared {}

    record Impossible(Refused why) implements Prepared {}
  }

  /// Makes everything that accepting a push writes, and writes nothing.
  private Prepared prepare(Draft draft, Spreading spreading) {
    Push push = draft.push();
    Instant now = clock.instant();
    Places.Found places = Places.find(push, tasks, now);
    if (places instanceof Places.Unknown(TaskId earlier)) {
      return new Prepared.Impossible(new NothingToReplace(earlier));
    }
    TaskId id = ids.nextTask();
    var lifespan = new Lifespan(now, draft.dueAt().plus(push.options().lifetime()));
    Fanout.Spread spread =
        draft.begin() == Begin.AT_ONCE ? spreading.spread(id, lifespan) : Fanout.none(id, push);
    if (spread.isNobody()) {
      return new Prepared.Impossible(new NobodyMatches());
    }
    var task =
        new Task(
            id,
            push.app(),
            push.name(),
            spread.source(),
            push.content(),
            lifespan,
            new Reached(
                spread.deliveries().size(),
                spread.unreached() + sum(draft.passedOver()),
                draft.passedOver()),
            Fingerprint.of(push, draft.dueAt()),
            push.options().vendorHints(),
            places.slots(),
            push.options().callback());
    return new Prepared.Ready(
        new Acceptance(
            task,
            push.options().requestKey(),
            spread.cover(),
            spread.messages(),
            spread.deliveries(),
            Optional.of(push.options().strategy()).filter(_ -> draft.begin() == Begin.OPEN)));
  }

  private Submission settled(Acceptance acceptance, Result result) {
    Task task = acceptance.task();
    return switch (result) {
      case Result.Stored(var overridden) -> {
        dispatch.overridden(overridden);
        dispatch.stored(acceptance);
        yield new Accepted(task);
      }
      case Result.Taken(var by, int _) -> {
        Task first = by.getFirst();
        boolean same = by.size() == 1 && first.fingerprint().equals(task.fingerprint());
        yield same ? new Repeated(first) : new IdTaken(first);
      }
    };
  }

  /// Bytes of everything the device is sent that the caller chose; of what differs by platform, the
  /// longest.
  public static int payloadBytes(Content content) {
    int own =
        switch (content) {
          case Content.Notification n ->
              bytes(n.title())
                  + bytes(n.body())
                  + n.click().map(click -> bytes(click.uri())).orElse(0)
                  + bytes(n.look().images())
                  + bytes(n.look().icons());
          case Content.DataMessage d -> bytes(d.body());
          case Content.Both(var notification, var data) ->
              payloadBytes(notification) + payloadBytes(data) - bytes(content.extras());
          case Content.PerPlatform(var otherwise, var each) ->
              Stream.concat(Stream.of(otherwise), each.values().stream())
                      .mapToInt(Submissions::payloadBytes)
                      .max()
                      .orElse(0)
                  - bytes(content.extras());
        };
    return own + bytes(content.extras());
  }

  private static int bytes(Map<String, String> map) {
    return map.entrySet().stream().mapToInt(e -> bytes(e.getKey()) + bytes(e.getValue())).sum();
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
