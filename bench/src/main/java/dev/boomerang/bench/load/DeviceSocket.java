// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.load;

import dev.boomerang.bench.message.MqttPackets;
import dev.boomerang.bench.message.MqttPackets.Identity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// A device that logs in, subscribes and acknowledges everything. It reads the bytes where they lie
/// and knows no more of MQTT than that takes, because it shares the machine with what it measures.
final class DeviceSocket extends ChannelInboundHandlerAdapter {

  /// What becomes of a device. On its event loop.
  interface Events {
    void subscribed();

    /// Refused, or closed by the server, before or after it was subscribed.
    void lost(String why);

    /// `length` bytes of `in` at `from` are a message for this device.
    void message(ByteBuf in, int from, int length);
  }

  private final Identity identity;
  private final Events events;
  private ByteBuf rest = Unpooled.EMPTY_BUFFER;

  /// Acknowledgements not written yet. They go out together when all that was readable is read.
  private ByteBuf answers = Unpooled.EMPTY_BUFFER;

  private boolean lost;

  DeviceSocket(Identity identity, Events events) {
    this.identity = identity;
    this.events = events;
  }

  /// Sends CONNECT and SUBSCRIBE in one write. MQTT 3.1.1, §3.1.4, lets a client send more before
  /// it has the CONNACK.
  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ByteBuf hello = ctx.alloc().buffer(256);
    MqttPackets.subscribe(MqttPackets.connect(hello, identity), identity.topic());
    var _ = ctx.writeAndFlush(hello, ctx.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (rest.isReadable()) {
      in =
          ctx.alloc()
              .buffer(rest.readableBytes() + in.readableBytes())
              .writeBytes(rest)
              .writeBytes(in);
      ((ByteBuf) message).release();
      rest.release();
      rest = Unpooled.EMPTY_BUFFER;
    }
    while (packet(ctx, in)) {}
    if (in.isReadable()) {
      rest = in;
    } else {
      in.release();
    }
  }

  /// Takes one packet. Returns false, and moves nothing, if there is no whole one. The length is
  /// the variable byte integer of MQTT 3.1.1, §2.2.3.
  private boolean packet(ChannelHandlerContext ctx, ByteBuf in) {
    int start = in.readerIndex();
    int end = in.writerIndex();
    int length = 0;
    int at = start + 1;
    int shift = 0;
    while (true) {
      if (at >= end) {
        return false;
      }
      int digit = in.getUnsignedByte(at++);
      length |= (digit & 0x7F) << shift;
      shift += 7;
      if (digit < 0x80) {
        break;
      }
    }
    if (at + length > end) {
      return false;
    }
    take(ctx, in, at, length, in.getUnsignedByte(start));
    in.readerIndex(at + length);
    return true;
  }

  /// Handles the packet whose first byte is `first` and whose `length` bytes after the fixed header
  /// begin at `at`. Other packets than these three tell a measurement nothing.
  private void take(ChannelHandlerContext ctx, ByteBuf in, int at, int length, int first) {
    switch (first >> 4) {
      case MqttPackets.PUBLISH -> {
        int body = at + 2 + in.getUnsignedShort(at);
        // The two bits are the QoS; only above 0 does a packet id follow the topic.
        if ((first & 0x06) != 0) {
          acknowledge(ctx, in.getUnsignedShort(body));
          body += 2;
        }
        events.message(in, body, length - (body - at));
      }
      case MqttPackets.SUBACK -> events.subscribed();
      case MqttPackets.CONNACK -> {
        int code = in.getUnsignedByte(at + 1);
        if (code != 0) {
          lost("refused with " + code);
        }
      }
      default -> {}
    }
  }

  private void acknowledge(ChannelHandlerContext ctx, int packetId) {
    if (!answers.isReadable()) {
      answers = ctx.alloc().buffer(64);
    }
    MqttPackets.acknowledge(answers, packetId);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (answers.isReadable()) {
      var _ = ctx.writeAndFlush(answers, ctx.voidPromise());
      answers = Unpooled.EMPTY_BUFFER;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lost("closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    lost(cause.toString());
    var _ = ctx.close();
  }

  /// Reports the first reason only: a refusal is followed by the close it causes.
  private void lost(String why) {
    if (!lost) {
      lost = true;
      events.lost(why);
    }
  }
}
