// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import dev.boomerang.bench.message.MqttPackets;
import dev.boomerang.bench.message.MqttPackets.Identity;
import dev.boomerang.bench.report.LatencyHistogram;
import dev.boomerang.gateway.Gateway;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.gateway.config.GatewayListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A process with as many sessions as one heap holds: the gateway's own objects from its handlers
/// inward, over channels without sockets. It prints its figures as `name=value`.
///
/// Argument: how many.
public final class MillionProcess implements AutoCloseable {
  private static final int LOOPS = 2;

  /// Channels that may be open without being subscribed yet; more would only queue in the gateway.
  private static final int LOG_INS_AT_ONCE = 2_000;

  private static final int EMPTY_CHANNELS = 100_000;
  private static final int DELIVERIES = 20_000;

  /// Deliveries at the beginning that are not recorded, for the compiler to settle.
  private static final int UNHURRIED = 2_000;

  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(LOOPS, LocalIoHandler.newFactory());
  private final List<MemoryChannel> channels = new ArrayList<>();
  private final AtomicInteger subscribed = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /// When the last message was written, as `System.nanoTime`; 0 while it is awaited.
  private final AtomicLong arrivedAt = new AtomicLong();

  private MillionProcess() {}

  public static void main(String[] args) throws IOException {
    Clock clock = Clock.systemUTC();
    try (var gatewayEngine = new GatewayEngine(clock);
        var gateway =
            Gateway.open(
                GatewayConfig.at("127.0.0.1", 0),
                gatewayEngine.engine().devices(),
                GatewayListener.NONE,
                clock);
        var process = new MillionProcess()) {
      double transport = process.transport();
      List<Identity> identities = gatewayEngine.register(Integer.parseInt(args[0]));
      process.connect(gateway, identities.getFirst());
      process.forget();
      process.run(
          gateway, identities, new OfferGenerator(gatewayEngine, identities, clock), transport);
    }
  }

  /// Returns the heap bytes of a channel without a gateway's handlers. The report names it beside
  /// the whole, since a real socket's channel takes another amount.
  private double transport() {
    long before = GatewayProcess.heap();
    for (int i = 0; i < EMPTY_CHANNELS; i++) {
      var _ =
          open(
              new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {}
              });
    }
    double each = (double) (GatewayProcess.heap() - before) / EMPTY_CHANNELS;
    forget();
    return each;
  }

  /// Connects all devices, measures the heap they take, delivers to them and prints the line `done`
  /// that [dev.boomerang.bench.MillionBench] reads.
  private void run(
      Gateway gateway, List<Identity> identities, OfferGenerator messageOffers, double transport) {
    long before = GatewayProcess.heap();
    long begin = System.nanoTime();
    for (Identity identity : identities) {
      connect(gateway, identity);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    LockSupport.parkNanos(2_000_000_000L);
    double each = (double) (GatewayProcess.heap() - before) / identities.size();
    LatencyHistogram latencyHistogram = deliver(messageOffers, identities.size());
    System.out.println(
        "done sessions="
            + (subscribed.get() - 1)
            + " each="
            + each
            + " transport="
            + transport
            + " perSecond="
            + identities.size() / seconds
            + " p50="
            + latencyHistogram.millis(50)
            + " p99="
            + latencyHistogram.millis(99)
            + " max="
            + latencyHistogram.maxMillis());
  }

  /// Opens a channel and registers it with one of the loops; it is active when this returns.
  private MemoryChannel open(ChannelHandler handler) {
    var channel = new MemoryChannel(this::written);
    channel.pipeline().addLast(handler);
    EventLoop loop = loops.next();
    loop.register(channel).syncUninterruptibly();
    channels.add(channel);
    return channel;
  }

  /// Logs a device in; waits while [#LOG_INS_AT_ONCE] others are at it. Throws
  /// `IllegalStateException` if one is refused or they make no progress for ten seconds.
  private void connect(Gateway gateway, Identity identity) {
    MemoryChannel channel = open(gateway.initializer());
    ByteBuf hello = MqttPackets.connect(Unpooled.buffer(160), identity);
    channel.deliver(MqttPackets.subscribe(hello, identity.topic()));
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (channels.size() - subscribed.get() > LOG_INS_AT_ONCE) {
      if (System.nanoTime() > end || refused.get() > 0) {
        throw new IllegalStateException(
            channels.size() + " channels, subscribed " + subscribed + ", refused " + refused);
      }
      LockSupport.parkNanos(100_000);
    }
  }

  /// Closes all channels and waits for each, so that what follows counts from zero.
  private void forget() {
    channels.forEach(channel -> channel.close().syncUninterruptibly());
    channels.clear();
    subscribed.set(0);
  }

  /// To one session after the other, drawn by lot, each when the last message has arrived.
  private LatencyHistogram deliver(OfferGenerator messageOffers, int count) {
    var random = new Random(1);
    var latencyHistogram = new LatencyHistogram();
    for (int i = 0; i < DELIVERIES + UNHURRIED; i++) {
      int index = random.nextInt(count);
      arrivedAt.set(0);
      long begin = System.nanoTime();
      messageOffers.to(index, begin);
      while (arrivedAt.get() == 0) {
        Thread.onSpinWait();
        if (System.nanoTime() - begin > PATIENCE_NANOS) {
          throw new IllegalStateException("a message does not arrive");
        }
      }
      if (i >= UNHURRIED) {
        latencyHistogram.record(arrivedAt.get() - begin);
      }
      // The window was empty, so the gateway gave the message packet id 1.
      channels.get(index).deliver(MqttPackets.acknowledge(Unpooled.buffer(4), 1));
    }
    return latencyHistogram;
  }

  /// Looks at the first packet of what the gateway writes. On the channel's loop. A CONNACK's
  /// return code is its fourth byte (MQTT 3.1.1, §3.2).
  private void written(MemoryChannel to, ByteBuf bytes) {
    int type = bytes.isReadable() ? bytes.getUnsignedByte(bytes.readerIndex()) >> 4 : 0;
    switch (type) {
      case MqttPackets.PUBLISH -> arrivedAt.set(System.nanoTime());
      case MqttPackets.SUBACK -> subscribed.incrementAndGet();
      case MqttPackets.CONNACK -> {
        if (bytes.getByte(bytes.readerIndex() + 3) != 0) {
          refused.incrementAndGet();
        }
      }
      default -> {}
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
