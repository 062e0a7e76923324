// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Servers of others that push and recall without rest. A call that gets no answer is made again,
/// with the same request id, until it gets one; only answered calls are written down.
final class CrashClients implements AutoCloseable {
  private static final int PUSHERS = 10;
  private static final int RECALLERS = 4;
  private static final Duration PAUSE = Duration.ofMillis(10);

  /// Of so many pushes of a pusher one is to everyone, and one is for later.
  private static final int EVERYONE = 10;

  private static final int LATER = 7;

  /// And one has a callback; some of those to everyone are among them.
  private static final int WITH_WEBHOOK = 3;

  /// How far ahead: long enough that the server is often killed before, while or after it fires.
  private static final long MOST_AHEAD_MILLIS = 1_500;

  /// `requestId` is also the notification's title; `registrations` are all it has to reach;
  /// `withWebhook` says whether it has a webhook.
  record Pushed(String requestId, String task, List<String> registrations, boolean withWebhook) {}

  /// A push for later, by its schedule.
  record Planned(String title, String schedule, String registration) {}

  /// `returnedAt` is of `System.nanoTime`.
  record Recalled(String id, String task, long returnedAt) {}

  private final NativeApiClient api;
  private final List<String> registrations;
  private final String callback;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Pushed> pushed = Collections.synchronizedList(new ArrayList<>());
  private final List<Planned> planned = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Recalled> recalled = new ConcurrentHashMap<>();
  private final AtomicInteger repeated = new AtomicInteger();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  CrashClients(NativeApiClient api, List<String> registrations, String callback) {
    this.api = api;
    this.registrations = registrations;
    this.callback = callback;
    for (int i = 0; i < PUSHERS; i++) {
      String name = "pusher" + i + "-";
      start(() -> push(name));
    }
    for (int i = 0; i < RECALLERS; i++) {
      start(this::recall);
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void start(Work work) {
    threads.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    work.run();
                  } catch (IOException
                      | InterruptedException
                      | RuntimeException
                      | AssertionError e) {
                    faults.add(e);
                  }
                }));
  }

  /// Pushes answered so far.
  int answered() {
    return pushed.size();
  }

  List<Pushed> pushed() {
    synchronized (pushed) {
      return List.copyOf(pushed);
    }
  }

  Map<String, Recalled> recalled() {
    return Map.copyOf(recalled);
  }

  /// Calls that had to be made more than once.
  int repeated() {
    return repeated.get();
  }

  List<Throwable> faults() {
    return List.copyOf(faults);
  }

  private void push(String name) throws IOException, InterruptedException {
    for (int i = 0; !stopping; i++) {
      boolean withWebhook = i % WITH_WEBHOOK == 0;
      if (i % EVERYONE == EVERYONE - 1) {
        pushToEveryone(name + i, withWebhook);
      } else if (i % LATER == LATER - 1) {
        pushLater(name + i);
      } else {
        push(name + i, oneOf(registrations), withWebhook);
      }
    }
  }

  private void push(String title, String registration, boolean withWebhook)
      throws InterruptedException {
    var body = titled(title, withWebhook).put("requestId", title);
    body.putObject("audience").putArray("registrations").add(registration);
    JsonNode task = untilAnswered("/api/v1/pushes", Json.write(body));
    pushed.add(new Pushed(title, task.path("id").asText(), List.of(registration), withWebhook));
  }

  private void pushToEveryone(String title, boolean withWebhook) throws InterruptedException {
    var body = titled(title, withWebhook).put("requestId", title);
    body.putObject("audience").put("everyone", true);
    JsonNode task = untilAnswered("/api/v1/pushes", Json.write(body));
    pushed.add(new Pushed(title, task.path("id").asText(), registrations, withWebhook));
  }

  /// A schedule has no request id: one whose answer was lost may stand, and nobody knows of it.
  private void pushLater(String title) throws InterruptedException {
    String registration = oneOf(registrations);
    long ahead = ThreadLocalRandom.current().nextLong(1, MOST_AHEAD_MILLIS);
    for (int tries = 0; ; tries++) {
      String own = title + "-" + tries;
      var body = titled(own, false);
      body.putObject("audience").putArray("registrations").add(registration);
      body.putObject("schedule").put("at", System.currentTimeMillis() + ahead);
      Optional<JsonNode> answer = answer("/api/v1/pushes", Json.write(body));
      if (answer.isPresent()) {
        planned.add(new Planned(own, answer.get().path("scheduleId").asText(), registration));
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private ObjectNode titled(String title, boolean withWebhook) {
    var body = Json.object();
    body.putObject("notification").put("title", title);
    if (withWebhook) {
      body.putObject("callback").put("url", callback);
    }
    return body;
  }

  List<Planned> planned() {
    synchronized (planned) {
      return List.copyOf(planned);
    }
  }

  private void recall() throws IOException, InterruptedException {
    while (!stopping) {
      if (pushed.isEmpty()) {
        LockSupport.parkNanos(PAUSE.toNanos());
        continue;
      }
      // One of the latest, so that it is caught in every state from queued to shown.
      int size = pushed.size();
      int back = ThreadLocalRandom.current().nextInt(Math.min(size, 40));
      String task = pushed.get(size - 1 - back).task();
      JsonNode answer = untilAnswered("/api/v1/tasks/" + task + "/recall", "{}");
      long now = System.nanoTime();
      recalled.putIfAbsent(task, new Recalled(answer.path("id").asText(), task, now));
      // As fast as they can they would only ask again for the same.
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private JsonNode untilAnswered(String path, String body) throws InterruptedException {
    for (int tries = 0; ; tries++) {
      Optional<JsonNode> answer = answer(path, body);
      if (answer.isPresent()) {
        repeated.addAndGet(tries == 0 ? 0 : 1);
        return answer.get();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private Optional<JsonNode> answer(String path, String body) throws InterruptedException {
    try {
      HttpResponse<String> response = api.call("POST", path, body);
      if (response.statusCode() >= 500 || isPast(response.body())) {
        return Optional.empty();
      }
      if (response.statusCode() >= 400) {
        throw new AssertionError(path + " " + body + " answered " + response.body());
      }
      return Json.read(response.body());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// The time it was planned for went by before the call came through.
  private static boolean isPast(String answer) {
    return answer.contains("no firing ahead");
  }

  private static <T> T oneOf(List<T> all) {
    return all.get(ThreadLocalRandom.current().nextInt(all.size()));
  }

  /// Ends when every call under way has its answer.
  @Override
  public void close() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
