// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.server.http.HttpConfig.Limits;
import dev.boomerang.web.RequestRouter;
import dev.boomerang.web.limit.MemoryBudget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Answers HTTP and, if configured, https.
public final class HttpServer implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 64 * 1024;
  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int BACKLOG = 4_096;
  private static final int HEADS_SHARE = 4;

  /// The time that Vert.x itself needs to close, beyond what calls get.
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Limits limits;
  private final HttpServerListener listener;
  private final CallExecutor callExecutor;
  private final HttpConnections httpConnections;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<io.vertx.core.http.HttpServer> servers = new ArrayList<>();

  private HttpServer(
      RequestRouter requestRouter,
      HttpConfig config,
      HttpServerListener listener,
      TimeSource time) {
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    this.limits = config.limits();
    this.listener = listener;
    var memory = new MemoryBudget(limits.memoryBytes());
    // Apart from bodies, so that neither keeps out the other.
    var heads = new MemoryBudget(Math.max(1, limits.memoryBytes() / HEADS_SHARE));
    this.httpConnections = new HttpConnections(limits.connections(), heads, time);
    var forwardedHeaders = new ForwardedHeaders(config.trustedProxies());
    this.callExecutor =
        new CallExecutor(
            vertx,
            requestRouter,
            limits,
            forwardedHeaders,
            listener,
            httpConnections,
            memory,
            time);
  }

  /// Listens when this returns, however long that takes on a busy machine; an interrupt ends the
  /// wait. Throws if a port cannot be had or the certificate cannot be read.
  public static HttpServer open(
      HttpConfig config, RequestRouter requestRouter, HttpServerListener listener, TimeSource time)
      throws IOException {
    var server = new HttpServer(requestRouter, config, listener, time);
    try {
      server.listen(config.host(), config.port(), server.options());
      if (config.tls().isPresent()) {
        HttpConfig.Tls tls = config.tls().get();
        server.listen(
            config.host(),
            tls.port(),
            server
                .options()
                .setSsl(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .setCertPath(tls.certificate().toString())
                        .setKeyPath(tls.key().toString())));
      }
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  public int port() {
    return servers.getFirst().actualPort();
  }

  /// Empty without TLS.
  public OptionalInt tlsPort() {
    return servers.size() > 1
        ? OptionalInt.of(servers.getLast().actualPort())
        : OptionalInt.empty();
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setIdleTimeout(Math.toIntExact(limits.idleTime().toMillis()))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setAcceptBacklog(BACKLOG)
        // Their handler counts requests ahead of their answers, and closes at 128.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false);
  }

  private void listen(String host, int port, HttpServerOptions options) throws IOException {
    var server =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::connected)
            .requestHandler(callExecutor::begin)
            .invalidRequestHandler(callExecutor::invalid)
            .exceptionHandler(_ -> {});
    try {
      server.listen(port, host).toCompletionStage().toCompletableFuture().get();
      servers.add(server);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("cannot listen on " + host + ":" + port + ": " + reason(cause), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting to listen on " + host + ":" + port, e);
    }
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private void connected(HttpConnection connection) {
    connection.closeHandler(_ -> listener.connections(httpConnections.closed(connection)));
    listener.connections(httpConnections.opened(connection));
  }

  /// Stops accepting, gives calls in flight the configured time to end, then closes every
  /// connection.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      var stopping = servers.stream().map(server -> server.shutdown(limits.stopTime())).toList();
      await(Future.join(stopping), limits.stopTime().plus(MARGIN));
    } catch (ExecutionException | TimeoutException _) {
      // What did not end in its time is cut off by the next step.
    }
    try {
      await(vertx.close(), MARGIN);
    } catch (ExecutionException | TimeoutException _) {
      // The process ends anyway.
    }
  }

  private static void await(Future<?> future, Duration atMost)
      throws ExecutionException, TimeoutException {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExecutionException(e);
    }
  }
}
