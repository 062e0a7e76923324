// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.transport;

import dev.boomerang.device.internal.registration.Registration;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Connects over MQTT 3.1.1 with Eclipse Paho. Each connection has a new Paho client, without a
 * session and without Paho's own reconnecting: what must survive is in our storage, and the server
 * sends again what was not acknowledged.
 */
public final class PahoTransport implements MqttTransport {
  private static final int CONNECT_TIMEOUT_SECONDS = 15;

  private final String appId;
  private final Optional<URI> gateway;
  private final Optional<SSLContext> tls;
  private final Duration keepAlive;

  public PahoTransport(
      String appId, Optional<URI> gateway, Optional<SSLContext> tls, Duration keepAlive) {
    this.appId = appId;
    this.gateway = gateway;
    this.tls = tls;
    this.keepAlive = keepAlive;
  }

  @Override
  public Connection open(Registration registration, Events events) {
    String uri =
        gateway.map(URI::toString).orElse("tcp://" + registration.host + ":" + registration.port);
    try {
      MqttAsyncClient client = new MqttAsyncClient(uri, registration.id, new MemoryPersistence());
      return PahoConnection.connect(client, options(registration), registration.id, events);
    } catch (MqttException | IllegalArgumentException e) {
      events.lost(uri + ": " + e);
      return new FailedConnection();
    }
  }

  private MqttConnectOptions options(Registration registration) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(true);
    options.setAutomaticReconnect(false);
    options.setUserName(appId);
    options.setPassword(registration.secret.toCharArray());
    options.setKeepAliveInterval((int) (keepAlive.toMillis() / 1000));
    options.setConnectionTimeout(CONNECT_TIMEOUT_SECONDS);
    tls.ifPresent(context -> options.setSocketFactory(context.getSocketFactory()));
    return options;
  }

  /** A connection that could not be started; it does nothing. */
  private static final class FailedConnection implements Connection {
    @Override
    public void publish(byte[] receipts) {}

    @Override
    public void acknowledge(int message) {}

    @Override
    public void close(boolean gracefully) {}
  }
}
