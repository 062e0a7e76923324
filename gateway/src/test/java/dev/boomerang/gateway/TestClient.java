// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;

/// Is a device made with an MQTT client library: it connects, subscribes to its push topic and
/// acknowledges by itself.
interface TestClient extends AutoCloseable {

  /// Returns the next payload.
  String take() throws Exception;

  /// Returns when the server has acknowledged it.
  void publish(String topic, String payload) throws Exception;

  @Override
  void close() throws Exception;

  enum Over {
    TCP("tcp"),
    TLS("ssl"),
    WEBSOCKET("ws"),
    TLS_WEBSOCKET("wss");

    final String scheme;

    Over(String scheme) {
      this.scheme = scheme;
    }

    boolean isTls() {
      return this == TLS || this == TLS_WEBSOCKET;
    }

    boolean isWebSocket() {
      return this == WEBSOCKET || this == TLS_WEBSOCKET;
    }
  }

  enum Library {
    HIVEMQ_5,
    HIVEMQ_3,
    PAHO_5,
    PAHO_3;

    TestClient connect(
        GatewayFixture fixture,
        RegisteredDevice registeredDevice,
        Over over,
        Certificates certificates)
        throws Exception {
      return switch (this) {
        case HIVEMQ_5 -> hivemq5(fixture, registeredDevice, over, certificates);
        case HIVEMQ_3 -> hivemq3(fixture, registeredDevice, over, certificates);
        case PAHO_5 -> paho5(fixture, registeredDevice, over, certificates);
        case PAHO_3 -> paho3(fixture, registeredDevice, over, certificates);
      };
    }
  }

  private static MqttClientTransportConfig transport(
      GatewayFixture fixture, Over over, Certificates certificates) {
    var transport =
        MqttClientTransportConfig.builder().serverHost("localhost").serverPort(fixture.port());
    if (over.isTls()) {
      var _ =
          transport.sslConfig(
              MqttClientSslConfig.builder().trustManagerFactory(certificates.trust()).build());
    }
    if (over.isWebSocket()) {
      var _ = transport.webSocketWithDefaultConfig();
    }
    return transport.build();
  }

  private static TestClient hivemq5(
      GatewayFixture fixture,
      RegisteredDevice registeredDevice,
      Over over,
      Certificates certificates) {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .identifier(registeredDevice.name())
            .transportConfig(transport(fixture, over, certificates))
            .simpleAuth()
            .username(GatewayFixture.APP.value())
            .password(registeredDevice.secret().getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    client.connect();
    var incoming = client.publishes(MqttGlobalPublishFilter.ALL);
    client
        .subscribeWith()
        .topicFilter(registeredDevice.pushTopic())
        .qos(MqttQos.AT_LEAST_ONCE)
        .send();
    return new TestClient() {
      @Override
      public String take() throws InterruptedException {
        return text(incoming.receive(10, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes());
      }

      @Override
      public void publish(String topic, String payload) {
        client
            .publishWith()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(payload.getBytes(UTF_8))
            .send();
      }

      @Override
      public void close() {
        client.disconnect();
      }
    };
  }

  private static TestClient hivemq3(
      GatewayFixture fixture,
      RegisteredDevice registeredDevice,
      Over over,
      Certificates certificates) {
    Mqtt3BlockingClient client =
        Mqtt3Client.builder()
            .identifier(registeredDevice.name())
            .transportConfig(transport(fixture, over, certificates))
            .simpleAuth()
            .username(GatewayFixture.APP.value())
            .password(registeredDevice.secret().getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    client.connect();
    var incoming = client.publishes(MqttGlobalPublishFilter.ALL);
    client
        .subscribeWith()
        .topicFilter(registeredDevice.pushTopic())
        .qos(MqttQos.AT_LEAST_ONCE)
        .send();
    return new TestClient() {
      @Override
      public String take() throws InterruptedException {
        return text(incoming.receive(10, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes());
      }

      @Override
      public void publish(String topic, String payload) {
        client
            .publishWith()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(payload.getBytes(UTF_8))
            .send();
      }

      @Override
      public void close() {
        client.disconnect();
      }
    };
  }

  private static TestClient paho5(
      GatewayFixture fixture,
      RegisteredDevice registeredDevice,
      Over over,
      Certificates certificates)
      throws Exception {
    var options = new MqttConnectionOptions();
    options.setUserName(GatewayFixture.APP.value());
    options.setPassword(registeredDevice.secret().getBytes(UTF_8));
    if (over.isTls()) {
      options.setSocketFactory(certificates.sockets());
    }
    var client =
        new org.eclipse.paho.mqttv5.client.MqttClient(
            over.scheme + "://localhost:" + fixture.port(),
            registeredDevice.name(),
            new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
    BlockingQueue<String> incoming = new LinkedBlockingQueue<>();
    client.setCallback(new PahoCallback(incoming));
    client.connect(options);
    client.subscribe(registeredDevice.pushTopic(), 1);
    return new TestClient() {
      @Override
      public String take() throws InterruptedException {
        return next(incoming);
      }

      @Override
      public void publish(String topic, String payload) throws Exception {
        client.publish(topic, payload.getBytes(UTF_8), 1, false);
      }

      @Override
      public void close() throws Exception {
        client.disconnect();
        client.close();
      }
    };
  }

  private static TestClient paho3(
      GatewayFixture fixture,
      RegisteredDevice registeredDevice,
      Over over,
      Certificates certificates)
      throws Exception {
    var options = new MqttConnectOptions();
    options.setUserName(GatewayFixture.APP.value());
    options.setPassword(registeredDevice.secret().toCharArray());
    if (over.isTls()) {
      options.setSocketFactory(certificates.sockets());
    }
    var client =
        new org.eclipse.paho.client.mqttv3.MqttClient(
            over.scheme + "://localhost:" + fixture.port(),
            registeredDevice.name(),
            new MemoryPersistence());
    BlockingQueue<String> incoming = new LinkedBlockingQueue<>();
    client.connect(options);
    client.subscribe(
        registeredDevice.pushTopic(), 1, (_, message) -> incoming.add(text(message.getPayload())));
    return new TestClient() {
      @Override
      public String take() throws InterruptedException {
        return next(incoming);
      }

      @Override
      public void publish(String topic, String payload) throws Exception {
        client.publish(topic, payload.getBytes(UTF_8), 1, false);
      }

      @Override
      public void close() throws Exception {
        client.disconnect();
        client.close();
      }
    };
  }

  private static String next(BlockingQueue<String> incoming) throws InterruptedException {
    String payload = incoming.poll(10, TimeUnit.SECONDS);
    if (payload == null) {
      throw new AssertionError("nothing came");
    }
    return payload;
  }

  static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }
}
