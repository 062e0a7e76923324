// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Where callbacks go in tests.
final class WebhookReceiver implements AutoCloseable {

  /// A request as it came. Names of headers are in lower case.
  record Received(Map<String, String> headers, String body) {
    JsonNode json() {
      return Json.read(Body.of(body)).orElseThrow();
    }
  }

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final HttpServer server;

  WebhookReceiver() {
    try {
      var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      server = HttpServer.create(loopback, 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    server.createContext("/told", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    received.add(
        new Received(headers, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    exchange.sendResponseHeaders(busy.getAndDecrement() > 0 ? 503 : 200, -1);
    exchange.close();
  }

  String url(String rest) {
    return "http://localhost:" + server.getAddress().getPort() + "/told" + rest;
  }

  /// Sends away so many requests first.
  void busy(int requests) {
    busy.set(requests);
  }

  /// Forgets what has come so far.
  void clear() {
    received.clear();
  }

  boolean isEmpty() {
    return received.isEmpty();
  }

  /// The next request, waited for.
  Received next() throws InterruptedException {
    Received next = received.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no callback came");
    }
    return next;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
