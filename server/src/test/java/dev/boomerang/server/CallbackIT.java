// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.boomerang.web.Body;
import dev.boomerang.web.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Callbacks of pushes over JPush's API, to a receiver of our own.
@Timeout(120)
class CallbackIT {
  /// A request as the receiver had it.
  private record Received(Map<String, String> headers, String body) {
    JsonNode json() {
      return Json.read(Body.of(body)).orElseThrow();
    }
  }

  @TempDir private Path folder;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final HttpServer receiver = receiver();
  private LocalServer server;
  private JsonNode demo;
  private NativeApiClient api;

  private HttpServer receiver() {
    try {
      var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(loopback, 0);
      server.createContext("/told", this::receive);
      server.start();
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
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

  @BeforeEach
  void start() throws Exception {
    start("yes");
  }

  private void start(String privateAddresses) throws Exception {
    server = LocalServer.start(folder, Map.of("callback-private-addresses", privateAddresses));
    demo = server.demo();
    api = server.api();
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.stop(0);
  }

  private String push(HiveDevice device) throws Exception {
    String pair = demo.at("/jpush/appKey").asText() + ":" + demo.at("/jpush/masterSecret").asText();
    var caller =
        new JsonCaller(
            HttpClient.newHttpClient(),
            server.url(),
            Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))));
    ObjectNode push = Json.object().put("platform", "all");
    push.putObject("audience").putArray("registration_id").add(device.id());
    push.putObject("notification").put("alert", "hello");
    ObjectNode callback =
        push.putObject("callback")
            .put("url", "http://localhost:" + receiver.getAddress().getPort() + "/told?from=jpush")
            .put("type", 3);
    callback.putObject("params").put("order", "42");
    return caller.call("POST", "/v3/push", push).path("msg_id").asText();
  }

  private Received next() throws InterruptedException {
    Received next = received.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no callback came");
    }
    return next;
  }

  /// Reads requests until the receiver has been told so much.
  private List<JsonNode> events(int count) throws Exception {
    var events = new ArrayList<JsonNode>();
    while (events.size() < count) {
      Received next = next();
      check(next);
      next.json().path("events").forEach(events::add);
    }
    return events;
  }

  /// As docs/operations.md tells receivers to.
  private void check(Received request) throws Exception {
    String secret = api.get("/api/v1/callback-secret").path("secret").asText();
    Map<String, String> headers = request.headers();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
    mac.update((headers.get("webhook-id") + ".").getBytes(UTF_8));
    mac.update((headers.get("webhook-timestamp") + ".").getBytes(UTF_8));
    String expected =
        "v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.body().getBytes(UTF_8)));
    assertThat(headers).containsEntry("webhook-signature", expected);
    assertThat(
            Duration.between(
                    Instant.ofEpochSecond(Long.parseLong(headers.get("webhook-timestamp"))),
                    Clock.systemUTC().instant())
                .abs())
        .isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void jpushCallback_hearsThatADeviceGotItAndOpenedIt() throws Exception {
    try (HiveDevice device = HiveDevice.connect(api, demo, "ada")) {
      String task = push(device);
      String delivery = device.next().path("delivery").asText();

      Received first = next();
      check(first);
      assertThat(first.json().path("task").asText()).isEqualTo(task);
      assertThat(first.json().at("/params/order").asText()).isEqualTo("42");
      assertThat(first.json().at("/events/0/registrationId").asText()).isEqualTo(device.id());
      assertThat(first.json().at("/events/0/event").asText()).isEqualTo("received");
      assertThat(first.json().at("/events/0/at").asLong()).isPositive();

      device.report(delivery, "opened");
      assertThat(events(1)).extracting(it -> it.path("event").asText()).containsExactly("clicked");
    }
  }

  @Test
  void receiverThatIsBusy_isToldAgain_inOrder() throws Exception {
    busy.set(2);
    try (HiveDevice device = HiveDevice.connect(api, demo, "ada")) {
      push(device);
      String delivery = device.next().path("delivery").asText();
      Received first = next();
      device.report(delivery, "opened");
      Received second = next();
      assertThat(second.headers().get("webhook-id")).isEqualTo(first.headers().get("webhook-id"));
      assertThat(second.body()).isEqualTo(first.body());

      assertThat(events(2))
          .extracting(it -> it.path("event").asText())
          .containsExactly("received", "clicked");
    }
  }

  @Test
  void callback_survivesARestart() throws Exception {
    server.close();
    start("no");
    try (HiveDevice device = HiveDevice.connect(api, demo, "ada")) {
      push(device);
      device.next();
      await("boomerang_callback_requests_failed_total{answer=\"Refused\",origin=\"jpush\"} ");
    }
    assertThat(received).isEmpty();
    server.close();

    start("yes");

    assertThat(events(1)).extracting(it -> it.path("event").asText()).containsExactly("received");
    await("boomerang_callback_notes_sent_total{origin=\"jpush\"} 1");
  }

  private void await(String line) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!api.call("GET", "/metrics", "").body().contains(line)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not counted: " + line);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
