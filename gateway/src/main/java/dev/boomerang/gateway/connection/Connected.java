// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.connection;

import static java.util.stream.Collectors.toCollection;

import dev.boomerang.engine.deliver.AuthResult.Authenticated;
import dev.boomerang.gateway.mqtt.ConnectRequest.Valid;
import dev.boomerang.gateway.mqtt.InvalidPacketException;
import dev.boomerang.gateway.mqtt.PacketWriter;
import dev.boomerang.gateway.mqtt.PayloadEncoder;
import dev.boomerang.gateway.mqtt.Topics;
import dev.boomerang.gateway.session.DeviceLink;
import dev.boomerang.gateway.session.ReasonCode;
import dev.boomerang.gateway.session.ReceiptQueue;
import dev.boomerang.gateway.session.ReceiptReader;
import dev.boomerang.gateway.session.Session;
import dev.boomerang.gateway.session.SessionContext;
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

/// Serves a connected device: translates between MQTT packets and its [Session].
final class Connected implements ConnectionState, DeviceLink {
  private final MqttConnection connection;
  private final Session session;
  private final int maxPacketBytes;
  private final boolean v5;

  private Connected(MqttConnection connection, boolean v5, Valid request) {
    this.connection = connection;
    this.v5 = v5;
    this.maxPacketBytes = request.maxPacketBytes();
    SessionContext sessionContext = connection.context().sessions();
    int window = Math.min(sessionContext.flow().inFlight(), request.receiveMaximum());
    int room =
        maxPacketBytes
            - PacketWriter.publishBytes(v5, PayloadEncoder.WITHDRAW_BYTES)
            - PacketWriter.MAX_LENGTH_BYTES;
    int perCommand =
        Math.clamp(room / PayloadEncoder.WITHDRAW_ID_BYTES, 1, Session.MAX_DELIVERIES_PER_COMMAND);
    this.session = new Session(sessionContext, this, request.registration(), window, perCommand);
  }

  /// Connects the device and ends the connection it had before. False, and nothing is done, if its
  /// secret changed and has to be checked again.
  static boolean enter(
      MqttConnection connection, MqttVersion version, Valid request, Authenticated admitted) {
    boolean v5 = version == MqttVersion.MQTT_5;
    ConnectionContext context = connection.context();
    int longest = (int) context.config().timeouts().longestKeepAlive().toSeconds();
    int own = request.keepAliveSeconds();
    boolean tooLong = own == 0 || own > longest;
    int keepAlive = tooLong ? longest : own;
    var device = new Connected(connection, v5, request);
    // Deliveries that are offered from now on wait in the event loop's queue, behind the CONNACK.
    if (!context.sessions().devices().connected(admitted, device.session)) {
      return false;
    }
    connection.changeState(device, EventLoopContext.ticks(keepAlive + (keepAlive + 1) / 2));
    connection.write(
        PacketWriter.connAck(
            connection.channel().alloc(),
            v5,
            new PacketWriter.ConnAckProperties(
                context.config().flow().inFlight(),
                context.config().flow().maxPacketBytes(),
                tooLong ? longest : PacketWriter.OWN_KEEP_ALIVE,
                request.wantsSession())));
    context.sessions().listener().connected(label(version));
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
  public Step step() {
    return Step.CONNECTED;
  }

  @Override
  public void onPacket(MqttMessage packet) {
    if (packet.decoderResult().isFailure()) {
      disconnect(InvalidPacketException.reasonOf(packet.decoderResult().cause()));
      return;
    }
    switch (packet.fixedHeader().messageType()) {
      case PUBACK -> acknowledged((MqttPubReplyMessageVariableHeader) packet.variableHeader());
      case PUBLISH -> published((MqttPublishMessage) packet);
      case SUBSCRIBE -> subscribe((MqttSubscribeMessage) packet);
      case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) packet);
      case PINGREQ -> connection.write(PacketWriter.pingResp(connection.channel().alloc()));
      case DISCONNECT -> connection.close(ReasonCode.LEFT);
      case CONNECT, CONNACK, SUBACK, UNSUBACK, PINGRESP, PUBREC, PUBREL, PUBCOMP, AUTH ->
          disconnect(ReasonCode.PROTOCOL_ERROR);
    }
  }

  /// Passes on a PUBACK. A code of 0x80 and above says that the device could not use the message:
  /// it comes again with the next connection.
  private void acknowledged(MqttPubReplyMessageVariableHeader header) {
    session.acknowledged(header.messageId(), header.reasonCode() >= 0);
  }

  private void subscribe(MqttSubscribeMessage packet) {
    MqttProperties properties = packet.idAndPropertiesVariableHeader().properties();
    boolean numbered = properties.getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null;
    List<ReasonCode> codes =
        packet.payload().topicSubscriptions().stream()
            .map(topic -> numbered ? ReasonCode.SUBSCRIPTION_ID : subscription(topic.topicFilter()))
            .collect(toCollection(ArrayList::new));
    if (codes.isEmpty()) {
      disconnect(ReasonCode.PROTOCOL_ERROR);
      return;
    }
    int packetId = packet.variableHeader().messageId();
    connection.write(PacketWriter.subAck(connection.channel().alloc(), v5, packetId, codes));
    if (codes.contains(ReasonCode.SUCCESS)) {
      session.subscribe();
    }
  }

  private ReasonCode subscription(String filter) {
    return Topics.isPush(filter, session.registration())
        ? ReasonCode.SUCCESS
        : Topics.refusal(filter);
  }

  private void unsubscribe(MqttUnsubscribeMessage packet) {
    var codes = new ArrayList<ReasonCode>();
    for (String filter : packet.payload().topics()) {
      boolean was = Topics.isPush(filter, session.registration()) && session.unsubscribe();
      codes.add(was ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION);
    }
    if (codes.isEmpty()) {
      disconnect(ReasonCode.PROTOCOL_ERROR);
      return;
    }
    int packetId = packet.variableHeader().messageId();
    connection.write(PacketWriter.unsubAck(connection.channel().alloc(), v5, packetId, codes));
  }

  private void published(MqttPublishMessage packet) {
    MqttQoS qos = packet.fixedHeader().qosLevel();
    boolean acknowledge = qos == MqttQoS.AT_LEAST_ONCE;
    if (qos == MqttQoS.EXACTLY_ONCE) {
      disconnect(ReasonCode.QOS);
    } else if (packet.fixedHeader().isRetain()) {
      disconnect(ReasonCode.RETAIN);
    } else if (packet.variableHeader().properties().getProperty(MqttProperties.TOPIC_ALIAS)
        != null) {
      disconnect(ReasonCode.TOPIC_ALIAS);
    } else if (!Topics.isReceipt(packet.variableHeader().topicName(), session.registration())) {
      disconnect(ReasonCode.TOPIC_NAME);
    } else if (v5 && acknowledge && session.receipts().isFull()) {
      disconnect(ReasonCode.RECEIVE_MAXIMUM);
    } else {
      int packetId = acknowledge ? packet.variableHeader().packetId() : ReceiptQueue.UNACKNOWLEDGED;
      session.receipts().add(packetId, ReceiptReader.read(ByteBufUtil.getBytes(packet.payload())));
    }
  }

  @Override
  public void onClosed(ReasonCode reasonCode) {
    session.onClosed();
    connection.context().sessions().listener().disconnected(reasonCode.label());
  }

  @Override
  public void sendDisconnect(ReasonCode reasonCode) {
    if (v5) {
      connection.write(PacketWriter.disconnect(connection.channel().alloc(), reasonCode));
    }
  }

  @Override
  public void onWritable() {
    session.proceed();
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable();
  }

  @Override
  public boolean publish(int packetId, DeliveryAttempt deliveryAttempt) {
    PayloadEncoder.PublishPayload publishPayload =
        connection.eventLoop().payloadEncoder().publishPayload(deliveryAttempt);
    String delivery = deliveryAttempt.delivery().wire();
    int bytes = publishPayload.length(delivery);
    if (PacketWriter.publishBytes(v5, bytes) > maxPacketBytes) {
      return false;
    }
    ByteBuf buf = publish(packetId, bytes);
    publishPayload.write(buf, delivery);
    connection.write(buf);
    return true;
  }

  @Override
  public void withdraw(int packetId, List<DeliveryId> deliveries) {
    byte[] payload = PayloadEncoder.withdraw(deliveries);
    connection.write(publish(packetId, payload.length).writeBytes(payload));
  }

  private ByteBuf publish(int packetId, int bytes) {
    RegistrationId registration = session.registration();
    return PacketWriter.publish(connection.channel().alloc(), v5, packetId, registration, bytes);
  }

  @Override
  public void acknowledge(int packetId, ReasonCode reasonCode) {
    if (!connection.isClosed()) {
      connection.write(PacketWriter.pubAck(connection.channel().alloc(), v5, packetId, reasonCode));
    }
  }

  @Override
  public void pauseReading(boolean paused) {
    connection.pauseReading(MqttConnection.ReadPause.RECEIPTS, paused);
  }

  @Override
  public void disconnect(ReasonCode reasonCode) {
    connection.disconnect(reasonCode);
  }

  @Override
  public boolean execute(Runnable task) {
    return connection.eventLoop().execute(task);
  }

  @Override
  public void runBlocking(Runnable task) {
    Thread.ofVirtual().name("session").start(task);
  }

  @Override
  public void schedule(Runnable task) {
    connection.eventLoop().schedule(task);
  }
}
