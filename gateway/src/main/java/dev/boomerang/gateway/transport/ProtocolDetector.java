// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.transport;

import dev.boomerang.gateway.mqtt.PacketValidationHandler;
import dev.boomerang.gateway.session.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/// Detects by a connection's first byte which protocol it speaks, and builds the pipeline for it:
/// the PROXY protocol of a trusted proxy (`P`, or 0x0D of version 2), after which it detects again;
/// a TLS handshake (0x16), after which it detects again inside; HTTP (`G` of GET), to become a
/// WebSocket; MQTT (0x10, a CONNECT). Anything else is closed without an answer, since the protocol
/// to answer in is unknown.
public final class ProtocolDetector extends ChannelInboundHandlerAdapter {
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int MQTT_CONNECT = 0x10;
  private static final int HTTP_GET = 'G';
  private static final int PROXY_V1 = 'P';
  private static final int PROXY_V2 = 0x0D;

  /// The most bytes of a PROXY header beside the addresses, such as the name in a client
  /// certificate.
  private static final int MAX_PROXY_EXTRAS = 4 * 1024;

  /// The most bytes of an upgrade request's headers; browsers send cookies with it.
  private static final int MAX_HTTP_HEADERS = 16 * 1024;

  private static final int MAX_HTTP_LINE = 4 * 1024;

  private final TransportListener listener;
  private final int maxPacketBytes;
  private Optional<SslContext> tls;

  /// True while the first bytes of a connection from a trusted proxy are still to come; a proxy's
  /// header can stand nowhere else.
  private boolean mayBeProxy;

  /// `fromTrustedProxy` allows a PROXY header. Without `tls` a TLS handshake is refused.
  public ProtocolDetector(
      TransportListener listener,
      boolean fromTrustedProxy,
      int maxPacketBytes,
      Optional<SslContext> tls) {
    this.listener = listener;
    this.mayBeProxy = fromTrustedProxy;
    this.maxPacketBytes = maxPacketBytes;
    this.tls = tls;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    if (bytes instanceof HAProxyMessage header) {
      ProxyHeader.source(header).ifPresent(listener::clientAddress);
      header.release();
      return;
    }
    if (!(bytes instanceof ByteBuf buf) || !buf.isReadable()) {
      ReferenceCountUtil.release(bytes);
      return;
    }
    ChannelPipeline pipeline = ctx.pipeline();
    int first = buf.getUnsignedByte(buf.readerIndex());
    boolean isProxy = mayBeProxy && (first == PROXY_V1 || first == PROXY_V2);
    mayBeProxy = false;
    if (isProxy) {
      pipeline.addFirst(new HAProxyMessageDecoder(MAX_PROXY_EXTRAS, true));
      pipeline.fireChannelRead(bytes);
    } else if (first == TLS_HANDSHAKE && tls.isPresent()) {
      pipeline.addFirst(tls.get().newHandler(ctx.alloc()));
      tls = Optional.empty();
      pipeline.fireChannelRead(bytes);
    } else if (first == MQTT_CONNECT) {
      addMqtt(ctx);
      passOn(ctx, bytes);
    } else if (first == HTTP_GET) {
      addMqtt(ctx);
      pipeline.addAfter(ctx.name(), "upgrade", new WebSocketUpgrade(listener, maxFrameBytes()));
      pipeline.addAfter(ctx.name(), "whole", new HttpObjectAggregator(MAX_HTTP_LINE));
      pipeline.addAfter(
          ctx.name(), "http", new HttpServerCodec(MAX_HTTP_LINE, MAX_HTTP_HEADERS, MAX_HTTP_LINE));
      passOn(ctx, bytes);
    } else {
      ReferenceCountUtil.release(bytes);
      listener.close(ReasonCode.PROTOCOL_ERROR);
    }
  }

  private void passOn(ChannelHandlerContext ctx, Object bytes) {
    ctx.pipeline().remove(this);
    // This context, though removed, still knows the handler after it: the first of the new ones.
    ctx.fireChannelRead(bytes);
  }

  private void addMqtt(ChannelHandlerContext ctx) {
    ctx.pipeline()
        .addAfter(ctx.name(), "mqtt", new MqttDecoder(maxPacketBytes))
        .addAfter(ctx.name(), "validation", new PacketValidationHandler(maxPacketBytes));
  }

  /// Returns the largest WebSocket frame. A device may put several packets into a frame, but hardly
  /// more than the largest packet takes.
  private int maxFrameBytes() {
    return maxPacketBytes + 1024;
  }
}
