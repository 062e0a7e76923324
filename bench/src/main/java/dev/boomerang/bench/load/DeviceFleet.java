// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.load;

import dev.boomerang.bench.message.MessageStamp;
import dev.boomerang.bench.message.MqttPackets.Identity;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/// Devices on one thread. Counts what reaches them and hands each message's [MessageStamp] on.
public final class DeviceFleet implements AutoCloseable {
  /// Log-ins under way at once. A gateway bounds the connections that have not logged in yet; more
  /// would be refused and not measure anything.
  private static final int AT_ONCE = 200;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ClientSockets clientSockets = new ClientSockets("devices");
  private final InetSocketAddress server;
  private final Optional<SslContext> tls;
  private final MessageStamp messageStamp = new MessageStamp();
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final AtomicInteger subscribed = new AtomicInteger();
  private final AtomicInteger losses = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();

  /// Why the device lost last was lost; empty if none was. For messages to the user only.
  private volatile String loss = "";

  private volatile LongConsumer arrivals = _ -> {};

  public DeviceFleet(InetSocketAddress server, Optional<SslContext> tls) {
    this.server = server;
    this.tls = tls;
  }

  /// Connects them all and waits until each is subscribed. May be called again for more devices.
  /// Throws `IOException` if one is refused or lost, or if they take longer than [#PATIENCE].
  public void connect(List<Identity> identities) throws IOException, InterruptedException {
    int target = subscribed.get() + identities.size();
    for (Identity identity : identities) {
      if (!permits.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("log-ins take too long; " + state());
      }
      connect(identity);
    }
    await(() -> subscribed.get() + losses.get() >= target);
    if (losses.get() > 0) {
      throw new IOException("devices were lost: " + state());
    }
  }

  /// Begins to connect one device and returns. Its permit comes back when it is subscribed or lost.
  private void connect(Identity identity) {
    var _ =
        clientSockets
            .bootstrap()
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    tls.ifPresent(
                        context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                    channel.pipeline().addLast(new DeviceSocket(identity, new Events()));
                  }
                })
            .connect(server)
            .addListener(
                (ChannelFutureListener)
                    connected -> {
                      if (!connected.isSuccess()) {
                        new Events().lost(String.valueOf(connected.cause()));
                      }
                    });
  }

  /// Counts what becomes of one device. Runs on the devices' thread.
  private final class Events implements DeviceSocket.Events {
    /// Whether the device was subscribed, so that its permit is given back only once.
    private boolean in;

    @Override
    public void subscribed() {
      in = true;
      subscribed.incrementAndGet();
      permits.release();
    }

    @Override
    public void lost(String why) {
      loss = why;
      losses.incrementAndGet();
      if (!in) {
        permits.release();
      }
    }

    @Override
    public void message(ByteBuf in, int from, int length) {
      // One thread only; lazySet is a plain write that the others see soon.
      received.lazySet(received.getPlain() + 1);
      arrivals.accept(messageStamp.read(in, from, length));
    }
  }

  /// Sets what is called with each message's stamp, on the devices' thread. It must be quick, since
  /// it delays all other devices. It replaces the last consumer.
  public void onArrival(LongConsumer consumer) {
    arrivals = consumer;
  }

  /// Returns how many messages all devices got since the beginning, withdrawals included. Any
  /// thread may ask.
  public long received() {
    return received.get();
  }

  /// Throws `IOException` if a device was lost since the beginning: then the figures are those of
  /// fewer devices than the report says.
  public void checkAllThere() throws IOException {
    if (losses.get() > 0) {
      throw new IOException("devices were lost: " + state());
    }
  }

  private String state() {
    return subscribed.get() + " subscribed, " + losses.get() + " lost, the last: " + loss;
  }

  /// Waits until `count` messages came since the beginning. Returns false if they do not come in
  /// time. It looks every 0.1 ms.
  public boolean awaitReceived(long count, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (received.get() < count && System.nanoTime() < end) {
      LockSupport.parkNanos(100_000);
    }
    return received.get() >= count;
  }

  private void await(java.util.function.BooleanSupplier condition) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IOException("devices do not get in: " + state());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    arrivals = _ -> {};
    clientSockets.close();
  }
}
