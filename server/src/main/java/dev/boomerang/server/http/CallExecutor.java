// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.server.http.HttpConfig.Limits;
import dev.boomerang.server.http.HttpConnections.Connection;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.RequestRouter;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.limit.MemoryBudget;
import dev.boomerang.web.limit.MemoryExceededException;
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
final class CallExecutor {
  private static final Logger LOG = System.getLogger(CallExecutor.class.getName());

  private static final long MIN_SWEEP_MILLIS = 10;
  private static final long MAX_SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final RequestRouter requestRouter;
  private final Limits limits;
  private final ForwardedHeaders forwardedHeaders;
  private final HttpListener listener;
  private final HttpConnections httpConnections;
  private final TimeSource time;
  private final MemoryBudget memory;
  private final DateHeader date;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Set<HttpExchange> open = ConcurrentHashMap.newKeySet();

  CallExecutor(
      Vertx vertx,
      RequestRouter requestRouter,
      Limits limits,
      ForwardedHeaders forwardedHeaders,
      HttpListener listener,
      HttpConnections httpConnections,
      MemoryBudget memory,
      TimeSource time) {
    this.vertx = vertx;
    this.requestRouter = requestRouter;
    this.limits = limits;
    this.forwardedHeaders = forwardedHeaders;
    this.listener = listener;
    this.httpConnections = httpConnections;
    this.time = time;
    this.memory = memory;
    this.date = new DateHeader(time.timeOfDay());
    long every = Math.clamp(limits.callTime().toMillis() / 4, MIN_SWEEP_MILLIS, MAX_SWEEP_MILLIS);
    vertx.setPeriodic(every, _ -> sweep());
  }

  ForwardedHeaders forwardedHeaders() {
    return forwardedHeaders;
  }

  /// A request's head is here; its body follows.
  void begin(HttpServerRequest request) {
    httpConnections
        .speaks(request.connection())
        .ifPresent(connection -> exchange(request, connection).begin(connection.isHealthOnly()));
  }

  /// Answers what is no HTTP request.
  void invalid(HttpServerRequest request) {
    int status =
        switch (request.decoderResult().cause()) {
          case TooLongHttpLineException _ -> 414;
          case TooLongHttpHeaderException _ -> 431;
          case null, default -> 400;
        };
    httpConnections
        .speaks(request.connection())
        .ifPresent(
            connection -> exchange(request, connection).refuse(new Refusal.Malformed(status)));
  }

  private HttpExchange exchange(HttpServerRequest request, Connection connection) {
    var httpExchange = new HttpExchange(request, this, connection);
    open.add(httpExchange);
    return httpExchange;
  }

  Vertx vertx() {
    return vertx;
  }

  RequestRouter requestRouter() {
    return requestRouter;
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

  /// Ends calls that take too long. One timer serves all: a timer for each call costs more than the
  /// rest of this class.
  private void sweep() {
    for (HttpExchange httpExchange : open) {
      if (time.since(httpExchange.began()).compareTo(limits.callTime()) > 0) {
        httpExchange.late();
      }
    }
    httpConnections.sweep(limits.callTime(), date.now());
    listener.memory(memory.used());
  }

  /// Cuts off the request that has been arriving for longest and holds what `asking` needs. False
  /// if there is none that came before it.
  boolean makeRoom(HttpExchange asking) {
    Optional<HttpExchange> slowest =
        open.stream()
            .filter(each -> each.isArriving() && each.began() < asking.began())
            .filter(each -> asking.memory().competesWith(each.memory()))
            .min(Comparator.comparing(HttpExchange::began));
    slowest.ifPresent(HttpExchange::cutOff);
    return slowest.isPresent();
  }

  /// It is answered, or nobody waits for its answer.
  void ended(HttpExchange httpExchange) {
    open.remove(httpExchange);
  }

  /// Runs the call on a thread of its own, or refuses it if too many run already.
  void run(HttpExchange httpExchange) {
    int now = inFlight.incrementAndGet();
    if (now > limits.maxInFlight() && !httpExchange.isHealth()) {
      inFlight.decrementAndGet();
      httpExchange.refuse(new Refusal.Overloaded());
      return;
    }
    listener.inFlight(now);
    httpExchange.hold();
    Thread.startVirtualThread(() -> work(httpExchange));
  }

  private void work(HttpExchange httpExchange) {
    try {
      httpExchange.answer(reply(httpExchange));
    } finally {
      httpExchange.release();
      listener.inFlight(inFlight.decrementAndGet());
    }
  }

  void answered(HttpExchange httpExchange, int status) {
    listener.answered(status, time.since(httpExchange.began()));
  }

  private Reply reply(HttpExchange httpExchange) {
    try {
      return CallMemory.within(
          httpExchange.memory(), () -> httpExchange.endpoint().answer(httpExchange.call()));
    } catch (MemoryExceededException e) {
      return requestRouter.refuse(Refusal.of(e), httpExchange.head());
    } catch (RuntimeException | StackOverflowError e) {
      return requestRouter.refuse(failed(httpExchange, e), httpExchange.head());
    }
  }

  /// Logs a fault of ours under an id that its answer has too.
  Refusal failed(HttpExchange httpExchange, Throwable fault) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.log(Level.ERROR, "event=call-failed request=" + id + " call=" + httpExchange.line(), fault);
    return new Refusal.Failed(id);
  }
}
