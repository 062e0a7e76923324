// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.boomerang.web.limit.MemoryBudget.Grant;
import dev.boomerang.web.limit.MemoryBudget.Lease;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Notes when the first byte of a request's head arrived, which the HTTP decoder does not tell, and
/// charges long heads that are on their way to the memory there is for them. Stands in front of the
/// decoder; used by the event loop alone.
final class HeadTimer extends ChannelInboundHandlerAdapter {
  static final String NAME = "headTimer";

  /// The decoder holds a head as bytes and as texts.
  private static final int COPIES = 2;

  private static final int FREE_BYTES = 8 * 1024;

  private final LongSupplier nanos;
  private final ChannelHandlerContext context;
  private final Lease memory;
  private boolean awaiting = true;
  private long length;
  private OptionalLong firstByte = OptionalLong.empty();

  HeadTimer(ChannelHandlerContext context, Lease memory, LongSupplier nanos) {
    this.context = context;
    this.memory = memory;
    this.nanos = nanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    if (awaiting && firstByte.isEmpty()) {
      firstByte = OptionalLong.of(nanos.getAsLong());
    }
    if (awaiting && bytes instanceof ByteBuf buffer && !fits(buffer.readableBytes())) {
      buffer.release();
      var _ = ctx.close();
    } else {
      ctx.fireChannelRead(bytes);
    }
  }

  /// Whether so many bytes more of a head may be held. What most heads need is free.
  private boolean fits(int more) {
    length += more;
    return length <= FREE_BYTES || memory.arrive((long) COPIES * more) == Grant.GRANTED;
  }

  /// Whether no head is complete yet that has not been answered.
  boolean isAwaiting() {
    return awaiting;
  }

  /// Returns when the head that is on its way began; empty if none is.
  OptionalLong began() {
    return awaiting ? firstByte : OptionalLong.empty();
  }

  /// A head is complete. Returns when it began, or now for one that waited behind another.
  long complete() {
    long began = awaiting && firstByte.isPresent() ? firstByte.getAsLong() : nanos.getAsLong();
    awaiting = false;
    firstByte = OptionalLong.empty();
    length = 0;
    memory.drop();
    return began;
  }

  /// The request is read to its end: what comes now is the next one's head.
  void next() {
    awaiting = true;
    firstByte = OptionalLong.empty();
  }

  /// The connection is gone.
  void close() {
    memory.close();
  }

  /// Answers a head that never ended, for which there is no request to answer, and closes.
  void timeOut(String date) {
    String answer =
        "HTTP/1.1 408 Request Timeout\r\nDate: "
            + date
            + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    // From here, because what stands behind is the encoder, which takes no bytes.
    context
        .pipeline()
        .context(this)
        .writeAndFlush(Unpooled.copiedBuffer(answer, US_ASCII))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
