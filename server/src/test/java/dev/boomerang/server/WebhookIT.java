// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
class WebhookIT {
  @TempDir private Path folder;
  private final WebhookReceiver webhookReceiver = new WebhookReceiver();
  private LocalServer server;
  private JsonNode demo;
  private NativeApiClient api;

  @BeforeEach
  void start() throws Exception {
    start("yes");
  }

  private void start(String privateAddresses) throws Exception {
    server = LocalServer.start(folder, Map.of("webhook-private-addresses", privateAddresses));
    demo = server.demo();
    api = server.api();
  }

  @AfterEach
  void stop() {
    server.close();
    webhookReceiver.close();
  }

  private String push(HiveMqttDevice device) throws Exception {
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
        push.putObject("callback").put("url", webhookReceiver.url("?from=jpush")).put("type", 3);
    callback.putObject("params").put("order", "42");
    return caller.call("POST", "/v3/push", push).path("msg_id").asText();
  }

  /// Reads requests until the receiver has been told so much.
  private List<JsonNode> events(int count) throws Exception {
    var events = new ArrayList<JsonNode>();
    while (events.size() < count) {
      WebhookReceiver.Received next = webhookReceiver.next();
      check(next);
      next.json().path("events").forEach(events::add);
    }
    return events;
  }

  /// As docs/operations.md tells receivers to.
  private void check(WebhookReceiver.Received request) throws Exception {
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
    try (HiveMqttDevice device = HiveMqttDevice.connect(api, demo, "ada")) {
      String task = push(device);
      String delivery = device.next().path("delivery").asText();

      WebhookReceiver.Received first = webhookReceiver.next();
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
    webhookReceiver.busy(2);
    try (HiveMqttDevice device = HiveMqttDevice.connect(api, demo, "ada")) {
      push(device);
      String delivery = device.next().path("delivery").asText();
      WebhookReceiver.Received first = webhookReceiver.next();
      device.report(delivery, "opened");
      WebhookReceiver.Received second = webhookReceiver.next();
      assertThat(second.headers().get("webhook-id")).isEqualTo(first.headers().get("webhook-id"));
      assertThat(second.body()).isEqualTo(first.body());

      assertThat(events(2))
          .extracting(it -> it.path("event").asText())
          .containsExactly("received", "clicked");
    }
  }

  @Test
  void callback_survivesARestart() throws Exception {
    webhookReceiver.busy(Integer.MAX_VALUE);
    try (HiveMqttDevice device = HiveMqttDevice.connect(api, demo, "ada")) {
      push(device);
      device.next();
      await("boomerang_webhook_requests_failed_total{answer=\"Status\",origin=\"jpush\"} ");
    }
    server.close();
    webhookReceiver.clear();
    webhookReceiver.busy(0);

    start("yes");

    assertThat(events(1)).extracting(it -> it.path("event").asText()).containsExactly("received");
    await("boomerang_webhook_events_sent_total{origin=\"jpush\"} 1");
  }

  @Test
  void receiverInAPrivateNetwork_isNotCalled_andGivenUpAtOnce() throws Exception {
    server.close();
    start("no");
    try (HiveMqttDevice device = HiveMqttDevice.connect(api, demo, "ada")) {
      push(device);
      device.next();
      await("boomerang_webhook_events_given_up_total{cause=\"refused\",origin=\"jpush\"} 1");
    }
    assertThat(webhookReceiver.isEmpty()).isTrue();
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
