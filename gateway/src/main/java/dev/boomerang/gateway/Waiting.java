// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.engine.deliver.AuthResult;
import dev.boomerang.gateway.Greeting.Polite;
import dev.boomerang.port.StoreFailure;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/// A connection whose CONNECT was good so far, while the store is asked for the rest. A device need
/// not wait for the CONNACK: what it sends meanwhile is kept, a little of it.
final class Waiting implements Stage {
  private static final System.Logger LOG = System.getLogger(Waiting.class.getName());

  /// Packets in one read of the socket before reading pauses; nobody honest comes near.
  private static final int MAX_EARLY = 64;

  private sealed interface Answer {
    record Known(AuthResult authResult) implements Answer {}

    enum None implements Answer {
      NONE
    }
  }

  private final Connection connection;
  private final MqttVersion version;
  private final Polite greeting;
  private final Queue<MqttMessage> early = new ArrayDeque<>();

  private Waiting(Connection connection, MqttVersion version, Polite greeting) {
    this.connection = connection;
    this.version = version;
    this.greeting = greeting;
  }

  static void ask(Connection connection, MqttConnectVariableHeader header, Polite greeting) {
    var version = MqttVersion.fromProtocolNameAndLevel(header.name(), (byte) header.version());
    var waiting = new Waiting(connection, version, greeting);
    connection.enter(waiting, Loop.beats(connection.gateway().config().patience().connect()));
    connection.hold(Connection.Hold.ADMISSION, true);
    waiting.askAside();
  }

  private void askAside() {
    connection
        .gateway()
        .logins()
        .submit(
            AddressKey.of(connection.remote()).orElse(connection),
            () -> {
              Answer answer = ask();
              connection.loop().execute(() -> answered(answer));
            });
  }

  private Answer ask() {
    if (!connection.channel().isActive()) {
      return Answer.None.NONE; // gone while it waited for its turn
    }
    try {
      return new Answer.Known(
          connection
              .gateway()
              .shared()
              .devices()
              .authenticate(greeting.app(), greeting.registration(), greeting.secret()));
    } catch (RuntimeException e) {
      LOG.log(StoreFailure.logLevelOf(e), "a device waits for the store", e);
      return Answer.None.NONE;
    }
  }

  private void answered(Answer answer) {
    if (connection.isOver()) {
      return;
    }
    switch (answer) {
      case Answer.Known(AuthResult.Authenticated admitted) -> {
        if (Guest.enter(connection, version, greeting, admitted)) {
          connection.hold(Connection.Hold.ADMISSION, false);
          replay();
        } else {
          askAside();
        }
      }
      case Answer.Known(AuthResult.Rejected _) -> {
        refuseLater();
      }
      case Answer.None _ -> refuse(Reason.UNAVAILABLE);
    }
  }

  /// The answer to credentials that are wrong may have to wait.
  private void refuseLater() {
    Throttle throttle = connection.gateway().throttle();
    Duration delay = throttle.failed(connection.remote(), greeting.registration().value());
    if (delay.isZero() || !throttle.mayWait()) {
      refuse(Reason.CREDENTIALS);
      return;
    }
    connection
        .loop()
        .after(
            delay,
            () -> {
              throttle.waited();
              if (!connection.isOver()) {
                refuse(Reason.CREDENTIALS);
              }
            });
  }

  private void refuse(Reason reason) {
    boolean v5 = version == MqttVersion.MQTT_5;
    connection.write(Packets.refusal(connection.channel().alloc(), v5, reason));
    connection.end(reason);
  }

  /// The connection takes them as if they came now, and releases them.
  private void replay() {
    while (!early.isEmpty()) {
      connection.take(early.remove());
    }
  }

  @Override
  public void take(MqttMessage packet) {
    if (early.size() == MAX_EARLY) {
      connection.end(Reason.PROTOCOL_ERROR);
    } else {
      early.add(ReferenceCountUtil.retain(packet));
    }
  }

  @Override
  public void writable() {}

  @Override
  public void sayGoodbye(Reason reason) {}

  @Override
  public void over(Reason reason) {
    early.forEach(ReferenceCountUtil::release);
    early.clear();
    connection.gateway().shared().listener().refused(reason.label());
  }
}
