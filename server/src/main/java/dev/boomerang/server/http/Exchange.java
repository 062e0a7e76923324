// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.server.http.HttpConfig.Limits;
import dev.boomerang.web.Body;
import dev.boomerang.web.Call;
import dev.boomerang.web.Problem;
import dev.boomerang.web.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// One request and its answer. All but [#call] and [#answer] runs on the event loop.
final class Exchange {
  /// A client that is told 413 while it still sends gets so long to notice.
  private static final long LINGER_MILLIS = 2_000;

  private static final int LINGER_BODIES = 8;

  private final HttpServerRequest request;
  private final Calls calls;
  private final Limits limits;
  private final Instant began;
  private final AtomicBoolean answered = new AtomicBoolean();

  /// From here on used by the event loop alone.
  private final Buffer body = Buffer.buffer();

  private long received;
  private boolean read;

  Exchange(HttpServerRequest request, Calls calls, Limits limits, Instant began) {
    this.request = request;
    this.calls = calls;
    this.limits = limits;
    this.began = began;
  }

  void begin(Vertx vertx) {
    // Somebody who hangs up in the middle of a request is nobody's fault.
    request.exceptionHandler(_ -> calls.ended(this));
    request.response().exceptionHandler(_ -> {});
    if (Target.declaredLength(request) > limits.maxBodyBytes()) {
      tooLarge(vertx);
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    request.handler(
        chunk -> {
          received += chunk.length();
          if (received > limits.maxBodyBytes()) {
            tooLarge(vertx);
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        _ -> {
          read = true;
          if (!answered.get()) {
            calls.run(this);
          }
        });
  }

  /// Method and path, for the log.
  String line() {
    return request.method().name() + " " + Target.of(request.uri()).path();
  }

  /// The request as the endpoints know it.
  Call call() {
    var target = Target.of(request.uri());
    return new Call(
        request.method().name(),
        target.path(),
        target.query(),
        calls.forwarding().headers(request),
        Body.of(body.getBytes()),
        calls.forwarding().caller(request),
        Map.of());
  }

  /// Sends the answer, unless there was one already or the client is gone.
  void answer(Reply reply) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    calls.ended(this);
    calls.answered(this, reply.status());
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    try {
      response.setStatusCode(reply.status());
      for (var field : reply.headers().fields()) {
        response.headers().add(field.getKey(), field.getValue());
      }
      response.end(Buffer.buffer(reply.body().bytes()));
    } catch (IllegalStateException | IllegalArgumentException _) {
      // The connection went away meanwhile, or the answer is none that HTTP can carry.
      request.connection().close();
    }
  }

  Duration age(Instant now) {
    return Duration.between(began, now);
  }

  /// It had its time.
  void late() {
    if (read) {
      answer(
          Problem.of(503, "timeout", "the call took too long; it may still take effect")
              .with("Retry-After", "1"));
    } else {
      answer(
          Problem.of(408, "request-timeout", "the request did not arrive in time")
              .with("Connection", "close"));
      request.connection().close();
    }
  }

  /// Answers at once, but reads on for a while: a connection that is closed on a client that still
  /// sends is reset, and the client never sees the answer.
  private void tooLarge(Vertx vertx) {
    answer(
        Problem.of(
                413,
                "body-too-large",
                "the body may have at most " + limits.maxBodyBytes() + " bytes")
            .with("Connection", "close"));
    vertx.setTimer(LINGER_MILLIS, _ -> request.connection().close());
    long most = (long) LINGER_BODIES * limits.maxBodyBytes();
    request.handler(
        chunk -> {
          received += chunk.length();
          if (received > most) {
            request.connection().close();
          }
        });
    request.endHandler(_ -> request.connection().close());
  }
}
