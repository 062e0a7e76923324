// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.engine.RecallOutcome.Foretold;
import dev.boomerang.engine.RecallOutcome.NotFound;
import dev.boomerang.engine.RecallOutcome.Standing;
import dev.boomerang.engine.RecallOutcome.TooOld;
import dev.boomerang.engine.RecallReport.Part;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.RecallAsked;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.AppId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Message;
import dev.boomerang.model.OccurrenceName;
import dev.boomerang.model.Recall;
import dev.boomerang.model.Recall.Scope;
import dev.boomerang.model.RecallId;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes messages back. A recall is a standing order, a fence, a sweep and a withdraw command, in
/// this order; once a call has returned, nothing in its scope is handed to any channel any more.
public final class Recalls {
  private static final int PAGE = 1_000;

  private final Store store;
  private final Deliveries deliveries;
  private final Attachments attachments;
  private final Fence fence;
  private final TaskIds ids;
  private final EngineListener listener;
  private final Clock clock;

  Recalls(
      Store store,
      Deliveries deliveries,
      Attachments attachments,
      Fence fence,
      TaskIds ids,
      EngineListener listener,
      Clock clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.attachments = attachments;
    this.fence = fence;
    this.ids = ids;
    this.listener = listener;
    this.clock = clock;
  }

  /// Recalls a task or a part of it. Again changes nothing and answers with the same recall. Blocks
  /// until durable.
  public RecallOutcome recall(AppId app, TaskId task, Scope scope, String origin) {
    Instant asked = clock.instant();
    RecallOutcome outcome = recallable(app, task, scope).orElseGet(() -> stand(app, task, scope));
    if (outcome instanceof Standing) {
      listener.recalled(origin, Duration.between(asked, clock.instant()));
    }
    return outcome;
  }

  /// Recalls the messages a caller knows by its own id, for the target they were sent to: the one
  /// that was pushed under this very id, then every firing of a cycle that was scheduled under it,
  /// the newest first, up to and with the first that is too old. None if there is no such message.
  /// What a cycle still has to push is not touched.
  public List<RecallOutcome> recallMessages(
      AppId app, String messageId, String target, String origin) {
    var outcomes = new ArrayList<RecallOutcome>();
    store
        .tasks()
        .message(app, messageId, target)
        .ifPresent(found -> outcomes.add(recall(app, found, origin)));
    for (Message found : store.tasks().occurrenceMessages(app, messageId, target)) {
      if (isOfOccurrence(app, found)) {
        RecallOutcome outcome = recall(app, found, origin);
        outcomes.add(outcome);
        if (outcome instanceof TooOld) {
          break;
        }
      }
    }
    return outcomes;
  }

  private RecallOutcome recall(AppId app, Message message, String origin) {
    return recall(app, message.task(), new Scope.OneMessage(message.number()), origin);
  }

  /// A caller's own id may look like an occurrence's.
  private boolean isOfOccurrence(AppId app, Message message) {
    return message
        .messageId()
        .flatMap(OccurrenceName::parse)
        .flatMap(name -> store.tasks().requested(app, Firings.key(name.occurrence())))
        .filter(task -> task.id().equals(message.task()))
        .isPresent();
  }

  /// Takes back whatever this registration has of the app and has not opened, and what waits for it
  /// now; each delivery by a recall of its own. Those too old to be recalled stay. Returns how many
  /// recalls stand.
  public int withdrawAll(AppId app, RegistrationId registration, String origin) {
    Optional<Registration> found =
        store.registrations().find(registration).filter(it -> it.app().equals(app));
    var scope = new Scope.OneDelivery(registration);
    return (int)
        found.stream()
            .flatMap(it -> Unopened.of(it, store, clock.instant()).stream())
            .filter(id -> recall(app, id.task(), scope, origin) instanceof Standing)
            .count();
  }

  /// What [#recall] would achieve now. Changes nothing.
  public RecallOutcome dryRun(AppId app, TaskId task, Scope scope) {
    return recallable(app, task, scope).orElseGet(() -> new Foretold(report(task, scope)));
  }

  /// How a recall stands now.
  public Optional<Standing> find(AppId app, RecallId id) {
    return store
        .recalls()
        .find(id)
        .filter(recall -> recall.app().equals(app))
        .map(recall -> new Standing(recall, report(recall.task(), recall.scope())));
  }

  /// Finishes what a stop interrupted. Called once, before anything is handed out.
  void resume() {
    store.recalls().unswept().forEach(this::carryOut);
  }

  /// Empty if the scope can be recalled.
  private Optional<RecallOutcome> recallable(AppId app, TaskId id, Scope scope) {
    Optional<Task> task = store.tasks().find(id).filter(found -> found.app().equals(app));
    if (task.isEmpty() || !exists(id, scope)) {
      return Optional.of(new NotFound());
    }
    Instant oldest = clock.instant().minus(Recall.WINDOW);
    return task.get().lifespan().acceptedAt().isBefore(oldest)
        ? Optional.of(new TooOld(oldest))
        : Optional.empty();
  }

  private boolean exists(TaskId task, Scope scope) {
    return switch (scope) {
      case Scope.WholeTask _ -> true;
      case Scope.OneMessage(int number) ->
          store.tasks().messages(task).stream().map(Message::number).anyMatch(n -> n == number);
      case Scope.OneDelivery(var registration) ->
          store.deliveries().find(new DeliveryId(task, registration)).isPresent();
    };
  }

  private RecallOutcome stand(AppId app, TaskId task, Scope scope) {
    Recall recall =
        store.recalls().open(new Recall(ids.nextRecall(), app, task, scope, clock.instant()));
    carryOut(recall);
    return new Standing(recall, report(task, scope));
  }

  private void carryOut(Recall recall) {
    if (isOfBroadcast(recall.task(), recall.scope())) {
      carryOutForAll(recall);
    } else {
      boolean isWhole = recall.scope() instanceof Scope.WholeTask;
      if (isWhole) {
        fence.shut(recall.task(), clock.instant());
      }
      forEachPage(
          recall.task(),
          recall.scope(),
          page -> {
            List<DeliveryId> ids = page.stream().map(Delivery::id).toList();
            if (!isWhole) {
              fence.shut(recall.task(), ids, clock.instant());
            }
            sweep(ids);
          });
    }
    store.recalls().swept(recall.id());
  }

  /// Whether the scope is a broadcast as a whole. (It has one message.)
  private boolean isOfBroadcast(TaskId task, Scope scope) {
    return switch (scope) {
      case Scope.WholeTask _, Scope.OneMessage _ ->
          store.tasks().find(task).filter(Task::isBroadcast).isPresent();
      case Scope.OneDelivery _ -> false;
    };
  }

  /// The same three steps; none of them goes through a broadcast's deliveries one by one, but for
  /// those of devices that are connected here.
  private void carryOutForAll(Recall recall) {
    fence.shut(recall.task(), clock.instant());
    deliveries.recallBroadcast(recall.task(), clock.instant());
    store
        .broadcasts()
        .phases(recall.task(), attachments.ids(recall.app()))
        .forEach(
            (id, phase) -> {
              if (phase == Phase.RECALLING) {
                withdraw(new DeliveryId(recall.task(), id));
              }
            });
  }

  private void withdraw(DeliveryId id) {
    attachments.of(id.registration()).ifPresent(attachment -> attachment.withdraw(List.of(id)));
  }

  private void sweep(List<DeliveryId> all) {
    Instant now = clock.instant();
    List<Transition> transitions =
        deliveries.record(all.stream().map(id -> new Change(id, new RecallAsked(now))).toList());
    for (int i = 0; i < all.size(); i++) {
      if (transitions.get(i) instanceof Moved(var _, Recalling _)) {
        withdraw(all.get(i));
      }
    }
  }

  private RecallReport report(TaskId task, Scope scope) {
    if (isOfBroadcast(task, scope)) {
      return reportForAll(store.tasks().find(task).orElseThrow());
    }
    Map<Part, Integer> parts = new EnumMap<>(Part.class);
    forEachPage(
        task,
        scope,
        page ->
            page.forEach(
                delivery -> {
                  boolean attached = attachments.has(delivery.id().registration());
                  parts.merge(RecallReport.part(delivery.state(), attached), 1, Integer::sum);
                }));
    return new RecallReport(parts);
  }

  /// Of devices that took the broadcast. Those that did not come before the recall never hear of
  /// it; how many they would have been, nobody knows.
  private RecallReport reportForAll(Task task) {
    Map<RegistrationId, Phase> here =
        store.broadcasts().phases(task.id(), attachments.ids(task.app()));
    return RecallReport.of(store.broadcasts().census(task.id()), here.values());
  }

  private interface Page {
    void take(List<Delivery> deliveries);
  }

  private void forEachPage(TaskId task, Scope scope, Page page) {
    DeliveryStore all = store.deliveries();
    switch (scope) {
      case Scope.OneDelivery(var registration) ->
          all.find(new DeliveryId(task, registration)).map(List::of).ifPresent(page::take);
      case Scope.OneMessage _, Scope.WholeTask _ -> {
        String after = "";
        List<Delivery> read;
        do {
          read = all.ofTask(task, after, PAGE);
          page.take(read.stream().filter(delivery -> inScope(delivery, scope)).toList());
          after = read.isEmpty() ? after : read.getLast().id().registration().value();
        } while (read.size() == PAGE);
      }
    }
  }

  private static boolean inScope(Delivery delivery, Scope scope) {
    return switch (scope) {
      case Scope.WholeTask _ -> true;
      case Scope.OneMessage(int number) -> delivery.message() == number;
      case Scope.OneDelivery(var registration) -> delivery.id().registration().equals(registration);
    };
  }
}
