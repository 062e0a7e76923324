// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/// A device on Paho's client that connects again whenever its connection breaks and writes down
/// everything it is told, in order. It opens every fifth notification at once; its receipts wait
/// until they are acknowledged.
final class CrashDevice implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int OPENS_ONE_OF = 5;
  private static final int RECEIPTS_AT_ONCE = 200;

  /// `connectedAt` is when the connection it came by was made; both times are of `System.nanoTime`.
  record Told(String type, String delivery, String title, long connectedAt, long at) {}

  final String id;
  private final JsonNode registered;
  private final String appId;
  private final List<Told> log = new ArrayList<>();
  private final Set<String> opened = new HashSet<>();
  private final Set<String> known = new HashSet<>();
  private final List<JsonNode> receipts = new ArrayList<>();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile long connectedAt;

  CrashDevice(JsonNode registered, String appId) {
    this.registered = registered;
    this.appId = appId;
    this.id = registered.path("registrationId").asText();
    this.thread = Thread.ofVirtual().start(this::live);
  }

  synchronized List<Told> log() {
    return List.copyOf(log);
  }

  synchronized boolean hasOpened(String delivery) {
    return opened.contains(delivery);
  }

  private void live() {
    while (!stopping) {
      try (var client = new MqttClient(url(), id, new MemoryPersistence())) {
        client.setCallback(new Listener());
        client.connect(options());
        connectedAt = System.nanoTime();
        client.subscribe("push/" + id, 1);
        while (!stopping && client.isConnected()) {
          report(client);
          LockSupport.parkNanos(PAUSE.toNanos());
        }
        client.disconnectForcibly(0, 100);
      } catch (MqttException _) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private String url() {
    return "tcp://127.0.0.1:" + registered.at("/gateway/port").asInt();
  }

  private MqttConnectOptions options() {
    var options = new MqttConnectOptions();
    options.setUserName(appId);
    options.setPassword(registered.path("secret").asText().toCharArray());
    options.setConnectionTimeout(5);
    return options;
  }

  private void report(MqttClient client) throws MqttException {
    List<JsonNode> batch;
    synchronized (this) {
      batch = List.copyOf(receipts.subList(0, Math.min(RECEIPTS_AT_ONCE, receipts.size())));
    }
    if (batch.isEmpty()) {
      return;
    }
    var body = Json.object();
    body.putArray("receipts").addAll(batch);
    // Returns when the server has acknowledged it; throws if the connection breaks before.
    client.publish("receipt/" + id, Body.of(Json.write(body)).bytes(), 1, false);
    synchronized (this) {
      receipts.subList(0, batch.size()).clear();
    }
  }

  private synchronized void take(JsonNode message) {
    switch (message.path("type").asText()) {
      case "notify" -> {
        String delivery = message.path("delivery").asText();
        note("notify", delivery, message.path("title").asText());
        if (known.add(delivery)) {
          receipt(delivery, "shown");
          if (known.size() % OPENS_ONE_OF == 0) {
            opened.add(delivery);
            receipt(delivery, "opened");
          }
        }
      }
      case "withdraw" ->
          message
              .path("deliveries")
              .forEach(
                  delivery -> {
                    note("withdraw", delivery.asText(), "");
                    known.add(delivery.asText());
                    boolean late = opened.contains(delivery.asText());
                    receipt(delivery.asText(), late ? "tooLate" : "withdrawn");
                  });
      default -> throw new AssertionError("an unknown message: " + message);
    }
  }

  private void note(String type, String delivery, String title) {
    log.add(new Told(type, delivery, title, connectedAt, System.nanoTime()));
  }

  private void receipt(String delivery, String event) {
    receipts.add(Json.object().put("delivery", delivery).put("event", event).put("at", 1));
  }

  private final class Listener implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      Json.read(Body.of(message.getPayload())).ifPresent(CrashDevice.this::take);
    }

    @Override
    public void connectionLost(Throwable cause) {}

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    thread.join();
  }
}
