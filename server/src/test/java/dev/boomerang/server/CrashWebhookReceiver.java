// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// A server of others that is told what becomes of pushes, and writes down every request, in order.
/// It fails each batch once, so that whenever the server is killed there is much it has yet to
/// tell.
final class CrashWebhookReceiver implements AutoCloseable {

  /// `id` is the `webhook-id`: it names the batch, however often that comes.
  record Told(String id, String body, int status) {}

  private final HttpServer server;
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<Told> log = new ArrayList<>();

  CrashWebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/told", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/told";
  }

  synchronized List<Told> log() {
    return List.copyOf(log);
  }

  /// Batches that failed and were not told again so far.
  synchronized int undelivered() {
    return (int) seen.values().stream().filter(times -> times == 1).count();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      exchange.sendResponseHeaders(received(id, body), -1);
    }
  }

  private synchronized int received(String id, String body) {
    int status = seen.merge(id, 1, Integer::sum) == 1 ? 500 : 200;
    log.add(new Told(id, body, status));
    return status;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
