// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/// Turns WebSocket frames into bytes and back. MQTT packets and frames need not begin or end
/// together (MQTT 5, section 6).
@Sharable
public final class WebSocketFrameCodec extends ChannelDuplexHandler {
  static final WebSocketFrameCodec INSTANCE = new WebSocketFrameCodec();

  private WebSocketFrameCodec() {}

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case BinaryWebSocketFrame frame -> ctx.fireChannelRead(frame.content());
      case ContinuationWebSocketFrame frame -> ctx.fireChannelRead(frame.content());
      case PingWebSocketFrame ping -> {
        if (ctx.channel().isWritable()) {
          var _ = ctx.writeAndFlush(new PongWebSocketFrame(ping.content()));
        } else {
          ping.release();
        }
      }
      case PongWebSocketFrame pong -> pong.release();
      case CloseWebSocketFrame close -> close(ctx, close);
      case WebSocketFrame text -> {
        text.release();
        close(ctx, new CloseWebSocketFrame(WebSocketCloseStatus.INVALID_MESSAGE_TYPE));
      }
      default -> ReferenceCountUtil.release(message); // not a frame: nothing we know
    }
  }

  private static void close(ChannelHandlerContext ctx, CloseWebSocketFrame frame) {
    var _ = ctx.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    var _ =
        ctx.write(
            message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message, promise);
  }
}
