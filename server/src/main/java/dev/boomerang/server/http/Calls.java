// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.server.http.HttpConfig.Limits;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.Problem;
import dev.boomerang.web.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs calls, so many at once and no more.
final class Calls {
  private static final Logger LOG = System.getLogger(Calls.class.getName());

  private static final long MIN_SWEEP_MILLIS = 10;
  private static final long MAX_SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final Endpoint endpoint;
  private final Limits limits;
  private final Forwarding forwarding;
  private final HttpListener listener;
  private final Clock clock;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();

  Calls(
      Vertx vertx,
      Endpoint endpoint,
      Limits limits,
      Forwarding forwarding,
      HttpListener listener,
      Clock clock) {
    this.vertx = vertx;
    this.endpoint = endpoint;
    this.limits = limits;
    this.forwarding = forwarding;
    this.listener = listener;
    this.clock = clock;
    long every = Math.clamp(limits.callTime().toMillis() / 4, MIN_SWEEP_MILLIS, MAX_SWEEP_MILLIS);
    vertx.setPeriodic(every, _ -> sweep());
  }

  Forwarding forwarding() {
    return forwarding;
  }

  /// A request's head is here; its body follows.
  void begin(HttpServerRequest request) {
    var exchange = new Exchange(request, this, limits, clock.instant());
    open.add(exchange);
    exchange.begin(vertx);
  }

  /// One timer for all: a timer for each call costs more than the rest of this class.
  private void sweep() {
    Instant now = clock.instant();
    for (Exchange exchange : open) {
      if (exchange.age(now).compareTo(limits.callTime()) > 0) {
        exchange.late();
      }
    }
  }

  /// It is answered, or nobody waits for its answer.
  void ended(Exchange exchange) {
    open.remove(exchange);
  }

  /// Runs the call on a thread of its own, or refuses it if too many run already.
  void run(Exchange exchange) {
    int now = inFlight.incrementAndGet();
    if (now > limits.maxInFlight()) {
      inFlight.decrementAndGet();
      exchange.answer(
          Problem.of(503, "too-busy", "too many calls at once, try again")
              .with("Retry-After", "1"));
      return;
    }
    listener.inFlight(now);
    Thread.startVirtualThread(() -> work(exchange));
  }

  private void work(Exchange exchange) {
    try {
      exchange.answer(reply(exchange));
    } finally {
      listener.inFlight(inFlight.decrementAndGet());
    }
  }

  void answered(Exchange exchange, int status) {
    listener.answered(status, exchange.age(clock.instant()));
  }

  private Reply reply(Exchange exchange) {
    try {
      return endpoint.answer(exchange.call());
    } catch (RuntimeException | StackOverflowError e) {
      String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
      LOG.log(Level.ERROR, "event=call-failed request=" + id + " call=" + exchange.line(), e);
      return Problem.of(500, "internal-error", "this is our fault; it is logged as request " + id)
          .with("X-Request-Id", id);
    }
  }
}
