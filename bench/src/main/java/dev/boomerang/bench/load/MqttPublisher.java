// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.load;

import dev.boomerang.bench.message.MqttPackets;
import dev.boomerang.bench.message.MqttPackets.Identity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;

/// A connection that publishes at QoS 1, for brokers, which get their messages from outside. It
/// gathers packets and writes them together. One thread may use it.
public final class MqttPublisher implements AutoCloseable {
  private static final int MAX_PACKET_ID = 65_535;

  /// Bytes after which gathered packets are written without waiting for a flush.
  private static final int GATHERED_BYTES = 8 * 1024;

  private final ClientSockets clientSockets = new ClientSockets("publisher");
  private final Channel channel;
  private ByteBuf gathered = Unpooled.EMPTY_BUFFER;
  private int packetId;

  /// Connects to `broker` and logs in, without waiting for the CONNACK: MQTT 3.1.1, §3.1.4, lets a
  /// client publish before.
  public MqttPublisher(InetSocketAddress broker) {
    channel =
        clientSockets
            .bootstrap()
            .handler(new Deaf())
            .connect(broker)
            .syncUninterruptibly()
            .channel();
    var identity = new Identity("publisher", "bench", "bench", "");
    var _ = channel.writeAndFlush(MqttPackets.connect(Unpooled.buffer(), identity));
  }

  /// Adds a message, which goes out with the next [#flush] or earlier. Packet ids go round without
  /// a look at what is unacknowledged; callers keep far fewer than 65,535 under way.
  public void publish(String topic, byte[] payload) {
    if (!gathered.isReadable()) {
      gathered = channel.alloc().buffer(GATHERED_BYTES + 1_024);
    }
    packetId = packetId % MAX_PACKET_ID + 1;
    MqttPackets.publish(gathered, topic, packetId, payload);
    if (gathered.readableBytes() >= GATHERED_BYTES) {
      flush();
    }
  }

  /// Writes what is gathered. It does not wait for the broker.
  public void flush() {
    if (gathered.isReadable()) {
      var _ = channel.writeAndFlush(gathered);
      gathered = Unpooled.EMPTY_BUFFER;
    }
  }

  @Override
  public void close() {
    clientSockets.close();
  }

  /// Drops all that the broker sends. Acknowledgements tell nothing that the devices do not tell
  /// better.
  private static final class Deaf extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }
  }
}
