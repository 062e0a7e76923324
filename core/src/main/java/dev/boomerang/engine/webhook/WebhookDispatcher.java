// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.engine.base.Apps;
import dev.boomerang.engine.base.PeriodicTask;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.WebhookClient;
import dev.boomerang.port.WebhookClient.Response;
import dev.boomerang.port.WebhookOutbox;
import dev.boomerang.port.WebhookOutbox.Batch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Says what the store has noted for callbacks: signed, at least once, in order for each task. What
/// fails is tried again, later and later, and the task's other notes wait behind it; what has
/// failed for too long is given up, and so is at once what may not go to its receiver at all. Any
/// number of nodes may do this over one store.
public final class WebhookDispatcher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WebhookDispatcher.class.getName());

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration COUNTING = Duration.ofSeconds(10);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  /// The delay before the next attempt is between half of this and all of it, doubled with each
  /// failure.
  private static final Duration FIRST_DELAY = Duration.ofSeconds(2);

  private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

  /// Notes in one request.
  private static final int BATCH = 100;

  /// Requests for one task before others get their turn.
  private static final int TURN = 50;

  /// `atOnce`: requests under way at the same time, half of them to one server. `giveUp`: how long
  /// a note is tried. `lease`: how long another node keeps off what this one has taken; longer than
  /// a request can take. `running`: whether time runs by itself; a test that holds the clock calls
  /// [WebhookDispatcher#runOnce].
  public record Config(int atOnce, Duration giveUp, Duration lease, boolean running) {
    public static final Config DEFAULT =
        new Config(32, Duration.ofDays(1), Duration.ofSeconds(40), true);
  }

  private final WebhookOutbox store;
  private final Apps apps;
  private final Config config;
  private final WebhookClient webhookClient;
  private final WebhookFormat wording;
  private final EngineListener listener;
  private final Clock clock;
  private final EndpointThrottle endpointThrottle;
  private final Semaphore free;
  private Optional<PeriodicTask> periodicTask = Optional.empty();
  private Instant counted = Instant.MIN;
  private volatile boolean closing;

  public WebhookDispatcher(
      WebhookOutbox store,
      Apps apps,
      Config config,
      WebhookClient webhookClient,
      WebhookFormat wording,
      EngineListener listener,
      Clock clock) {
    this.store = store;
    this.apps = apps;
    this.config = config;
    this.webhookClient = webhookClient;
    this.wording = wording;
    this.listener = listener;
    this.clock = clock;
    this.endpointThrottle = new EndpointThrottle(Math.max(1, config.atOnce() / 2));
    this.free = new Semaphore(config.atOnce());
  }

  public void start() {
    periodicTask = Optional.of(PeriodicTask.start("callbacks", PAUSE, this::begin));
  }

  /// Says all that is due now and waits until it is said, or has failed. For tests.
  public void runOnce() {
    begin();
    free.acquireUninterruptibly(config.atOnce());
    free.release(config.atOnce());
  }

  /// Begins what is due, as far as there is room, and does not wait for it.
  private void begin() {
    Instant now = clock.instant();
    if (!now.isBefore(counted)) {
      listener.webhookEventsWaiting(store.pendingCount());
      counted = now.plus(COUNTING);
    }
    for (TaskId task : store.due(now, free.availablePermits())) {
      if (free.tryAcquire()) {
        Thread.startVirtualThread(() -> work(task));
      }
    }
  }

  /// Runs as the body of a thread. If it fails, what it has taken becomes available when the lease
  /// is over.
  private void work(TaskId task) {
    try {
      for (int i = 0; i < TURN && !closing && next(task); i++) {
        // There may be more.
      }
    } catch (StoreException e) {
      LOG.log(e.failure().logLevel(), "callbacks wait for the store", e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "callback failed task=" + task, e);
    } finally {
      free.release();
    }
  }

  /// Says the head of a task's queue. False if there is none or it could not be said.
  private boolean next(TaskId task) {
    Instant now = clock.instant();
    Optional<Batch> taken = store.claim(task, now, now.plus(config.lease()), BATCH);
    return taken.isPresent() && said(taken.get());
  }

  private boolean said(Batch batch) {
    Webhook webhook = batch.task().webhook().orElseThrow();
    String receiver = EndpointThrottle.of(webhook.url());
    Optional<Instant> later = endpointThrottle.enter(receiver, clock.instant());
    if (later.isPresent()) {
      store.postpone(batch, later.get());
      return false;
    }
    Response response;
    try {
      response = post(batch, webhook);
    } finally {
      endpointThrottle.leave(receiver);
    }
    String origin = batch.task().origin();
    if (response instanceof Response.Status status && status.isGood()) {
      store.delivered(batch, clock.instant());
      listener.webhookEventsSent(origin, batch.pendingEvents().size());
      return true;
    }
    failed(batch, receiver, response);
    return false;
  }

  private Response post(Batch batch, Webhook webhook) {
    Task task = batch.task();
    byte[] body = wording.json(task, batch.pendingEvents()).getBytes(UTF_8);
    String id =
        task.id()
            + "-"
            + batch.pendingEvents().getFirst().number()
            + "-"
            + batch.pendingEvents().getLast().number();
    Map<String, String> headers =
        new HashMap<>(
            WebhookSignature.headers(apps.webhookSecret(task.app()), id, clock.instant(), body));
    headers.put("content-type", "application/json");
    headers.put("user-agent", "boomerang");
    return webhookClient.post(webhook.url(), headers, body);
  }

  private void failed(Batch batch, String receiver, Response response) {
    Instant now = clock.instant();
    Instant again = now.plus(delay(batch.attempt()));
    String why =
        switch (response) {
          case Response.Status(int code) -> "status " + code;
          case Response.NoResponse(String reason) -> {
            endpointThrottle.rest(receiver, now, again);
            yield reason;
          }
          case Response.Refused(String reason) -> reason;
        };
    boolean refused = response instanceof Response.Refused;
    Instant giveUp = refused ? now.plusMillis(1) : now.minus(config.giveUp());
    int given = store.failed(batch, again, giveUp);
    TaskId task = batch.task().id();
    LOG.log(
        System.Logger.Level.DEBUG,
        () -> "event=callback-failed task=" + task + " again=" + again + " reason=" + why);
    listener.webhookRequestFailed(batch.task().origin(), response.getClass().getSimpleName());
    if (given > 0) {
      listener.webhookEventsGivenUp(batch.task().origin(), refused ? "refused" : "timeout", given);
      boolean isNews = !refused || endpointThrottle.refused(receiver);
      LOG.log(
          isNews ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
          "event=callback-given-up task=" + task + " notes=" + given + " reason=" + why);
    }
  }

  private static Duration delay(int attempt) {
    long longest =
        Math.min(LONGEST_DELAY.toMillis(), FIRST_DELAY.toMillis() << Math.min(attempt, 20));
    return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
  }

  /// Waits a moment for what is under way; what does not end by then is said again by the next
  /// start.
  @Override
  public void close() {
    closing = true;
    periodicTask.ifPresent(PeriodicTask::close);
    try {
      boolean ended =
          free.tryAcquire(config.atOnce(), LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
      if (ended) {
        free.release(config.atOnce());
      } else {
        LOG.log(System.Logger.Level.WARNING, "callbacks under way at stop will be made again");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
