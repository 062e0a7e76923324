// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.connection;

import dev.boomerang.gateway.connection.ConnectionState.Step;
import dev.boomerang.gateway.login.PendingConnections.Pending;
import dev.boomerang.gateway.session.ReasonCode;
import dev.boomerang.gateway.transport.TransportListener;
import dev.boomerang.gateway.transport.WebSocketFrameCodec;
import dev.boomerang.model.text.TrustedProxies;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Function;

/// Handles one device connection as the last handler of its pipeline: reading and pausing, writing
/// and flushing, timeouts and the close. Its [ConnectionState] decides what packets mean. On the
/// event loop only.
public final class MqttConnection extends ChannelInboundHandlerAdapter
    implements EventLoopContext.Member, TransportListener, Pending {
  private static final System.Logger LOG = System.getLogger(MqttConnection.class.getName());

  /// Says why reading pauses; several reasons may apply at once.
  enum ReadPause {
    AUTHENTICATION(1),
    RECEIPTS(2),
    BACKPRESSURE(4),
    SLOW_READER(8);

    private final int bit;

    ReadPause(int bit) {
      this.bit = bit;
    }
  }

  /// A closed connection may linger for this many ticks, so that the device can read the reason.
  private static final int LINGER_TICKS = 2;

  private final ConnectionContext context;
  private final EventLoopContext eventLoop;
  private final Channel channel;
  private SocketAddress remote;
  private ConnectionState state;
  private int index;
  private int lastHeard;
  private int maxSilentTicks;
  private byte pauses;
  private boolean unflushed;

  public MqttConnection(
      ConnectionContext context,
      EventLoopContext eventLoop,
      Channel channel,
      Function<MqttConnection, ConnectionState> initialState) {
    this.context = context;
    this.eventLoop = eventLoop;
    this.channel = channel;
    this.remote = channel.remoteAddress();
    this.state = initialState.apply(this);
    this.maxSilentTicks = EventLoopContext.ticks(context.config().timeouts().connect());
  }

  ConnectionContext context() {
    return context;
  }

  EventLoopContext eventLoop() {
    return eventLoop;
  }

  Channel channel() {
    return channel;
  }

  /// Returns the address of the device, as far as it is known.
  public SocketAddress remoteAddress() {
    return remote;
  }

  /// Returns whether the socket is a trusted proxy's, which may state the client's address.
  public boolean isFromProxy() {
    return channel.remoteAddress() instanceof InetSocketAddress peer
        && peer.getAddress() != null
        && context.config().peers().trustedProxies().trusts(peer.getAddress());
  }

  /// Takes the client's address. If too many connections of it have sent no CONNECT, evicts the
  /// oldest.
  @Override
  public void clientAddress(SocketAddress device) {
    context.pending().remove(remote, this);
    remote = device;
    if (state.step() == Step.AWAITING_CONNECT) {
      context.pending().add(device, this).ifPresent(Pending::evict);
    }
  }

  @Override
  public void forwardedFor(List<String> hops) {
    if (isFromProxy() && remote instanceof InetSocketAddress peer && !hops.isEmpty()) {
      TrustedProxies proxies = context.config().peers().trustedProxies();
      clientAddress(new InetSocketAddress(proxies.client(peer.getAddress(), hops), peer.getPort()));
    }
  }

  /// Closes the connection unless it has sent its CONNECT meanwhile. From any thread.
  @Override
  public void evict() {
    eventLoop.execute(
        () -> {
          if (state.step() == Step.AWAITING_CONNECT) {
            close(ReasonCode.TOO_MANY_PENDING);
          }
        });
  }

  /// Changes the state. A connected device may be silent for `silentTicks`; in the other states
  /// they bound the whole state.
  void changeState(ConnectionState next, int silentTicks) {
    if (state.step() == Step.AWAITING_CONNECT) {
      context.pending().remove(remote, this);
    }
    state = next;
    maxSilentTicks = silentTicks;
    lastHeard = eventLoop.ticks();
  }

  boolean isClosed() {
    return state.step() == Step.CLOSED;
  }

  boolean isWritable() {
    return !isClosed() && channel.isWritable();
  }

  /// Pauses reading for one reason, or ends this reason's pause.
  void pauseReading(ReadPause why, boolean paused) {
    boolean reading = pauses == 0;
    pauses = (byte) (paused ? pauses | why.bit : pauses & ~why.bit);
    if (reading != (pauses == 0) && !isClosed()) {
      channel.config().setAutoRead(pauses == 0);
    }
  }

  /// Pauses reading while the store has too much to write.
  @Override
  public void checkBackpressure() {
    boolean backpressured = context.sessions().devices().isBackpressured() && !isClosed();
    if (backpressured) {
      eventLoop.pauseUntilReady(this);
    }
    pauseReading(ReadPause.BACKPRESSURE, backpressured);
  }

  private boolean isPaused(ReadPause why) {
    return (pauses & why.bit) != 0;
  }

  /// Writes a packet and flushes at the end of the pass.
  void write(ByteBuf packet) {
    var _ = channel.write(packet, channel.voidPromise());
    if (!unflushed) {
      unflushed = true;
      eventLoop.flushSoon(this);
    }
  }

  @Override
  public void flush() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
  }

  /// Sends the device the reason, if the protocol has a packet for it, and closes.
  @Override
  public void disconnect(ReasonCode reasonCode) {
    if (!isClosed()) {
      state.sendDisconnect(reasonCode);
      becomeClosed(reasonCode);
      closeGracefully();
    }
  }

  /// Closes at once, without a reason sent.
  @Override
  public void close(ReasonCode reasonCode) {
    becomeClosed(reasonCode);
    var _ = channel.close();
  }

  private void becomeClosed(ReasonCode reasonCode) {
    if (!isClosed()) {
      ConnectionState last = state;
      changeState(ConnectionState.Closed.CLOSED, LINGER_TICKS);
      last.onClosed(reasonCode);
    }
  }

  /// Sends what was written and then the end of the stream, and ignores what still comes until the
  /// device closes too or the linger time is over. Closing at once, with bytes of the device still
  /// unread, would make the network drop the last packets.
  private void closeGracefully() {
    channel.config().setAutoRead(true);
    boolean webSocket = channel.pipeline().get(WebSocketFrameCodec.class) != null;
    Object last =
        webSocket
            ? new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE)
            : Unpooled.EMPTY_BUFFER;
    var _ = channel.writeAndFlush(last).addListener((ChannelFutureListener) _ -> endStream());
  }

  private void endStream() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      var _ = tls.closeOutbound();
    } else if (channel instanceof DuplexChannel duplex) {
      var _ = duplex.shutdownOutput();
    } else {
      var _ = channel.close();
    }
  }

  /// Closes the connection if it has been silent for too long. Called once in each tick.
  @Override
  public void tick(int now) {
    if (now - lastHeard <= maxSilentTicks) {
      return;
    }
    if (isClosed()) {
      var _ = channel.close();
    } else if ((pauses & ~ReadPause.SLOW_READER.bit) != 0) {
      lastHeard = now; // It is we who do not listen.
    } else {
      disconnect(
          state.step() == Step.CONNECTED ? ReasonCode.KEEP_ALIVE : ReasonCode.CONNECT_TIMEOUT);
    }
  }

  @Override
  public void indexChanged(int newPlace) {
    index = newPlace;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    index = eventLoop.add(this);
    lastHeard = eventLoop.ticks();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    becomeClosed(ReasonCode.GONE);
    eventLoop.remove(index);
    context.onClosed().run();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof MqttMessage packet) {
      handle(packet);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  /// Handles a packet and releases it.
  void handle(MqttMessage packet) {
    try {
      if (state.step() == Step.CONNECTED) {
        lastHeard = eventLoop.ticks();
      }
      state.onPacket(packet);
      if (!isPaused(ReadPause.BACKPRESSURE)) {
        checkBackpressure();
      }
    } finally {
      ReferenceCountUtil.release(packet);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    pauseReading(ReadPause.SLOW_READER, !channel.isWritable());
    state.onWritable();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    becomeClosed(ReasonCode.GONE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset connection or a broken TLS record comes from the peer: no operator can act on it.
    LOG.log(System.Logger.Level.DEBUG, "connection failed", cause);
    close(ReasonCode.GONE);
  }
}
