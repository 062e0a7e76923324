// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;

/// Turns an HTTP GET on any path into a WebSocket of the subprotocol `mqtt`. Any other request gets
/// 426, a bad handshake 400.
final class WebSocketUpgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
  /// `mqttv3.1` is what old MQTT 3.1 clients ask for.
  private static final String SUBPROTOCOLS = "mqtt,mqttv3.1";

  private final TransportListener listener;
  private final int maxFrameBytes;

  WebSocketUpgrade(TransportListener listener, int maxFrameBytes) {
    this.listener = listener;
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    Channel channel = ctx.channel();
    listener.forwardedFor(request.headers().getAll("X-Forwarded-For"));
    boolean upgrades =
        request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    if (request.decoderResult().isFailure() || !upgrades) {
      refuse(
          channel, upgrades ? HttpResponseStatus.BAD_REQUEST : HttpResponseStatus.UPGRADE_REQUIRED);
      return;
    }
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("", SUBPROTOCOLS, false, maxFrameBytes)
            .newHandshaker(request);
    if (handshaker == null) {
      var _ =
          WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel)
              .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    try {
      var _ = handshaker.handshake(channel, request);
    } catch (WebSocketHandshakeException _) {
      refuse(channel, HttpResponseStatus.BAD_REQUEST);
      return;
    }
    ctx.pipeline().replace(this, "frames", WebSocketFrameCodec.INSTANCE);
  }

  private static void refuse(Channel channel, HttpResponseStatus status) {
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
    var _ = channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
