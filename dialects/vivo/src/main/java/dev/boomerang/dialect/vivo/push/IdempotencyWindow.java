// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect;
import dev.boomerang.dialect.vivo.VivoDialect.AuthenticatedCall;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.text.Digests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Finds out whether a call was made before. vivo's Java client writes the same body again up to
/// twice when an answer is late; other clients have one request id for everything they send. So a
/// call is the same if path, request id and body are, and the first was made within the window.
///
/// What tells a repeated message is the task's request key, which is durable: the window it was
/// made in, then path, id and body. Calls of one key take turns here, so that none slips through
/// between two windows.
public final class IdempotencyWindow {
  private static final int STRIPES = 256;

  /// How many answers that belong to no task of their own are remembered.
  private static final int MOST_ANSWERS = 10_000;

  /// `what` is path, request id and body.
  record CallKey(AppId app, String what) {}

  private record Answer(ObjectNode json, Instant at) {}

  interface Submission {
    ObjectNode answer(RequestKey key);
  }

  private final Tasks tasks;
  private final Duration window;
  private final Clock clock;
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
  private final Map<CallKey, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallKey, Answer> eldest) {
          return size() > MOST_ANSWERS;
        }
      };

  public IdempotencyWindow(Tasks tasks, Duration window, Clock clock) {
    this.tasks = tasks;
    this.window = window;
    this.clock = clock;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  static CallKey callKey(AuthenticatedCall ask, String path, String requestId) {
    return new CallKey(
        ask.app().id(), path + " " + hash(ask.call().body().bytes()) + " " + requestId);
  }

  /// Answers with the task of the first such call, or does it.
  ObjectNode submitOnce(CallKey same, Submission once) {
    return serialized(
        same,
        () -> {
          long now = clock.millis() / window.toMillis();
          return findFirst(same, now)
              .or(() -> findFirst(same, now - 1))
              .map(IdempotencyWindow::told)
              .orElseGet(() -> once.answer(key(same, now)));
        });
  }

  /// Answers as the first such call did, or does it. Remembered by this node until it stops, so for
  /// calls that do no harm if they are done twice.
  ObjectNode answerOnce(CallKey same, Supplier<ObjectNode> once) {
    return serialized(
        same,
        () -> {
          Optional<ObjectNode> known = remembered(same);
          ObjectNode json = known.orElseGet(once);
          if (known.isEmpty()) {
            remember(same, json);
          }
          return json;
        });
  }

  static ObjectNode told(TaskId task) {
    return VivoDialect.done().put("taskId", task.toString());
  }

  private ObjectNode serialized(CallKey same, Supplier<ObjectNode> call) {
    ReentrantLock stripe = stripes[Math.floorMod(same.hashCode(), STRIPES)];
    stripe.lock();
    try {
      return call.get();
    } finally {
      stripe.unlock();
    }
  }

  private Optional<TaskId> findFirst(CallKey same, long number) {
    return tasks
        .findByRequestKey(same.app(), key(same, number))
        .filter(task -> isInTime(task.validity().acceptedAt()))
        .map(Task::id);
  }

  private boolean isInTime(Instant first) {
    return clock.instant().isBefore(first.plus(window));
  }

  private static RequestKey key(CallKey same, long number) {
    return new RequestKey(VivoDialect.ORIGIN, number + " " + same.what());
  }

  private synchronized Optional<ObjectNode> remembered(CallKey same) {
    return Optional.ofNullable(answers.get(same))
        .filter(answer -> isInTime(answer.at()))
        .map(Answer::json);
  }

  private synchronized void remember(CallKey same, ObjectNode json) {
    answers.remove(same);
    answers.put(same, new Answer(json, clock.instant()));
  }

  private static String hash(byte[] body) {
    return Digests.hex(Digests.sha256(body)).substring(0, 32);
  }
}
