// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// A device connection without a socket: what the device sends is put in with [#deliver], what the
/// server writes goes to a [Sink] and is forgotten. As small as a channel can be, so that what is
/// measured is what the gateway adds.
final class MemoryChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);
  private static final SocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  /// Told of the first byte of everything the server writes. On an event loop.
  interface Sink {
    /// `bytes` is released when this returns.
    void written(MemoryChannel to, ByteBuf bytes);
  }

  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final Sink sink;
  private boolean open = true;

  MemoryChannel(Sink sink) {
    super(null);
    this.sink = sink;
  }

  /// The device sends these. From any thread.
  void deliver(ByteBuf bytes) {
    eventLoop()
        .execute(
            () -> {
              pipeline().fireChannelRead(bytes);
              pipeline().fireChannelReadComplete();
            });
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new AbstractUnsafe() {
      @Override
      public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        promise.setFailure(new UnsupportedOperationException());
      }
    };
  }

  /// Accepts everything at once: this device's socket buffer is never full.
  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    for (Object message = out.current(); message != null; message = out.current()) {
      sink.written(this, (ByteBuf) message);
      out.remove();
    }
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected SocketAddress localAddress0() {
    return ADDRESS;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return ADDRESS;
  }

  @Override
  protected void doBind(SocketAddress local) {}

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doClose() {
    open = false;
  }

  @Override
  protected void doBeginRead() {}

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open && isRegistered();
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }
}
