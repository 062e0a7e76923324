// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/// Serves the device API over a real socket, and runs the gateway it sends devices to.
final class FakeServer implements AutoCloseable {
  final FakeGateway gateway;

  /// Method, path, method override, credentials and body of each call.
  final List<String> calls = new CopyOnWriteArrayList<>();

  volatile int status = 201;

  /// The code in the body of the answer, if `status` is an error.
  volatile String code = "";

  private final HttpServer http;
  private int secrets;

  FakeServer() throws IOException {
    this(ServerSocketFactory.getDefault());
  }

  FakeServer(ServerSocketFactory gatewaySockets) throws IOException {
    gateway = new FakeGateway(gatewaySockets);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/device/v1/registrations", this::answer);
    http.start();
  }

  String url() {
    return "http://localhost:" + http.getAddress().getPort();
  }

  @Override
  public void close() throws IOException {
    http.stop(0);
    gateway.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      calls.add(
          String.join(
              " ",
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              headers.getOrDefault("X-HTTP-Method-Override", List.of("-")).getFirst(),
              headers.getOrDefault("Authorization", List.of("-")).getFirst(),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      byte[] body =
          """
          {"registrationId": "reg", "secret": "s%d",
           "gateway": {"host": "localhost", "port": %d}, "later": [null]}
          """
              .formatted(++secrets, gateway.port())
              .getBytes(UTF_8);
      if (!code.isEmpty()) {
        body = ("{\"error\": {\"code\": \"" + code + "\", \"message\": \"no\"}}").getBytes(UTF_8);
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      }
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
