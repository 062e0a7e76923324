// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.server.http.Connections.Connection;
import dev.boomerang.server.http.HttpConfig.Limits;
import dev.boomerang.web.CallMemory;
import dev.boomerang.web.MemoryBudget;
import dev.boomerang.web.MemoryExceededException;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Reply;
import dev.boomerang.web.Site;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs calls, so many at once and no more, within one budget of memory.
final class Calls {
  private static final Logger LOG = System.getLogger(Calls.class.getName());

  private static final long MIN_SWEEP_MILLIS = 10;
  private static final long MAX_SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final Site site;
  private final Limits limits;
  private final Forwarding forwarding;
  private final HttpListener listener;
  private final Connections connections;
  private final TimeSource time;
  private final MemoryBudget memory;
  private final DateHeader date;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();

  Calls(
      Vertx vertx,
      Site site,
      Limits limits,
      Forwarding forwarding,
      HttpListener listener,
      Connections connections,
      MemoryBudget memory,
      TimeSource time) {
    this.vertx = vertx;
    this.site = site;
    this.limits = limits;
    this.forwarding = forwarding;
    this.listener = listener;
    this.connections = connections;
    this.time = time;
    this.memory = memory;
    this.date = new DateHeader(time.timeOfDay());
    long every = Math.clamp(limits.callTime().toMillis() / 4, MIN_SWEEP_MILLIS, MAX_SWEEP_MILLIS);
    vertx.setPeriodic(every, _ -> sweep());
  }

  Forwarding forwarding() {
    return forwarding;
  }

  /// A request's head is here; its body follows.
  void begin(HttpServerRequest request) {
    connections
        .speaks(request.connection())
        .ifPresent(connection -> exchange(request, connection).begin(connection.isHealthOnly()));
  }

  /// What came is no request.
  void invalid(HttpServerRequest request) {
    int status =
        switch (request.decoderResult().cause()) {
          case TooLongHttpLineException _ -> 414;
          case TooLongHttpHeaderException _ -> 431;
          case null, default -> 400;
        };
    connections
        .speaks(request.connection())
        .ifPresent(
            connection -> exchange(request, connection).refuse(new Refusal.Malformed(status)));
  }

  private Exchange exchange(HttpServerRequest request, Connection connection) {
    var exchange = new Exchange(request, this, connection);
    open.add(exchange);
    return exchange;
  }

  Vertx vertx() {
    return vertx;
  }

  Site site() {
    return site;
  }

  Limits limits() {
    return limits;
  }

  MemoryBudget memory() {
    return memory;
  }

  String date() {
    return date.now();
  }

  /// One timer for all: a timer for each call costs more than the rest of this class.
  private void sweep() {
    for (Exchange exchange : open) {
      if (time.since(exchange.began()).compareTo(limits.callTime()) > 0) {
        exchange.late();
      }
    }
    connections.sweep(limits.callTime(), date.now());
    listener.memory(memory.used());
  }

  /// Cuts off the request that has been arriving for longest and holds what `asking` needs. False
  /// if there is none that came before it.
  boolean makeRoom(Exchange asking) {
    Optional<Exchange> slowest =
        open.stream()
            .filter(each -> each.isArriving() && each.began() < asking.began())
            .filter(each -> asking.memory().competesWith(each.memory()))
            .min(Comparator.comparing(Exchange::began));
    slowest.ifPresent(Exchange::cutOff);
    return slowest.isPresent();
  }

  /// It is answered, or nobody waits for its answer.
  void ended(Exchange exchange) {
    open.remove(exchange);
  }

  /// Runs the call on a thread of its own, or refuses it if too many run already.
  void run(Exchange exchange) {
    int now = inFlight.incrementAndGet();
    if (now > limits.maxInFlight() && !exchange.isHealth()) {
      inFlight.decrementAndGet();
      exchange.refuse(new Refusal.Overloaded());
      return;
    }
    listener.inFlight(now);
    exchange.hold();
    Thread.startVirtualThread(() -> work(exchange));
  }

  private void work(Exchange exchange) {
    try {
      exchange.answer(reply(exchange));
    } finally {
      exchange.release();
      listener.inFlight(inFlight.decrementAndGet());
    }
  }

  void answered(Exchange exchange, int status) {
    listener.answered(status, time.since(exchange.began()));
  }

  private Reply reply(Exchange exchange) {
    try {
      return CallMemory.within(
          exchange.memory(), () -> exchange.endpoint().answer(exchange.call()));
    } catch (MemoryExceededException e) {
      return site.refuse(e.refusal(), exchange.head());
    } catch (RuntimeException | StackOverflowError e) {
      return site.refuse(failed(exchange, e), exchange.head());
    }
  }

  /// Logs a fault of ours under an id that its answer has too.
  Refusal failed(Exchange exchange, Throwable fault) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.log(Level.ERROR, "event=call-failed request=" + id + " call=" + exchange.line(), fault);
    return new Refusal.Failed(id);
  }
}
