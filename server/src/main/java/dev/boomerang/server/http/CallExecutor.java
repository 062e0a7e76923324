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

/// Runs calls on virtual threads, at most `maxInFlight` at once, within one budget of memory, and
/// ends those that take too long.
///
/// [#begin], [#invalid], [#makeRoom] and [#run] are called by the event loop alone. [#ended],
/// [#answered] and [#failed] may be called by any thread.
final class CallExecutor {
  private static final Logger LOG = System.getLogger(CallExecutor.class.getName());

  /// The bounds of the interval between two looks for late calls, in milliseconds. It is a quarter
  /// of the time a call has, so a call ends at most a quarter late, and never more than a second.
  private static final long MIN_SWEEP_MILLIS = 10;

  private static final long MAX_SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final RequestRouter requestRouter;
  private final Limits limits;
  private final ForwardedHeaders forwardedHeaders;
  private final HttpServerListener listener;
  private final HttpConnections httpConnections;
  private final TimeSource time;
  private final MemoryBudget memory;
  private final DateHeader date;

  /// The number of endpoints at work, with those whose caller has had a timeout for an answer.
  private final AtomicInteger inFlight = new AtomicInteger();

  /// The requests that have no answer yet.
  private final Set<HttpExchange> open = ConcurrentHashMap.newKeySet();

  CallExecutor(
      Vertx vertx,
      RequestRouter requestRouter,
      Limits limits,
      ForwardedHeaders forwardedHeaders,
      HttpServerListener listener,
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

  /// Begins a request whose head is complete. A request of a connection that was closed meanwhile
  /// is dropped.
  void begin(HttpServerRequest request) {
    httpConnections
        .speaks(request.connection())
        .ifPresent(connection -> exchange(request, connection).begin(connection.isHealthOnly()));
  }

  /// Answers bytes that are no HTTP request: 414 for a request line that is too long, 431 for too
  /// many header bytes, else 400.
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

  /// Cuts off the request that has been arriving for longest and competes for the memory `asking`
  /// needs. Returns false if no such request began before `asking`, which is then the one to be
  /// refused. Choosing the oldest means that holding memory by sending slowly does not pay.
  boolean makeRoom(HttpExchange asking) {
    Optional<HttpExchange> slowest =
        open.stream()
            .filter(each -> each.isArriving() && each.began() < asking.began())
            .filter(each -> asking.memory().competesWith(each.memory()))
            .min(Comparator.comparing(HttpExchange::began));
    slowest.ifPresent(HttpExchange::cutOff);
    return slowest.isPresent();
  }

  /// Takes the request off the list of those that can time out or be cut off.
  void ended(HttpExchange httpExchange) {
    open.remove(httpExchange);
  }

  /// Runs the call on a virtual thread of its own, or refuses it as overloaded if `maxInFlight` run
  /// already. Health checks are counted but never refused.
  void run(HttpExchange httpExchange) {
    int now = inFlight.incrementAndGet();
    if (now > limits.maxInFlight() && !httpExchange.isHealth()) {
      inFlight.decrementAndGet();
      httpExchange.refuse(new Refusal.Overloaded());
      return;
    }
    listener.inFlight(now);
    // Before the thread starts: a timeout could otherwise release the memory under the endpoint.
    httpExchange.hold();
    Thread.startVirtualThread(() -> work(httpExchange));
  }

  /// Runs the endpoint and answers. The place in `maxInFlight` is held until the endpoint returns,
  /// even if its caller had a timeout for an answer: it still uses threads and the store.
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

  /// Returns the endpoint's reply, or a refusal in the path's dialect if it throws. A stack
  /// overflow counts as a fault of the call, since a body can be nested deeply; other errors end
  /// the thread.
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

  /// Logs a fault of the server with a random request id, and returns the refusal that tells the
  /// caller the same id, so that a report can be found in the log.
  Refusal failed(HttpExchange httpExchange, Throwable fault) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.log(Level.ERROR, "event=call-failed request=" + id + " call=" + httpExchange.line(), fault);
    return new Refusal.Failed(id);
  }
}
