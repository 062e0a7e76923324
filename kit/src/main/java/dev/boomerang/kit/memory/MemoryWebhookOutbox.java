// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.lifecycle.WebhookEvent;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.port.WebhookOutbox;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps a queue of events for each task with a webhook. Its lock is taken last: it knows its tasks
/// by itself.
final class MemoryWebhookOutbox implements WebhookOutbox {
  private static final class Queue {
    final Task task;
    final Deque<PendingEvent> pendingEvents = new ArrayDeque<>();
    long written;
    long batchEnd;
    int attempt;
    Optional<Instant> due = Optional.empty();

    Queue(Task task) {
      this.task = task;
    }

    boolean isTaken(Batch batch) {
      return due.equals(Optional.of(batch.until()));
    }

    void next(Instant when) {
      due = pendingEvents.isEmpty() ? Optional.empty() : Optional.of(when);
    }
  }

  private final Map<TaskId, Queue> queues = new HashMap<>();

  synchronized void open(Task task) {
    if (task.webhook().isPresent()) {
      queues.put(task.id(), new Queue(task));
    }
  }

  synchronized void remove(TaskId task) {
    queues.remove(task);
  }

  synchronized Set<Webhook.EventType> asked(TaskId task) {
    return find(task).map(queue -> queue.task.webhookEvents()).orElse(Set.of());
  }

  synchronized void add(DeliveryId id, List<WebhookEvent> webhookEvents, Instant at) {
    find(id.task())
        .filter(_ -> !webhookEvents.isEmpty())
        .ifPresent(
            queue -> {
              for (WebhookEvent webhookEvent : webhookEvents) {
                queue.pendingEvents.add(
                    new PendingEvent(
                        ++queue.written,
                        id.registration(),
                        webhookEvent.type(),
                        at,
                        webhookEvent.cause()));
              }
              queue.due = queue.due.or(() -> Optional.of(at));
            });
  }

  private Optional<Queue> find(TaskId task) {
    return Optional.ofNullable(queues.get(task));
  }

  @Override
  public synchronized List<TaskId> due(Instant now, int limit) {
    return queues.values().stream()
        .filter(queue -> isDue(queue, now))
        .sorted(
            Comparator.comparing((Queue queue) -> queue.due.orElseThrow())
                .thenComparing(queue -> queue.task.id()))
        .limit(limit)
        .map(queue -> queue.task.id())
        .toList();
  }

  private static boolean isDue(Queue queue, Instant now) {
    return queue.due.filter(due -> !due.isAfter(now)).isPresent();
  }

  @Override
  public synchronized Optional<Batch> claim(TaskId task, Instant now, Instant until, int most) {
    return find(task).filter(queue -> isDue(queue, now)).map(queue -> take(queue, until, most));
  }

  private static Batch take(Queue queue, Instant until, int most) {
    long first = queue.pendingEvents.getFirst().number();
    if (queue.batchEnd < first) {
      queue.batchEnd = Math.min(queue.written, first + most - 1);
    }
    queue.due = Optional.of(until);
    return new Batch(
        queue.task,
        queue.pendingEvents.stream()
            .takeWhile(pendingEvent -> pendingEvent.number() <= queue.batchEnd)
            .toList(),
        queue.attempt,
        until);
  }

  private Optional<Queue> taken(Batch batch) {
    return find(batch.task().id()).filter(queue -> queue.isTaken(batch));
  }

  @Override
  public synchronized void delivered(Batch batch, Instant now) {
    taken(batch)
        .ifPresent(
            queue -> {
              queue.pendingEvents.removeIf(pendingEvent -> pendingEvent.number() <= queue.batchEnd);
              queue.attempt = 0;
              queue.next(now);
            });
  }

  @Override
  public synchronized int failed(Batch batch, Instant again, Instant giveUp) {
    return taken(batch)
        .map(
            queue -> {
              int before = queue.pendingEvents.size();
              while (!queue.pendingEvents.isEmpty()
                  && queue.pendingEvents.getFirst().at().isBefore(giveUp)) {
                queue.pendingEvents.removeFirst();
              }
              queue.attempt++;
              queue.next(again);
              return before - queue.pendingEvents.size();
            })
        .orElse(0);
  }

  @Override
  public synchronized void postpone(Batch batch, Instant again) {
    taken(batch).ifPresent(queue -> queue.next(again));
  }

  @Override
  public synchronized long pendingCount() {
    return queues.values().stream().mapToLong(queue -> queue.pendingEvents.size()).sum();
  }
}
