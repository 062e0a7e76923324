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

/// Carries one request and its answer. All but [#call], [#answer] and the look at the caller runs
/// on the event loop.
final class HttpExchange {
  /// A client that is refused while it still sends gets so long to notice.
  private static final long LINGER_MILLIS = 2_000;

  private static final int LINGER_BODIES = 8;

  /// The rest of a body that is refused is read when it is no longer than this, and the connection
  /// kept.
  private static final int DRAIN_BYTES = 64 * 1024;

  /// Before a body longer than this is read, its caller is looked at.
  private static final int CHECK_BYTES = 16 * 1024;

  private static final String HEALTH = "/health/";

  private final HttpServerRequest request;
  private final CallExecutor callExecutor;
  private final Connection connection;
  private final long began;
  private final Call head;
  private final Lease memory;
  private final AtomicBoolean answered = new AtomicBoolean();

  /// The answer, and the endpoint while it works: the last to go gives the memory back.
  private final AtomicInteger holders = new AtomicInteger(1);

  /// The body, used by the event loop alone until the call runs.
  private final BodyBuffer body = new BodyBuffer();

  private Endpoint endpoint = _ -> Reply.empty(404);
  private long received;
  private boolean arriving;
  private boolean read;

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

  /// Path, method and length are looked at before anything of the body is kept.
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

  private boolean isLong() {
    return isChunked() || RequestTarget.declaredLength(request) > CHECK_BYTES;
  }

  private boolean isChunked() {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
  }

  /// Asks who calls, on a thread that may block, while the body waits on the wire.
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
                request.resume();
              });
        });
  }

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
          if (!answered.get()) {
            callExecutor.run(this);
          }
        });
  }

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

  /// Nobody waits for its answer any more.
  private void ended() {
    arriving = false;
    callExecutor.ended(this);
    if (answered.compareAndSet(false, true)) {
      release();
    }
  }

  /// Sends the answer, unless there was one already or the client is gone.
  void answer(Reply reply) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    callExecutor.ended(this);
    callExecutor.answered(this, reply.status());
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

  /// It had its time.
  void late() {
    if (read) {
      answer(callExecutor.requestRouter().refuse(new Refusal.TimedOut(), head));
    } else {
      answer(callExecutor.requestRouter().refuse(new Refusal.TooSlow(), head));
      request.connection().close();
    }
  }

  /// Gives memory back to others while its body is still on its way.
  void cutOff() {
    refuse(new Refusal.Overloaded());
  }

  /// Answers with the reply of the path's dialect.
  void refuse(Refusal refusal) {
    refuse(callExecutor.requestRouter().refuse(refusal, head));
  }

  /// Answers at once. What is left of the body is read and dropped: a connection that is closed on
  /// a client that still sends is reset, and the client never sees the answer. A long rest ends the
  /// connection.
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

  private void drain() {
    if (!read) {
      request.handler(_ -> {});
      request.endHandler(_ -> connection.head().next());
    }
  }
}
