// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A device on HiveMQ's MQTT client: what a stranger would write from the protocol's description.
final class HiveMqttDevice implements AutoCloseable {
  private final String id;
  private final String user;
  private final String secret;
  private final Mqtt5BlockingClient client;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();

  private HiveMqttDevice(String id, String user, String secret, Mqtt5BlockingClient client) {
    this.id = id;
    this.user = user;
    this.secret = secret;
    this.client = client;
  }

  static HiveMqttDevice connect(NativeApiClient api, JsonNode demo, String user) throws Exception {
    return connect(api, demo, user, "android");
  }

  static HiveMqttDevice connect(NativeApiClient api, JsonNode demo, String user, String platform)
      throws Exception {
    return connect(api, demo, user, platform, "");
  }

  /// Comes back as the device that this one was, perhaps to a server that was restarted.
  HiveMqttDevice again(NativeApiClient api, JsonNode demo) throws Exception {
    String pair = id + ":" + secret;
    return connect(
        api,
        demo,
        user,
        "android",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  private static HiveMqttDevice connect(
      NativeApiClient api, JsonNode demo, String user, String platform, String authorization)
      throws Exception {
    JsonNode registered =
        api.post(
            "/device/v1/registrations",
            authorization,
            Json.object()
                .put("appId", demo.path("appId").asText())
                .put("deviceKey", demo.path("deviceKey").asText())
                .put("platform", platform)
                .put("deviceId", "hive-" + user)
                .put("userId", user)
                .put("alias", "alias_" + user)
                .set("tags", Json.object().arrayNode().add("tag_" + user)));
    String id = registered.path("registrationId").asText();
    var client =
        Mqtt5Client.builder()
            .identifier(id)
            .serverHost(registered.at("/gateway/host").asText())
            .serverPort(registered.at("/gateway/port").asInt())
            .simpleAuth()
            .username(demo.path("appId").asText())
            .password(Body.of(registered.path("secret").asText()).bytes())
            .applySimpleAuth()
            .buildBlocking();
    var device = new HiveMqttDevice(id, user, registered.path("secret").asText(), client);
    client
        .toAsync()
        .publishes(
            com.hivemq.client.mqtt.MqttGlobalPublishFilter.ALL,
            publish ->
                Json.read(Body.of(publish.getPayloadAsBytes())).ifPresent(device.messages::add));
    client.connectWith().cleanStart(true).send();
    client.subscribeWith().topicFilter("push/" + id).qos(MqttQos.AT_LEAST_ONCE).send();
    return device;
  }

  String id() {
    return id;
  }

  String user() {
    return user;
  }

  String deviceId() {
    return "hive-" + user;
  }

  String alias() {
    return "alias_" + user;
  }

  String tag() {
    return "tag_" + user;
  }

  /// The next message, waited for.
  JsonNode next() throws InterruptedException {
    JsonNode message = messages.poll(20, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing came");
    }
    return message;
  }

  void report(String delivery, String event) {
    var receipts = Json.object();
    receipts
        .putArray("receipts")
        .add(Json.object().put("delivery", delivery).put("event", event).put("at", 1));
    client
        .publishWith()
        .topic("receipt/" + id)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(Body.of(Json.write(receipts)).bytes())
        .send();
  }

  @Override
  public void close() {
    client.disconnect();
  }
}
