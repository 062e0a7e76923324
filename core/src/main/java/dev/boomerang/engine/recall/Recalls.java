// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.recall;

import dev.boomerang.engine.base.TaskIds;
import dev.boomerang.engine.deliver.Connections;
import dev.boomerang.engine.deliver.Deliveries;
import dev.boomerang.engine.deliver.Fence;
import dev.boomerang.engine.deliver.WithdrawableDeliveries;
import dev.boomerang.engine.recall.RecallReport.Part;
import dev.boomerang.engine.recall.RecallResult.Active;
import dev.boomerang.engine.recall.RecallResult.NotFound;
import dev.boomerang.engine.recall.RecallResult.Preview;
import dev.boomerang.engine.recall.RecallResult.TooOld;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.RecallId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.OccurrenceName;
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
  private final Connections connections;
  private final Fence fence;
  private final TaskIds ids;
  private final EngineListener listener;
  private final Clock clock;

  public Recalls(
      Store store,
      Deliveries deliveries,
      Connections connections,
      Fence fence,
      TaskIds ids,
      EngineListener listener,
      Clock clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.connections = connections;
    this.fence = fence;
    this.ids = ids;
    this.listener = listener;
    this.clock = clock;
  }

  /// Recalls a task or a part of it. Again changes nothing and answers with the same recall. Blocks
  /// until durable.
  public RecallResult recall(AppId app, TaskId task, Scope scope, String origin) {
    Instant asked = clock.instant();
    RecallResult outcome = recallable(app, task, scope).orElseGet(() -> stand(app, task, scope));
    if (outcome instanceof Active) {
      listener.recalled(origin, Duration.between(asked, clock.instant()));
    }
    return outcome;
  }

  /// Recalls the messages a caller knows by its own id, for the target they were sent to: the one
  /// that was pushed under this very id, then every firing of a cycle that was scheduled under it,
  /// the newest first, up to and with the first that is too old. None if there is no such message.
  /// What a cycle still has to push is not touched.
  public List<RecallResult> recallMessages(
      AppId app, String messageId, String target, String origin) {
    var outcomes = new ArrayList<RecallResult>();
    store
        .tasks()
        .message(app, messageId, target)
        .ifPresent(found -> outcomes.add(recall(app, found, origin)));
    for (Message found : store.tasks().occurrenceMessages(app, messageId, target)) {
      if (isOfOccurrence(app, found)) {
        RecallResult outcome = recall(app, found, origin);
        outcomes.add(outcome);
        if (outcome instanceof TooOld) {
          break;
        }
      }
    }
    return outcomes;
  }

  private RecallResult recall(AppId app, Message message, String origin) {
    return recall(app, message.task(), new Scope.OneMessage(message.number()), origin);
  }

  /// A caller's own id may look like an occurrence's.
  private boolean isOfOccurrence(AppId app, Message message) {
    return message
        .messageId()
        .flatMap(OccurrenceName::parse)
        .flatMap(
            name -> store.tasks().findByRequestKey(app, Occurrence.requestKey(name.occurrence())))
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
            .flatMap(it -> WithdrawableDeliveries.of(it, store, clock.instant()).stream())
            .filter(id -> recall(app, id.task(), scope, origin) instanceof Active)
            .count();
  }

  /// Returns what [#recall] would achieve now, and changes nothing.
  public RecallResult dryRun(AppId app, TaskId task, Scope scope) {
    return recallable(app, task, scope).orElseGet(() -> new Preview(report(task, scope)));
  }

  /// Returns how a recall stands now.
  public Optional<Active> find(AppId app, RecallId id) {
    return store
        .recalls()
        .find(id)
        .filter(recall -> recall.app().equals(app))
        .map(recall -> new Active(recall, report(recall.task(), recall.scope())));
  }

  /// Finishes what a stop interrupted. Called once, before anything is handed out.
  public void resume() {
    store.recalls().unswept().forEach(this::carryOut);
  }

  /// Empty if the scope can be recalled.
  private Optional<RecallResult> recallable(AppId app, TaskId id, Scope scope) {
    Optional<Task> task = store.tasks().find(id).filter(found -> found.app().equals(app));
    if (task.isEmpty() || !exists(id, scope)) {
      return Optional.of(new NotFound());
    }
    Instant oldest = clock.instant().minus(Recall.WINDOW);
    return task.get().validity().acceptedAt().isBefore(oldest)
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

  private RecallResult stand(AppId app, TaskId task, Scope scope) {
    Recall recall =
        store.recalls().open(new Recall(ids.nextRecall(), app, task, scope, clock.instant()));
    carryOut(recall);
    return new Active(recall, report(task, scope));
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

  /// Returns whether the scope is a broadcast as a whole. (It has one message.)
  private boolean isOfBroadcast(TaskId task, Scope scope) {
    return switch (scope) {
      case Scope.WholeTask _, Scope.OneMessage _ ->
          store.tasks().find(task).filter(Task::isBroadcast).isPresent();
      case Scope.OneDelivery _ -> false;
    };
  }

  /// Carries out the same three steps for a broadcast. None of them goes through its deliveries one
  /// by one, but for those of devices that are connected here.
  private void carryOutForAll(Recall recall) {
    fence.shut(recall.task(), clock.instant());
    deliveries.recallBroadcast(recall.task(), clock.instant());
    store
        .broadcasts()
        .statuses(recall.task(), connections.ids(recall.app()))
        .forEach(
            (id, deliveryStatus) -> {
              if (deliveryStatus == DeliveryStatus.RECALLING) {
                withdraw(new DeliveryId(recall.task(), id));
              }
            });
  }

  private void withdraw(DeliveryId id) {
    connections
        .of(id.registration())
        .ifPresent(deviceConnection -> deviceConnection.withdraw(List.of(id)));
  }

  private void sweep(List<DeliveryId> all) {
    Instant now = clock.instant();
    List<Transition> transitions =
        deliveries.apply(all.stream().map(id -> new Change(id, new RecallRequested(now))).toList());
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
                  boolean attached = connections.has(delivery.id().registration());
                  parts.merge(RecallReport.part(delivery.state(), attached), 1, Integer::sum);
                }));
    return new RecallReport(parts);
  }

  /// Reports on the devices that took the broadcast. Devices that did not come before the recall
  /// never hear of it, and nobody knows how many they would have been.
  private RecallReport reportForAll(Task task) {
    Map<RegistrationId, DeliveryStatus> here =
        store.broadcasts().statuses(task.id(), connections.ids(task.app()));
    return RecallReport.of(store.broadcasts().counts(task.id()), here.values());
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
