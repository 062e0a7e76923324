// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.server.http.HttpConnections.Connection;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.HeadAuthenticator;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.RequestRouter.Match;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.MemoryBudget.Grant;
import dev.boomerang.web.limit.MemoryBudget.Lease;
import dev.boomerang.web.limit.MemoryExceededException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Carries one request and its answer. Everything runs on the event loop, except [#head], [#call],
/// [#endpoint], [#answer], [#hold], [#release] and the check of a [HeadAuthenticator], which run on
/// virtual threads.
///
/// The order is: [#begin] matches the route and looks at the declared length; a long body waits on
/// the wire until its caller is known; the body is collected within the budget of memory;
/// [CallExecutor#run] runs the endpoint; [#answer] sends the reply. Exactly one answer wins,
/// whichever of the endpoint, a refusal or the timeout comes first.
final class HttpExchange {
  /// The time in milliseconds that a client that is refused while it still sends has to read the
  /// answer before its connection is closed.
  private static final long LINGER_MILLIS = 2_000;

  /// The most bytes of a refused body that are read and dropped, as a multiple of the longest body
  /// allowed. A client that sends more is cut off before [#LINGER_MILLIS] are over.
  private static final int LINGER_BODIES = 8;

  /// The longest rest of a refused body, in bytes, that is read to its end so that the connection
  /// can serve the next request.
  private static final int DRAIN_BYTES = 64 * 1024;

  /// The declared length in bytes above which the caller is authenticated before the body is read.
  /// Most pushes are shorter, and for them the second look at the key would cost more than the
  /// memory.
  private static final int CHECK_BYTES = 16 * 1024;

  /// The prefix of the paths that are answered however busy the server is, so that an orchestrator
  /// does not restart a server that only has too much to do.
  private static final String HEALTH = "/health/";

  private final HttpServerRequest request;
  private final CallExecutor callExecutor;
  private final Connection connection;
  private final long began;
  private final Call head;
  private final Lease memory;

  /// Tells whether an answer was sent or the client is gone. Set once, by whichever thread answers
  /// first.
  private final AtomicBoolean answered = new AtomicBoolean();

  /// Counts who still needs the memory: the answer, from the start, and the endpoint while it
  /// works. The last to release gives it back, because an endpoint that was timed out goes on
  /// working on the body.
  private final AtomicInteger holders = new AtomicInteger(1);

  /// The body, used by the event loop alone until the call runs.
  private final BodyBuffer body = new BodyBuffer();

  /// The endpoint of the route; answers 404 until [#begin] has found one.
  private Endpoint endpoint = _ -> Reply.empty(404);

  /// The bytes of the body that came so far, with those that were dropped.
  private long received;

  private boolean arriving;

  /// Tells whether the body was read to its end, which [#late] and [#refuse] decide by.
  private boolean read;

  /// Takes over a request whose head is complete. Ends the head's timer and opens the lease of
  /// memory, which [#release] closes.
  HttpExchange(HttpServerRequest request, CallExecutor callExecutor, Connection connection) {
    this.request = request;
    this.callExecutor = callExecutor;
    this.connection = connection;
    this.began = connection.head().complete();
    this.head = head(request, callExecutor.forwardedHeaders());
    this.memory = callExecutor.memory().open(head.remote());
    // Somebody who hangs up in the middle of a request is nobody's fault.
    request.exceptionHandler(_ -> ended());
    request.response().exceptionHandler(_ -> {});
    request.endHandler(_ -> connection.head().next());
  }

  /// Returns the request with an empty body, as a router and a [HeadAuthenticator] see it.
  private static Call head(HttpServerRequest request, ForwardedHeaders forwardedHeaders) {
    var requestTarget = RequestTarget.of(request.uri());
    return new Call(
        request.method().name(),
        requestTarget.path(),
        requestTarget.query(),
        forwardedHeaders.headers(request),
        Body.EMPTY,
        forwardedHeaders.caller(request),
        Map.of());
  }

  /// Matches the route and refuses what can be refused by path, method and declared length, before
  /// anything of the body is kept. With `healthOnly` everything but the health checks is refused as
  /// overloaded.
  void begin(boolean healthOnly) {
    if (healthOnly && !isHealth()) {
      refuse(new Refusal.Overloaded());
      return;
    }
    switch (callExecutor.requestRouter().match(head)) {
      case Match.None(Refusal refusal) -> refuse(refusal);
      case Match.Found(Endpoint found, HeadAuthenticator authenticator) -> {
        endpoint = found;
        if (RequestTarget.declaredLength(request) > callExecutor.limits().maxBodyBytes()) {
          refuse(tooLarge());
        } else if (authenticator != HeadAuthenticator.NONE && isLong()) {
          check(authenticator);
        } else {
          read();
        }
      }
    }
  }

  /// Returns whether the body is long, or of a length that the head does not declare.
  private boolean isLong() {
    return isChunked() || RequestTarget.declaredLength(request) > CHECK_BYTES;
  }

  private boolean isChunked() {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
  }

  /// Authenticates the caller by the request's head on a virtual thread, since that may read the
  /// store. The request is paused meanwhile, so that no byte of the body is held for somebody
  /// without a key. The result is handled back on the event loop.
  private void check(HeadAuthenticator authenticator) {
    request.pause();
    Context loop = callExecutor.vertx().getOrCreateContext();
    Thread.startVirtualThread(
        () -> {
          HeadResult result = result(authenticator);
          loop.runOnContext(
              _ -> {
                switch (result) {
                  case HeadResult.Authenticated(String account) -> {
                    memory.identify(account);
                    read();
                  }
                  case HeadResult.Undecided() -> read();
                  case HeadResult.Refused(Reply reply) -> refuse(reply);
                }
                // After the handlers are set: a resumed request without one would lose its body.
                request.resume();
              });
        });
  }

  /// Returns what the authenticator says. An exception becomes a refusal in the path's dialect.
  private HeadResult result(HeadAuthenticator authenticator) {
    try {
      return authenticator.check(head);
    } catch (MemoryExceededException e) {
      return new HeadResult.Refused(callExecutor.requestRouter().refuse(Refusal.of(e), head));
    } catch (RuntimeException e) {
      return new HeadResult.Refused(
          callExecutor.requestRouter().refuse(callExecutor.failed(this, e), head));
    }
  }

  /// Collects the body, and runs the call when it is complete. Does nothing if the request was
  /// answered while its caller was checked.
  private void read() {
    if (answered.get()) {
      return;
    }
    if (expectsContinue()) {
      request.response().writeContinue();
    }
    arriving = true;
    request.handler(this::arrived);
    request.endHandler(
        _ -> {
          connection.head().next();
          read = true;
          arriving = false;
          memory.arrived();
          // A refusal in the middle of the body has its answer already; only the rest of the body
          // ended.
          if (!answered.get()) {
            callExecutor.run(this);
          }
        });
  }

  /// Keeps one part of the body, or refuses the request. The length is counted here too, because a
  /// chunked body declares none. If memory is short, requests that began earlier and still arrive
  /// are cut off first: a slow sender must not keep out a quick one.
  private void arrived(Buffer chunk) {
    received += chunk.length();
    if (received > callExecutor.limits().maxBodyBytes()) {
      refuse(tooLarge());
      return;
    }
    long need = (long) chunk.length() * BodyBuffer.COPIES;
    Grant grant = memory.arrive(need);
    while (grant == Grant.BUSY && callExecutor.makeRoom(this)) {
      grant = memory.arrive(need);
    }
    switch (grant) {
      case GRANTED -> body.append(chunk);
      case TOO_LARGE -> refuse(tooLarge());
      case BUSY -> refuse(new Refusal.Overloaded());
    }
  }

  private Refusal tooLarge() {
    return new Refusal.TooLarge(
        "the body may have at most " + callExecutor.limits().maxBodyBytes() + " bytes");
  }

  /// Method and path, for the log.
  String line() {
    return head.method() + " " + head.path();
  }

  /// The request without its body.
  Call head() {
    return head;
  }

  /// Returns the request as the endpoints get it. It may be called once.
  Call call() {
    return head.with(body.take());
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Lease memory() {
    return memory;
  }

  boolean isHealth() {
    return head.path().startsWith(HEALTH);
  }

  /// Returns when its first byte came, by the monotonic clock.
  long began() {
    return began;
  }

  /// Whether its body is on its way.
  boolean isArriving() {
    return arriving;
  }

  /// Keeps its memory until [#release].
  void hold() {
    holders.incrementAndGet();
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      memory.close();
    }
  }

  /// Ends the exchange without an answer, because the connection broke. An endpoint that runs goes
  /// on, and its reply is dropped.
  private void ended() {
    arriving = false;
    callExecutor.ended(this);
    if (answered.compareAndSet(false, true)) {
      release();
    }
  }

  /// Sends the answer, unless there was one already or the client is gone. Any thread may call it;
  /// only the first call has an effect. The memory is released when the bytes are written or the
  /// write has failed.
  void answer(Reply reply) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    callExecutor.ended(this);
    callExecutor.answered(this, reply.status());
    // Added beyond the limit if need be: the bytes exist, and refusing the answer would not free
    // them.
    memory.add(reply.body().bytes().length);
    HttpServerResponse response = request.response();
    if (response.closed()) {
      release();
      return;
    }
    try {
      write(response, reply);
    } catch (IllegalStateException | IllegalArgumentException _) {
      // The connection went away meanwhile, or the answer is none that HTTP can carry.
      request.connection().close();
      release();
    }
  }

  /// Writes the reply. A HEAD request gets the length its GET would have, and no body (RFC 9110,
  /// 9.3.2).
  private void write(HttpServerResponse response, Reply reply) {
    response.setStatusCode(reply.status());
    response.headers().add(HttpHeaders.DATE, callExecutor.date());
    for (var field : reply.headers().fields()) {
      response.headers().add(field.getKey(), field.getValue());
    }
    byte[] bytes = reply.body().bytes();
    var sent = new AtomicBoolean();
    if (request.method().equals(HttpMethod.HEAD)) {
      response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length));
      response.end().onComplete(_ -> sent(sent));
    } else {
      response.end(Buffer.buffer(bytes)).onComplete(_ -> sent(sent));
    }
  }

  private void sent(AtomicBoolean sent) {
    if (sent.compareAndSet(false, true)) {
      release();
    }
  }

  /// Ends a request that has used up its time. If its body was complete, the endpoint is slow and
  /// the connection is kept; if not, the client is slow, and the connection is closed because the
  /// rest of the body would be taken for the next request.
  void late() {
    if (read) {
      answer(callExecutor.requestRouter().refuse(new Refusal.TimedOut(), head));
    } else {
      answer(callExecutor.requestRouter().refuse(new Refusal.TooSlow(), head));
      request.connection().close();
    }
  }

  /// Refuses the request as overloaded, to give its memory to others while its own body is still on
  /// its way.
  void cutOff() {
    refuse(new Refusal.Overloaded());
  }

  /// Answers with the reply of the path's dialect.
  void refuse(Refusal refusal) {
    refuse(callExecutor.requestRouter().refuse(refusal, head));
  }

  /// Answers at once and gives the body's memory back. A short rest of the body is read and
  /// dropped, and the connection kept. A long or unknown rest ends the connection, but only after
  /// the client had time to read the answer: closing on a client that still sends resets the
  /// connection, and the client never sees the answer (RFC 9112, 9.6).
  private void refuse(Reply reply) {
    arriving = false;
    body.clear();
    memory.drop();
    boolean isShort =
        !isChunked()
            && !expectsContinue()
            && RequestTarget.declaredLength(request) - received <= DRAIN_BYTES;
    if (read || isShort) {
      answer(reply);
      drain();
      return;
    }
    answer(reply.withMissing("Connection", "close"));
    callExecutor.vertx().setTimer(LINGER_MILLIS, _ -> request.connection().close());
    long most = received + (long) LINGER_BODIES * callExecutor.limits().maxBodyBytes();
    request.handler(
        chunk -> {
          received += chunk.length();
          if (received > most) {
            request.connection().close();
          }
        });
    request.endHandler(_ -> request.connection().close());
  }

  /// Drops the rest of the body, after which the connection waits for the next request.
  private void drain() {
    if (!read) {
      request.handler(_ -> {});
      request.endHandler(_ -> connection.head().next());
    }
  }
}
