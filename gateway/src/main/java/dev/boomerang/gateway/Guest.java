// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static java.util.stream.Collectors.toCollection;

import dev.boomerang.engine.deliver.AuthResult.Authenticated;
import dev.boomerang.gateway.Greeting.Polite;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.ArrayList;
import java.util.List;

/// A connection whose device is in: MQTT on the one side, its [Session] on the other.
final class Guest implements Stage, Wire {
  private final Connection connection;
  private final Session session;
  private final int maxPacketBytes;
  private final boolean v5;

  private Guest(Connection connection, boolean v5, Polite greeting) {
    this.connection = connection;
    this.v5 = v5;
    this.maxPacketBytes = greeting.maxPacketBytes();
    Shared shared = connection.gateway().shared();
    int window = Math.min(shared.flow().inFlight(), greeting.receiveMaximum());
    int room =
        maxPacketBytes
            - Packets.publishBytes(v5, Payloads.WITHDRAW_BYTES)
            - Packets.MOST_LENGTH_BYTES;
    int perCommand =
        Math.clamp(room / Payloads.WITHDRAW_ID_BYTES, 1, Session.MOST_DELIVERIES_PER_COMMAND);
    this.session = new Session(shared, this, greeting.registration(), window, perCommand);
  }

  /// Lets the device in. A connection it had before is ended by this. False, and nothing is done,
  /// if its secret has to be looked at once more.
  static boolean enter(
      Connection connection, MqttVersion version, Polite greeting, Authenticated admitted) {
    boolean v5 = version == MqttVersion.MQTT_5;
    Gateway gateway = connection.gateway();
    int longest = (int) gateway.config().patience().longestKeepAlive().toSeconds();
    int own = greeting.keepAliveSeconds();
    boolean tooLong = own == 0 || own > longest;
    int keepAlive = tooLong ? longest : own;
    var device = new Guest(connection, v5, greeting);
    // What is offered from here on waits in the event loop's queue, behind the CONNACK.
    if (!gateway.shared().devices().connected(admitted, device.session)) {
      return false;
    }
    connection.enter(device, Loop.beats(keepAlive + (keepAlive + 1) / 2));
    connection.write(
        Packets.welcome(
            connection.channel().alloc(),
            v5,
            new Packets.Terms(
                gateway.config().flow().inFlight(),
                gateway.config().flow().maxPacketBytes(),
                tooLong ? longest : Packets.OWN_KEEP_ALIVE,
                greeting.wantsSession())));
    gateway.shared().listener().connected(label(version));
    return true;
  }

  private static String label(MqttVersion version) {
    return switch (version) {
      case MQTT_3_1 -> "mqtt-3.1";
      case MQTT_3_1_1 -> "mqtt-3.1.1";
      case MQTT_5 -> "mqtt-5";
    };
  }

  @Override
  public void take(MqttMessage packet) {
    if (packet.decoderResult().isFailure()) {
      end(Stranger.reason(packet.decoderResult().cause()));
      return;
    }
    switch (packet.fixedHeader().messageType()) {
      case PUBACK -> acknowledged((MqttPubReplyMessageVariableHeader) packet.variableHeader());
      case PUBLISH -> published((MqttPublishMessage) packet);
      case SUBSCRIBE -> subscribe((MqttSubscribeMessage) packet);
      case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) packet);
      case PINGREQ -> connection.write(Packets.pong(connection.channel().alloc()));
      case DISCONNECT -> connection.close(Reason.LEFT);
      case CONNECT, CONNACK, SUBACK, UNSUBACK, PINGRESP, PUBREC, PUBREL, PUBCOMP, AUTH ->
          end(Reason.PROTOCOL_ERROR);
    }
  }

  /// A code of 0x80 and above says that the device could not use it: it comes again with the next
  /// connection.
  private void acknowledged(MqttPubReplyMessageVariableHeader header) {
    session.acknowledged(header.messageId(), header.reasonCode() >= 0);
  }

  private void subscribe(MqttSubscribeMessage packet) {
    MqttProperties properties = packet.idAndPropertiesVariableHeader().properties();
    boolean numbered = properties.getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null;
    List<Reason> codes =
        packet.payload().topicSubscriptions().stream()
            .map(topic -> numbered ? Reason.SUBSCRIPTION_ID : subscription(topic.topicFilter()))
            .collect(toCollection(ArrayList::new));
    if (codes.isEmpty()) {
      end(Reason.PROTOCOL_ERROR);
      return;
    }
    int packetId = packet.variableHeader().messageId();
    connection.write(Packets.subscribed(connection.channel().alloc(), v5, packetId, codes));
    if (codes.contains(Reason.SUCCESS)) {
      session.subscribe();
    }
  }

  private Reason subscription(String filter) {
    return Topics.isPush(filter, session.registration()) ? Reason.SUCCESS : Topics.refusal(filter);
  }

  private void unsubscribe(MqttUnsubscribeMessage packet) {
    var codes = new ArrayList<Reason>();
    for (String filter : packet.payload().topics()) {
      boolean was = Topics.isPush(filter, session.registration()) && session.unsubscribe();
      codes.add(was ? Reason.SUCCESS : Reason.NO_SUBSCRIPTION);
    }
    if (codes.isEmpty()) {
      end(Reason.PROTOCOL_ERROR);
      return;
    }
    int packetId = packet.variableHeader().messageId();
    connection.write(Packets.unsubscribed(connection.channel().alloc(), v5, packetId, codes));
  }

  private void published(MqttPublishMessage packet) {
    MqttQoS qos = packet.fixedHeader().qosLevel();
    boolean acknowledge = qos == MqttQoS.AT_LEAST_ONCE;
    if (qos == MqttQoS.EXACTLY_ONCE) {
      end(Reason.QOS);
    } else if (packet.fixedHeader().isRetain()) {
      end(Reason.RETAIN);
    } else if (packet.variableHeader().properties().getProperty(MqttProperties.TOPIC_ALIAS)
        != null) {
      end(Reason.TOPIC_ALIAS);
    } else if (!Topics.isReceipt(packet.variableHeader().topicName(), session.registration())) {
      end(Reason.TOPIC_NAME);
    } else if (v5 && acknowledge && session.inbox().isFull()) {
      end(Reason.RECEIVE_MAXIMUM);
    } else {
      int packetId = acknowledge ? packet.variableHeader().packetId() : Inbox.UNACKNOWLEDGED;
      session.inbox().take(packetId, ReceiptReader.read(ByteBufUtil.getBytes(packet.payload())));
    }
  }

  @Override
  public void over(Reason reason) {
    session.closed();
    connection.gateway().shared().listener().disconnected(reason.label());
  }

  @Override
  public void sayGoodbye(Reason reason) {
    if (v5) {
      connection.write(Packets.goodbye(connection.channel().alloc(), reason));
    }
  }

  @Override
  public void writable() {
    session.turn();
  }

  @Override
  public boolean hasRoom() {
    return connection.isWritable();
  }

  @Override
  public boolean parcel(int packetId, DeliveryAttempt deliveryAttempt) {
    Payloads.Parcel parcel = connection.loop().payloads().parcel(deliveryAttempt);
    String delivery = deliveryAttempt.delivery().wire();
    int bytes = parcel.length(delivery);
    if (Packets.publishBytes(v5, bytes) > maxPacketBytes) {
      return false;
    }
    ByteBuf buf = publish(packetId, bytes);
    parcel.write(buf, delivery);
    connection.write(buf);
    return true;
  }

  @Override
  public void withdraw(int packetId, List<DeliveryId> deliveries) {
    byte[] payload = Payloads.withdraw(deliveries);
    connection.write(publish(packetId, payload.length).writeBytes(payload));
  }

  private ByteBuf publish(int packetId, int bytes) {
    RegistrationId registration = session.registration();
    return Packets.publish(connection.channel().alloc(), v5, packetId, registration, bytes);
  }

  @Override
  public void acknowledge(int packetId, Reason reason) {
    if (!connection.isOver()) {
      connection.write(Packets.acknowledgement(connection.channel().alloc(), v5, packetId, reason));
    }
  }

  @Override
  public void hold(boolean held) {
    connection.hold(Connection.Hold.RECEIPTS, held);
  }

  @Override
  public void end(Reason reason) {
    connection.end(reason);
  }

  @Override
  public boolean onLoop(Runnable task) {
    return connection.loop().execute(task);
  }

  @Override
  public void aside(Runnable task) {
    Thread.ofVirtual().name("session").start(task);
  }

  @Override
  public void later(Runnable task) {
    connection.loop().later(task);
  }
}
