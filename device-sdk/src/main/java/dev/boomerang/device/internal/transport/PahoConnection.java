// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.transport;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * Holds one Paho client for one connection. Paho's callbacks only pass on what happened. Closing a
 * Paho client blocks for a while, so it has a thread of its own; a client cannot be closed while it
 * connects, so it is closed afterwards.
 */
final class PahoConnection implements MqttTransport.Connection {
  private static final long QUIESCE_MILLIS = 500;

  private final MqttAsyncClient client;
  private final String registrationId;
  private final MqttTransport.Events events;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean connectDone;
  private volatile boolean gracefully;

  private PahoConnection(
      MqttAsyncClient client, String registrationId, MqttTransport.Events events) {
    this.client = client;
    this.registrationId = registrationId;
    this.events = events;
  }

  static PahoConnection connect(
      MqttAsyncClient client,
      MqttConnectOptions options,
      String registrationId,
      MqttTransport.Events events)
      throws MqttException {
    PahoConnection connection = new PahoConnection(client, registrationId, events);
    client.setManualAcks(true);
    client.setCallback(connection.new IncomingMessages());
    client.connect(
        options, client, new ActionListener(connection::connected, connection::notConnected));
    return connection;
  }

  @Override
  public void publish(byte[] receipts) {
    MqttMessage message = new MqttMessage(receipts);
    message.setQos(1);
    try {
      client.publish(
          "receipt/" + registrationId,
          message,
          client,
          new ActionListener(events::published, this::lost));
    } catch (MqttException e) {
      lost(e);
    }
  }

  @Override
  public void acknowledge(int message) {
    try {
      client.messageArrivedComplete(message, 1);
    } catch (MqttException e) {
      // The connection is gone; the server sends the message again, and it is known then.
    }
  }

  @Override
  public void close(boolean graceful) {
    ended.set(true);
    gracefully = graceful;
    dispose();
  }

  private void connected() {
    connectDone = true;
    if (ended.get()) {
      dispose();
      return;
    }
    try {
      client.subscribe(
          "push/" + registrationId, 1, client, new ActionListener(events::ready, this::lost));
    } catch (MqttException e) {
      lost(e);
    }
  }

  private void notConnected(Throwable cause) {
    connectDone = true;
    if (!ended.compareAndSet(false, true)) {
      dispose();
    } else if (isRefusal(cause)) {
      events.refused(cause.getMessage() + "");
    } else {
      events.lost(String.valueOf(cause));
    }
  }

  private void lost(Throwable cause) {
    if (ended.compareAndSet(false, true)) {
      events.lost(String.valueOf(cause));
    }
  }

  private static boolean isRefusal(Throwable cause) {
    if (!(cause instanceof MqttException)) {
      return false;
    }
    int code = ((MqttException) cause).getReasonCode();
    return code == MqttException.REASON_CODE_FAILED_AUTHENTICATION
        || code == MqttException.REASON_CODE_NOT_AUTHORIZED;
  }

  private void dispose() {
    if (!connectDone || !closing.compareAndSet(false, true)) {
      return;
    }
    Thread thread = new Thread(this::disconnectAndClose, "boomerang-close");
    thread.setDaemon(true);
    thread.start();
  }

  private void disconnectAndClose() {
    try {
      if (client.isConnected()) {
        client.disconnectForcibly(gracefully ? QUIESCE_MILLIS : 0, QUIESCE_MILLIS, gracefully);
      }
    } catch (MqttException e) {
      // The connection is closed below anyway.
    } finally {
      closeQuietly();
    }
  }

  private void closeQuietly() {
    try {
      client.close(true);
    } catch (MqttException e) {
      // Nothing is left to close.
    }
  }

  /** Receives Paho's messages and its loss of the connection. */
  private final class IncomingMessages implements MqttCallback {
    @Override
    public void connectionLost(@Nullable Throwable cause) {
      lost(cause == null ? new MqttException(MqttException.REASON_CODE_CONNECTION_LOST) : cause);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      events.messageArrived(message.getId(), message.getPayload());
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }

  /** Receives the outcome of one call of Paho. */
  private static final class ActionListener implements IMqttActionListener {
    private final Runnable success;
    private final java.util.function.Consumer<Throwable> failure;

    ActionListener(Runnable success, java.util.function.Consumer<Throwable> failure) {
      this.success = success;
      this.failure = failure;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      success.run();
    }

    @Override
    public void onFailure(IMqttToken token, @Nullable Throwable cause) {
      failure.accept(
          cause == null ? new MqttException(MqttException.REASON_CODE_CLIENT_EXCEPTION) : cause);
    }
  }
}
