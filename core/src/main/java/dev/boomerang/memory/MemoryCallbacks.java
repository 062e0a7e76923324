// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.memory;

import dev.boomerang.lifecycle.Word;
import dev.boomerang.model.Callback;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.CallbackStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Its lock is taken last: it knows its tasks by itself.
final class MemoryCallbacks implements CallbackStore {
  private static final class Queue {
    final Task task;
    final Deque<Note> notes = new ArrayDeque<>();
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
      due = notes.isEmpty() ? Optional.empty() : Optional.of(when);
    }
  }

  private final Map<TaskId, Queue> queues = new HashMap<>();

  synchronized void open(Task task) {
    if (task.callback().isPresent()) {
      queues.put(task.id(), new Queue(task));
    }
  }

  synchronized void remove(TaskId task) {
    queues.remove(task);
  }

  synchronized Set<Callback.Event> asked(TaskId task) {
    return find(task).map(queue -> queue.task.told()).orElse(Set.of());
  }

  synchronized void add(DeliveryId id, List<Word> words, Instant at) {
    find(id.task())
        .filter(_ -> !words.isEmpty())
        .ifPresent(
            queue -> {
              for (Word word : words) {
                queue.notes.add(
                    new Note(++queue.written, id.registration(), word.event(), at, word.cause()));
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
  public synchronized Optional<Batch> take(TaskId task, Instant now, Instant until, int most) {
    return find(task).filter(queue -> isDue(queue, now)).map(queue -> take(queue, until, most));
  }

  private static Batch take(Queue queue, Instant until, int most) {
    long first = queue.notes.getFirst().number();
    if (queue.batchEnd < first) {
      queue.batchEnd = Math.min(queue.written, first + most - 1);
    }
    queue.due = Optional.of(until);
    return new Batch(
        queue.task,
        queue.notes.stream().takeWhile(note -> note.number() <= queue.batchEnd).toList(),
        queue.attempt,
        until);
  }

  private Optional<Queue> taken(Batch batch) {
    return find(batch.task().id()).filter(queue -> queue.isTaken(batch));
  }

  @Override
  public synchronized void sent(Batch batch, Instant now) {
    taken(batch)
        .ifPresent(
            queue -> {
              queue.notes.removeIf(note -> note.number() <= queue.batchEnd);
              queue.attempt = 0;
              queue.next(now);
            });
  }

  @Override
  public synchronized int failed(Batch batch, Instant again, Instant giveUp) {
    return taken(batch)
        .map(
            queue -> {
              int before = queue.notes.size();
              while (!queue.notes.isEmpty() && queue.notes.getFirst().at().isBefore(giveUp)) {
                queue.notes.removeFirst();
              }
              queue.attempt++;
              queue.next(again);
              return before - queue.notes.size();
            })
        .orElse(0);
  }

  @Override
  public synchronized void putOff(Batch batch, Instant again) {
    taken(batch).ifPresent(queue -> queue.next(again));
  }

  @Override
  public synchronized long waiting() {
    return queues.values().stream().mapToLong(queue -> queue.notes.size()).sum();
  }
}
