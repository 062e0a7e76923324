// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import dev.boomerang.gateway.session.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageFactory;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.List;
import java.util.Optional;

/// Validates packets before they reach the decoder, which is lenient. It passes on whole, valid
/// packets, as many in one piece as came. The first invalid one becomes an invalid [MqttMessage]
/// with an [InvalidPacketException]; what follows it is thrown away.
public final class PacketValidationHandler extends ByteToMessageDecoder {
  private static final int CONNECT = 0x10;
  private static final int MOST_LENGTH_BYTES = 4;
  private static final int INCOMPLETE = -1;
  private static final int V5 = 5;
  private static final int V3_1_1 = 4;

  private final int maxPacketBytes;

  /// Validates what follows the CONNECT; empty before it.
  private Optional<PacketValidator> validator = Optional.empty();

  /// The protocol level of the CONNECT; 0 while it is not known.
  private int level;

  private boolean failed;

  public PacketValidationHandler(int maxPacketBytes) {
    this.maxPacketBytes = maxPacketBytes;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (failed) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int valid = in.readerIndex();
    Optional<InvalidPacketException> fault = Optional.empty();
    try {
      int end = validEnd(in, valid);
      while (end != INCOMPLETE) {
        valid = end;
        end = validEnd(in, valid);
      }
    } catch (InvalidPacketException e) {
      fault = Optional.of(e);
    }
    if (valid > in.readerIndex()) {
      out.add(in.readRetainedSlice(valid - in.readerIndex()));
    }
    if (fault.isPresent()) {
      failed = true;
      in.skipBytes(in.readableBytes());
      out.add(invalid(fault.get()));
    }
  }

  /// Returns where the packet that begins at `begin` ends, if all of it is here.
  private int validEnd(ByteBuf in, int begin) {
    int most = Math.min(in.writerIndex(), begin + 1 + MOST_LENGTH_BYTES);
    int length = 0;
    for (int at = begin + 1; at < most; at++) {
      int digit = in.getUnsignedByte(at);
      length |= (digit & 0x7F) << (7 * (at - begin - 1));
      if ((digit & 0x80) == 0) {
        boolean isShortest = digit != 0 || at == begin + 1;
        return validEnd(in, begin, at + 1, length, isShortest);
      }
    }
    if (most - begin > MOST_LENGTH_BYTES) {
      throw InvalidPacketException.malformed();
    }
    return INCOMPLETE;
  }

  private int validEnd(ByteBuf in, int begin, int body, int length, boolean isShortest) {
    int first = in.getUnsignedByte(begin);
    int readable = Math.min(in.writerIndex(), body + length);
    if (body - begin + length > maxPacketBytes) {
      if (validator.isEmpty() && first == CONNECT) {
        level = ConnectValidator.level(new PacketReader(in, body, readable));
      }
      throw InvalidPacketException.of(ReasonCode.TOO_LARGE);
    }
    if (readable < body + length) {
      return INCOMPLETE;
    }
    var packet = new PacketReader(in, body, body + length);
    if (validator.isPresent()) {
      validator.get().check(first, packet);
    } else {
      validator = Optional.of(connect(first, packet));
    }
    if (!isShortest && level == V5) {
      throw InvalidPacketException.malformed();
    }
    return body + length;
  }

  private PacketValidator connect(int first, PacketReader packet) {
    if (first >> 4 != MqttMessageType.CONNECT.value()) {
      throw InvalidPacketException.protocolError();
    }
    if (first != CONNECT) {
      throw InvalidPacketException.malformed();
    }
    level = ConnectValidator.level(packet);
    long sessionExpiry = ConnectValidator.check(packet, level);
    return new PacketValidator(level == V5, sessionExpiry > 0);
  }

  /// Returns the message for an invalid packet. An unknown version is answered as MQTT 3.1.1 does.
  /// A CONNECT whose version never became known has no variable header, and so gets no answer.
  private MqttMessage invalid(InvalidPacketException fault) {
    if (validator.isPresent() || (level == 0 && fault.reasonCode() != ReasonCode.VERSION)) {
      return MqttMessageFactory.newInvalidMessage(fault);
    }
    int known = level == 0 ? V3_1_1 : level;
    return MqttMessageFactory.newInvalidMessage(
        new MqttFixedHeader(MqttMessageType.CONNECT, false, MqttQoS.AT_MOST_ONCE, false, 0),
        new MqttConnectVariableHeader(
            MqttVersion.MQTT_5.protocolName(), known, false, false, false, 0, false, false, 0),
        fault);
  }
}
