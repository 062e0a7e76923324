// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

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

/// The socket side of one device connection, the last handler of its pipeline: reading and pausing,
/// writing and flushing, silence and the end. What packets mean is its [Stage]'s business. On the
/// event loop only.
final class Connection extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());

  /// Why reading pauses; several may hold at once.
  enum Hold {
    ADMISSION(1),
    RECEIPTS(2),
    CROWD(4),
    SLOW_READER(8);

    private final int bit;

    Hold(int bit) {
      this.bit = bit;
    }
  }

  /// How long a connection that has ended may linger, so that the device can read why.
  private static final int LINGER_BEATS = 2;

  private final Gateway gateway;
  private final Loop loop;
  private final Channel channel;
  private SocketAddress remote;
  private Stage stage = new Stranger(this);
  private int place;
  private int lastHeard;
  private int patience;
  private byte holds;
  private boolean unflushed;

  Connection(Gateway gateway, Loop loop, Channel channel) {
    this.gateway = gateway;
    this.loop = loop;
    this.channel = channel;
    this.remote = channel.remoteAddress();
    this.patience = Loop.beats(gateway.config().patience().connect());
  }

  Gateway gateway() {
    return gateway;
  }

  Loop loop() {
    return loop;
  }

  Channel channel() {
    return channel;
  }

  /// The address of the device, as far as it is known.
  SocketAddress remote() {
    return remote;
  }

  /// Whether the socket is a trusted proxy's, which may tell whom it brings.
  boolean isFromProxy() {
    return channel.remoteAddress() instanceof InetSocketAddress peer
        && peer.getAddress() != null
        && gateway.config().peers().trustedProxies().trusts(peer.getAddress());
  }

  /// The device's address has become known. Too many of it that say nothing: the oldest goes.
  void cameFrom(SocketAddress device) {
    gateway.pending().remove(remote, this);
    remote = device;
    if (stage instanceof Stranger) {
      gateway.pending().add(device, this).ifPresent(Connection::giveWay);
    }
  }

  /// A proxy that speaks HTTP tells whom it brings in its headers.
  void forwardedFor(List<String> hops) {
    if (isFromProxy() && remote instanceof InetSocketAddress peer && !hops.isEmpty()) {
      TrustedProxies proxies = gateway.config().peers().trustedProxies();
      cameFrom(new InetSocketAddress(proxies.client(peer.getAddress(), hops), peer.getPort()));
    }
  }

  /// From any thread: closes unless it has sent its CONNECT meanwhile.
  private void giveWay() {
    loop.execute(
        () -> {
          if (stage instanceof Stranger) {
            close(Reason.TOO_MANY_PENDING);
          }
        });
  }

  /// A device that is in may be silent for so many beats; a connection before and after has them in
  /// all.
  void enter(Stage next, int silentBeats) {
    if (stage instanceof Stranger) {
      gateway.pending().remove(remote, this);
    }
    stage = next;
    patience = silentBeats;
    lastHeard = loop.beats();
  }

  boolean isOver() {
    return stage == Stage.Over.OVER;
  }

  boolean isWritable() {
    return !isOver() && channel.isWritable();
  }

  /// Pauses reading (`held`) or lifts the pause.
  void hold(Hold why, boolean held) {
    boolean reading = holds == 0;
    holds = (byte) (held ? holds | why.bit : holds & ~why.bit);
    if (reading != (holds == 0) && !isOver()) {
      channel.config().setAutoRead(holds == 0);
    }
  }

  /// Reads on, or goes on pausing, as the store can bear.
  void lookAtCrowd() {
    boolean crowded = gateway.shared().devices().isBackpressured() && !isOver();
    if (crowded) {
      loop.pauseWhileCrowded(this);
    }
    hold(Hold.CROWD, crowded);
  }

  private boolean isHeld(Hold why) {
    return (holds & why.bit) != 0;
  }

  /// Writes now, flushes at the end of the pass.
  void write(ByteBuf packet) {
    var _ = channel.write(packet, channel.voidPromise());
    if (!unflushed) {
      unflushed = true;
      loop.flushSoon(this);
    }
  }

  void flush() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
  }

  /// Says why, if there is a way to, and closes.
  void end(Reason reason) {
    if (!isOver()) {
      stage.sayGoodbye(reason);
      over(reason);
      closeGently();
    }
  }

  /// The device closes, or did.
  void close(Reason reason) {
    over(reason);
    var _ = channel.close();
  }

  private void over(Reason reason) {
    if (!isOver()) {
      Stage last = stage;
      enter(Stage.Over.OVER, LINGER_BEATS);
      last.over(reason);
    }
  }

  /// Sends what was written and then the end of the stream, and reads on into the void until the
  /// device closes too or the linger is over. Closing at once, with bytes of the device still
  /// unread, would let the network drop our last words.
  private void closeGently() {
    channel.config().setAutoRead(true);
    boolean webSocket = channel.pipeline().get(WebSocketBytes.class) != null;
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

  /// Called in each beat.
  void beat(int now) {
    if (now - lastHeard <= patience) {
      return;
    }
    if (isOver()) {
      var _ = channel.close();
    } else if ((holds & ~Hold.SLOW_READER.bit) != 0) {
      lastHeard = now; // It is we who do not listen.
    } else {
      end(stage instanceof Guest ? Reason.KEEP_ALIVE : Reason.CONNECT_TIMEOUT);
    }
  }

  void moved(int newPlace) {
    place = newPlace;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    place = loop.add(this);
    lastHeard = loop.beats();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    over(Reason.GONE);
    loop.remove(place);
    gateway.closed();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof MqttMessage packet) {
      take(packet);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  /// Takes a packet and releases it.
  void take(MqttMessage packet) {
    try {
      if (stage instanceof Guest) {
        lastHeard = loop.beats();
      }
      stage.take(packet);
      if (!isHeld(Hold.CROWD)) {
        lookAtCrowd();
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
    hold(Hold.SLOW_READER, !channel.isWritable());
    stage.writable();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    over(Reason.GONE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset connection, a broken TLS record: the peer's doing, and nothing to wake anyone for.
    LOG.log(System.Logger.Level.DEBUG, "connection fails", cause);
    close(Reason.GONE);
  }
}
