// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.connection;

import dev.boomerang.engine.deliver.AuthResult;
import dev.boomerang.gateway.login.ClientAddressKey;
import dev.boomerang.gateway.login.LoginThrottle;
import dev.boomerang.gateway.mqtt.ConnectRequest.Valid;
import dev.boomerang.gateway.mqtt.PacketWriter;
import dev.boomerang.gateway.session.ReasonCode;
import dev.boomerang.port.StoreFailure;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/// Asks the store about a CONNECT that is well-formed. A device need not wait for the CONNACK: a
/// few packets that it sends meanwhile are kept.
final class Authenticating implements ConnectionState {
  private static final System.Logger LOG = System.getLogger(Authenticating.class.getName());

  /// The most packets that are kept. One read of the socket, before reading pauses, brings no more
  /// from an honest client.
  private static final int MAX_EARLY_PACKETS = 64;

  private sealed interface Outcome {
    record Answered(AuthResult authResult) implements Outcome {}

    enum NoAnswer implements Outcome {
      NONE
    }
  }

  private final MqttConnection connection;
  private final MqttVersion version;
  private final Valid request;
  private final Queue<MqttMessage> earlyPackets = new ArrayDeque<>();

  private Authenticating(MqttConnection connection, MqttVersion version, Valid request) {
    this.connection = connection;
    this.version = version;
    this.request = request;
  }

  static void start(MqttConnection connection, MqttConnectVariableHeader header, Valid request) {
    var version = MqttVersion.fromProtocolNameAndLevel(header.name(), (byte) header.version());
    var authenticating = new Authenticating(connection, version, request);
    connection.changeState(
        authenticating, EventLoopContext.ticks(connection.context().config().timeouts().connect()));
    connection.pauseReading(MqttConnection.ReadPause.AUTHENTICATION, true);
    authenticating.submit();
  }

  private void submit() {
    connection
        .context()
        .logins()
        .submit(
            ClientAddressKey.of(connection.remoteAddress()).orElse(connection),
            () -> {
              Outcome outcome = authenticate();
              connection.eventLoop().execute(() -> onOutcome(outcome));
            });
  }

  private Outcome authenticate() {
    if (!connection.channel().isActive()) {
      return Outcome.NoAnswer.NONE; // gone while it waited for its turn
    }
    try {
      return new Outcome.Answered(
          connection
              .context()
              .sessions()
              .devices()
              .authenticate(request.app(), request.registration(), request.secret()));
    } catch (RuntimeException e) {
      LOG.log(StoreFailure.logLevelOf(e), "cannot authenticate a device", e);
      return Outcome.NoAnswer.NONE;
    }
  }

  private void onOutcome(Outcome outcome) {
    if (connection.isClosed()) {
      return;
    }
    switch (outcome) {
      case Outcome.Answered(AuthResult.Authenticated admitted) -> {
        if (Connected.enter(connection, version, request, admitted)) {
          connection.pauseReading(MqttConnection.ReadPause.AUTHENTICATION, false);
          replay();
        } else {
          submit();
        }
      }
      case Outcome.Answered(AuthResult.Rejected _) -> {
        refuseAfterDelay();
      }
      case Outcome.NoAnswer _ -> refuse(ReasonCode.UNAVAILABLE);
    }
  }

  /// Refuses wrong credentials, after the delay that the throttle asks for.
  private void refuseAfterDelay() {
    LoginThrottle loginThrottle = connection.context().loginThrottle();
    Duration delay =
        loginThrottle.recordFailure(connection.remoteAddress(), request.registration().value());
    if (delay.isZero() || !loginThrottle.tryDelay()) {
      refuse(ReasonCode.CREDENTIALS);
      return;
    }
    connection
        .eventLoop()
        .schedule(
            delay,
            () -> {
              loginThrottle.delayDone();
              if (!connection.isClosed()) {
                refuse(ReasonCode.CREDENTIALS);
              }
            });
  }

  private void refuse(ReasonCode reasonCode) {
    boolean v5 = version == MqttVersion.MQTT_5;
    connection.write(PacketWriter.connAckRefused(connection.channel().alloc(), v5, reasonCode));
    connection.disconnect(reasonCode);
  }

  /// Handles the kept packets as if they came now. The connection releases them.
  private void replay() {
    while (!earlyPackets.isEmpty()) {
      connection.handle(earlyPackets.remove());
    }
  }

  @Override
  public void onPacket(MqttMessage packet) {
    if (earlyPackets.size() == MAX_EARLY_PACKETS) {
      connection.disconnect(ReasonCode.PROTOCOL_ERROR);
    } else {
      earlyPackets.add(ReferenceCountUtil.retain(packet));
    }
  }

  @Override
  public Step step() {
    return Step.AUTHENTICATING;
  }

  @Override
  public void onWritable() {}

  @Override
  public void sendDisconnect(ReasonCode reasonCode) {}

  @Override
  public void onClosed(ReasonCode reasonCode) {
    earlyPackets.forEach(ReferenceCountUtil::release);
    earlyPackets.clear();
    connection.context().sessions().listener().refused(reasonCode.label());
  }
}
