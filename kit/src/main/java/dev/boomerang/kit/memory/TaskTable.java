// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Holds the tasks, their messages and their names. It knows none of the other tables, which may
/// all look here. Its monitor is the lock of everything about tasks.
final class TaskTable {
  private record Request(AppId app, RequestKey key) {}

  /// Holds the caller's own name for what one target got.
  record Name(AppId app, String messageId, String target) {}

  private final TreeMap<TaskId, Task> tasks = new TreeMap<>();
  private final Map<TaskId, List<Message>> messages = new HashMap<>();
  private final Map<Request, TaskId> requests = new HashMap<>();
  private final Map<Name, Message> names = new HashMap<>();
  private final Map<TaskId, Strategy> open = new HashMap<>();
  private long highestId;

  /// Adds a task with its messages; `open` if more targets may be added to it.
  synchronized void add(
      Task task,
      List<Message> itsMessages,
      Optional<RequestKey> requestKey,
      Optional<Strategy> strategy) {
    tasks.put(task.id(), task);
    highestId = Math.max(highestId, task.id().value());
    messages.put(task.id(), itsMessages);
    strategy.ifPresent(it -> open.put(task.id(), it));
    requestKey.ifPresent(key -> requests.put(new Request(task.app(), key), task.id()));
    for (Message message : itsMessages) {
      name(task.app(), message).ifPresent(name -> names.put(name, message));
    }
  }

  /// Replaces a task by one that has `targets` more.
  synchronized void grow(Task task, int targets) {
    tasks.put(task.id(), task);
    messages.computeIfPresent(task.id(), (_, own) -> List.of(own.getFirst().plus(targets)));
  }

  synchronized void close(TaskId id) {
    open.remove(id);
  }

  synchronized void remove(TaskId id) {
    tasks.remove(id);
    messages.remove(id);
    open.remove(id);
    requests.values().removeIf(id::equals);
    names.values().removeIf(message -> message.task().equals(id));
  }

  synchronized Optional<Task> find(TaskId id) {
    return Optional.ofNullable(tasks.get(id));
  }

  synchronized Optional<TaskId> find(AppId app, RequestKey key) {
    return Optional.ofNullable(requests.get(new Request(app, key)));
  }

  /// Returns the tasks, the oldest first.
  synchronized List<Task> all() {
    return List.copyOf(tasks.values());
  }

  synchronized List<Message> messages(TaskId id) {
    return messages.getOrDefault(id, List.of());
  }

  synchronized Map<Name, Message> names() {
    return Map.copyOf(names);
  }

  synchronized Optional<Message> find(Name name) {
    return Optional.ofNullable(names.get(name));
  }

  synchronized Optional<Strategy> open(TaskId id) {
    return Optional.ofNullable(open.get(id));
  }

  synchronized long highestId() {
    return highestId;
  }

  /// Returns the caller's name for a message, if it has one.
  static Optional<Name> name(AppId app, Message message) {
    return message.messageId().map(id -> new Name(app, id, message.target()));
  }
}
