// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.SuccessResponse;
import dev.boomerang.dialect.vivo.base.VivoConfig;
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

/// Executes a call once if it is repeated within a time window. vivo's Java client sends the same
/// body again up to twice when a response is late, while other clients have one request id for
/// everything they send. So two calls are the same if path, request id and body are.
///
/// A repeated message is recognised by the request key of its task, which is durable: the number of
/// the window in which it was sent, then path, body and request id. Calls with one key run one
/// after the other, so that none gets through between two windows.
public final class IdempotencyWindow {
  private static final int LOCKS = 256;

  /// How many responses are remembered that belong to no task of their own.
  private static final int MAX_RESPONSES = 10_000;

  /// How many characters of the body's hash a key has.
  private static final int HASH_LENGTH = 32;

  /// What calls must have in common to be the same. `text` is made of path, body and request id.
  record CallKey(AppId app, String text) {
    static CallKey of(AuthenticatedCall call, String path, String requestId) {
      byte[] body = call.httpCall().body().bytes();
      String hash = Digests.hex(Digests.sha256(body)).substring(0, HASH_LENGTH);
      return new CallKey(call.appId(), path + " " + hash + " " + requestId);
    }

    RequestKey requestKey(long window) {
      return new RequestKey(VivoConfig.ORIGIN, window + " " + text);
    }
  }

  private record StoredResponse(ObjectNode json, Instant at) {}

  /// Submits a push under a request key and returns the response.
  interface Submission {
    ObjectNode submit(RequestKey requestKey);
  }

  private final Tasks tasks;
  private final Duration window;
  private final Clock clock;
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
  private final Map<CallKey, StoredResponse> responses =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallKey, StoredResponse> eldest) {
          return size() > MAX_RESPONSES;
        }
      };

  public IdempotencyWindow(Tasks tasks, Duration window, Clock clock) {
    this.tasks = tasks;
    this.window = window;
    this.clock = clock;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /// Returns the response with the task of the first such call, or submits the push.
  ObjectNode submitOnce(CallKey callKey, Submission submission) {
    return serialized(
        callKey,
        () -> {
          long current = clock.millis() / window.toMillis();
          return findTask(callKey, current)
              .or(() -> findTask(callKey, current - 1))
              .map(SuccessResponse::ofTask)
              .orElseGet(() -> submission.submit(callKey.requestKey(current)));
        });
  }

  /// Returns the response of the first such call, or executes the call. Responses are remembered in
  /// memory, so this is for calls that do no harm when they are executed twice.
  ObjectNode executeOnce(CallKey callKey, Supplier<ObjectNode> call) {
    return serialized(
        callKey,
        () -> {
          Optional<ObjectNode> stored = storedResponse(callKey);
          ObjectNode json = stored.orElseGet(call);
          if (stored.isEmpty()) {
            store(callKey, json);
          }
          return json;
        });
  }

  private ObjectNode serialized(CallKey callKey, Supplier<ObjectNode> call) {
    ReentrantLock lock = locks[Math.floorMod(callKey.hashCode(), LOCKS)];
    lock.lock();
    try {
      return call.get();
    } finally {
      lock.unlock();
    }
  }

  private Optional<TaskId> findTask(CallKey callKey, long number) {
    return tasks
        .findByRequestKey(callKey.app(), callKey.requestKey(number))
        .filter(task -> isRecent(task.validity().acceptedAt()))
        .map(Task::id);
  }

  private boolean isRecent(Instant at) {
    return clock.instant().isBefore(at.plus(window));
  }

  private synchronized Optional<ObjectNode> storedResponse(CallKey callKey) {
    return Optional.ofNullable(responses.get(callKey))
        .filter(response -> isRecent(response.at()))
        .map(StoredResponse::json);
  }

  private synchronized void store(CallKey callKey, ObjectNode json) {
    // Removed first, so that it is the youngest entry.
    responses.remove(callKey);
    responses.put(callKey, new StoredResponse(json, clock.instant()));
  }
}
