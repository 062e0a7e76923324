// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.engine.deliver.Devices;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.gateway.config.GatewayConfig.Tls;
import dev.boomerang.gateway.config.GatewayListener;
import dev.boomerang.gateway.connection.AwaitingConnect;
import dev.boomerang.gateway.connection.ConnectionContext;
import dev.boomerang.gateway.connection.EventLoopContext;
import dev.boomerang.gateway.connection.MqttConnection;
import dev.boomerang.gateway.login.LoginQueue;
import dev.boomerang.gateway.login.LoginThrottle;
import dev.boomerang.gateway.login.PendingConnections;
import dev.boomerang.gateway.session.SessionContext;
import dev.boomerang.gateway.transport.ProtocolDetector;
import dev.boomerang.gateway.transport.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;

/// Listens for devices: MQTT 5, 3.1.1 and 3.1 over TCP, TLS and WebSocket, all on one port.
public final class Gateway implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

  /// [#close] waits at most this long for devices to close their connections.
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private static final int BACKLOG = 4_096;

  private final GatewayConfig config;
  private final SessionContext sessionContext;
  private final ConnectionContext context;
  private final Optional<SslContext> tls;
  private final Map<EventLoop, EventLoopContext> eventLoops = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final MultiThreadIoEventLoopGroup group;
  private final Channel server;

  private Gateway(GatewayConfig config, SessionContext sessionContext, Optional<SslContext> tls)
      throws IOException {
    this.config = config;
    this.sessionContext = sessionContext;
    this.tls = tls;
    Transport transport = Transport.best();
    this.group =
        new MultiThreadIoEventLoopGroup(
            config.eventLoops(), new DefaultThreadFactory("gateway"), transport.io());
    this.context =
        new ConnectionContext(
            config,
            sessionContext,
            new LoginThrottle(config.loginLimits(), group.ticker()::nanoTime),
            new LoginQueue(config.loginLimits().concurrent()),
            new PendingConnections(config.peers().maxPending()),
            this::closed);
    this.server = bind(transport);
    LOG.log(
        System.Logger.Level.INFO,
        "gateway listens address=" + address() + " transport=" + transport.name());
  }

  /// Binds the port and serves. Throws if the port cannot be bound or the certificate cannot be
  /// read.
  public static Gateway open(
      GatewayConfig config, Devices devices, GatewayListener listener, Clock clock)
      throws IOException {
    var sessionContext = new SessionContext(devices, config.flow(), listener, clock);
    Optional<SslContext> tls = Optional.empty();
    if (config.listen().tls().isPresent()) {
      tls = Optional.of(load(config.listen().tls().get()));
    }
    return new Gateway(config, sessionContext, tls);
  }

  private static SslContext load(Tls tls) throws IOException {
    try {
      return SslContextBuilder.forServer(tls.certificates().toFile(), tls.key().toFile()).build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new IOException(
          "cannot use certificate " + tls.certificates() + " with key " + tls.key(), e);
    }
  }

  private Channel bind(Transport transport) throws IOException {
    String host = config.listen().host();
    int port = config.listen().port();
    var flow = config.flow();
    var bound =
        new ServerBootstrap()
            .group(group)
            .channel(transport.server())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(flow.lowWaterBytes(), flow.highWaterBytes()))
            .childHandler(initializer())
            .bind(new InetSocketAddress(host, port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var _ = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new IOException("cannot listen on " + host + ":" + port, bound.cause());
    }
    return bound.channel();
  }

  /// Returns what makes a channel of any transport a connection of this gateway. It is public for
  /// load drivers that connect in memory; the gateway's own port uses it as well.
  public ChannelInitializer<Channel> initializer() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        accept(channel);
      }
    };
  }

  private void accept(Channel channel) {
    sessionContext.listener().opened();
    if (connections.incrementAndGet() > config.maxConnections() || closing.get()) {
      sessionContext.listener().refused("max-connections");
      closed();
      var _ = channel.close();
      return;
    }
    EventLoopContext eventLoop =
        eventLoops.computeIfAbsent(channel.eventLoop(), EventLoopContext::new);
    var connection = new MqttConnection(context, eventLoop, channel, AwaitingConnect::new);
    var detector =
        new ProtocolDetector(
            connection, connection.isFromProxy(), config.flow().maxPacketBytes(), tls);
    channel.pipeline().addLast(detector, connection);
    // The address behind a proxy is known only after its header.
    if (!connection.isFromProxy()) {
      connection.clientAddress(connection.remoteAddress());
    }
  }

  private void closed() {
    connections.decrementAndGet();
    sessionContext.listener().closed();
  }

  /// Returns the number of connections that have sent no CONNECT yet.
  int pending() {
    return context.pending().size();
  }

  /// Returns the address it listens on, with the port that was picked.
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /// Returns the number of open connections, with and without a device.
  public int connections() {
    return connections.get();
  }

  /// Accepts no more connections, tells every device to reconnect later, and closes. Messages that
  /// sessions have not sent go back to the mailbox. Blocks for a few seconds at most.
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    server.close().awaitUninterruptibly();
    eventLoops
        .values()
        .forEach(eventLoopContext -> eventLoopContext.execute(eventLoopContext::disconnectAll));
    for (int i = 0; i < CLOSE_TIMEOUT.toMillis() && connections.get() > 0; i++) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    LOG.log(System.Logger.Level.INFO, "gateway closed");
  }
}
