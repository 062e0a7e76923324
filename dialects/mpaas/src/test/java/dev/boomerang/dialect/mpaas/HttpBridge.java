// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/// The dialect on a socket, for clients that want one.
final class HttpBridge implements AutoCloseable {
  private final HttpServer server;

  HttpBridge(World world) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(world, exchange));
    server.start();
  }

  /// `host:port`, as an endpoint is given to the clients.
  String endpoint() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private static void answer(World world, HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers =
          exchange.getRequestHeaders().entrySet().stream()
              .flatMap(e -> e.getValue().stream().map(value -> Map.entry(e.getKey(), value)))
              .toList();
      Reply reply =
          world.send(
              new Call(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getRawPath(),
                  Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                  Headers.of(headers),
                  Body.of(exchange.getRequestBody().readAllBytes()),
                  "127.0.0.1",
                  Map.of()));
      reply
          .headers()
          .fields()
          .forEach(f -> exchange.getResponseHeaders().add(f.getKey(), f.getValue()));
      exchange.sendResponseHeaders(reply.status(), reply.body().bytes().length);
      exchange.getResponseBody().write(reply.body().bytes());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
