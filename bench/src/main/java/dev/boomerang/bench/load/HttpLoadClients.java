// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.boomerang.bench.report.LatencyHistogram;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// HTTP clients on one thread, each with a connection that it keeps and one request on it at a
/// time. The requests are [SignedRequests]; an answer counts if it is a 200 that says
/// `"Success":true`.
public final class HttpLoadClients implements AutoCloseable {
  private static final byte[] WELL = "\"Success\":true".getBytes(US_ASCII);
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] LENGTH = "content-length: ".getBytes(US_ASCII);

  /// Time between two looks at the clock: at a steady rate a request goes out at most so much late.
  /// The lateness counts into its latency.
  private static final long TICK_MICROS = 500;

  private final ClientSockets clientSockets = new ClientSockets("callers");
  private final EventLoop loop = clientSockets.group().next();
  private final List<Caller> all = new ArrayList<>();

  /// On the loop only.
  private final Deque<Caller> resting = new ArrayDeque<>();

  /// The run under way. Set on the loop before its first tick, so every caller sees it.
  private Run run = Run.none();

  /// The settings of one run. `maySend` says whether one more request may be sent now and is asked
  /// on the loop; `latencyHistogram` takes the time from when a request was due to its answer;
  /// `ended` is counted down when the last answer is in.
  private record Run(
      SignedRequests signedRequests,
      LatencyHistogram latencyHistogram,
      BooleanSupplier maySend,
      Sending sending,
      CountDownLatch ended) {
    /// Returns the run of callers that have nothing to do.
    static Run none() {
      return new Run(
          SignedRequests.NONE,
          new LatencyHistogram(),
          () -> false,
          (_, _) -> {},
          new CountDownLatch(0));
    }
  }

  /// Whether a caller sends its next request as soon as it has an answer. Loop only, as the
  /// counters below; the caller of [#go] reads these after `ended`, which publishes them.
  private boolean eager;

  private long answered;
  private long failed;
  private String failure = "";

  /// Told of each request as it goes out: its number, and when it was due.
  public interface Sending {
    /// Runs on the callers' loop, just before the write; `due` is a `System.nanoTime`.
    void sends(long number, long due);
  }

  /// How a run went.
  public record Outcome(long answered, double seconds, LatencyHistogram latencyHistogram) {
    /// Returns the rate over the whole run, the wait for the last answers included.
    double perSecond() {
      return answered / seconds;
    }
  }

  /// Opens all `count` connections before it returns. Throws what Netty throws if one cannot
  /// connect.
  public HttpLoadClients(InetSocketAddress server, int count) {
    for (int i = 0; i < count; i++) {
      Channel channel =
          clientSockets
              .bootstrap()
              .handler(new ChannelInboundHandlerAdapter())
              .connect(server)
              .syncUninterruptibly()
              .channel();
      var caller = new Caller(channel);
      channel.pipeline().addLast(caller);
      all.add(caller);
    }
    resting.addAll(all);
  }

  /// Keeps the callers busy for `span`: each sends its next request when it has the answer to the
  /// last and `maySend` is true. Ends earlier if the requests run out. Throws `IOException` if any
  /// answer was not a good one, for then the rate means nothing.
  public Outcome eager(
      Duration span, SignedRequests signedRequests, BooleanSupplier maySend, Sending sending)
      throws IOException, InterruptedException {
    return go(
        new Run(signedRequests, new LatencyHistogram(), maySend, sending, new CountDownLatch(1)),
        span,
        0);
  }

  /// Sends at a steady rate, whatever the server's speed. A request that finds no free caller
  /// waits, and its waiting counts: the latency runs from when it was due, so a server that stalls
  /// cannot hide it (no coordinated omission). Fails as [#eager] does.
  public Outcome steady(
      Duration span, SignedRequests signedRequests, double perSecond, Sending sending)
      throws IOException, InterruptedException {
    var next =
        new Run(signedRequests, new LatencyHistogram(), () -> true, sending, new CountDownLatch(1));
    return go(next, span, perSecond);
  }

  /// Starts the run on the loop and waits for its end, at most a minute beyond `span`. A
  /// `perSecond` of 0 stands for an eager run.
  private Outcome go(Run next, Duration span, double perSecond)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long end = begin + span.toNanos();
    loop.submit(
            () -> {
              run = next;
              answered = 0;
              failed = 0;
              eager = perSecond == 0;
              tick(begin, end, perSecond, 0);
            })
        .sync();
    if (!next.ended().await(span.toSeconds() + 60, TimeUnit.SECONDS)) {
      throw new IOException("calls get no answer");
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (failed > 0) {
      throw new IOException(failed + " calls failed, of " + answered + "; the last: " + failure);
    }
    return new Outcome(answered, seconds, next.latencyHistogram());
  }

  /// Sends what is due and schedules itself again, until time is up or the requests are, and every
  /// caller has its answer. On the loop.
  private void tick(long begin, long end, double perSecond, long sentBefore) {
    long now = System.nanoTime();
    long sent = sentBefore;
    if (now >= end || run.signedRequests().isEmpty()) {
      eager = false;
      if (resting.size() == all.size()) {
        run.ended().countDown();
        return;
      }
    } else if (eager) {
      while (!resting.isEmpty()
          && run.maySend().getAsBoolean()
          && !run.signedRequests().isEmpty()) {
        resting.remove().send(now);
      }
    } else {
      long due = (long) ((now - begin) / 1e9 * perSecond) + 1;
      // The due time follows from the number alone, so a late request does not delay later ones.
      while (sent < due && !resting.isEmpty() && !run.signedRequests().isEmpty()) {
        resting.remove().send(begin + (long) (sent * 1e9 / perSecond));
        sent++;
      }
    }
    long sentNow = sent;
    var _ =
        loop.schedule(
            () -> tick(begin, end, perSecond, sentNow), TICK_MICROS, TimeUnit.MICROSECONDS);
  }

  @Override
  public void close() {
    clientSockets.close();
  }

  /// One connection with at most one request on it. On the loop only.
  private final class Caller extends ChannelInboundHandlerAdapter {
    private final Channel channel;

    /// The beginning of an answer whose end has not arrived yet.
    private ByteBuf rest = Unpooled.EMPTY_BUFFER;

    private long due;

    Caller(Channel channel) {
      this.channel = channel;
    }

    /// Sends the next request. Latency is measured from `dueAt`, which may be in the past.
    void send(long dueAt) {
      due = dueAt;
      run.sending().sends(run.signedRequests().number(), due);
      var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(run.signedRequests().take()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf in = (ByteBuf) message;
      if (rest.isReadable()) {
        in = Unpooled.wrappedBuffer(rest, in);
        rest = Unpooled.EMPTY_BUFFER;
      }
      if (isWhole(in)) {
        answered(in);
        in.release();
      } else {
        rest = in;
      }
    }

    /// Records a whole answer. The first digit of the status is byte 9, after `HTTP/1.1` and a
    /// space.
    private void answered(ByteBuf in) {
      run.latencyHistogram().record(System.nanoTime() - due);
      answered++;
      boolean ok =
          in.getByte(9) == '2' && ByteBufUtil.indexOf(Unpooled.wrappedBuffer(WELL), in) > 0;
      if (!ok) {
        failed++;
        failure = in.toString(US_ASCII);
      }
      if (eager && run.maySend().getAsBoolean() && !run.signedRequests().isEmpty()) {
        send(System.nanoTime());
      } else {
        resting.add(this);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      failed++;
      failure = "connection closed";
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      failed++;
      failure = String.valueOf(cause);
    }
  }

  /// Returns whether a whole answer is there, by its content-length. Throws `IllegalStateException`
  /// if it has none; the servers measured never answer in chunks.
  static boolean isWhole(ByteBuf in) {
    int head = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(HEAD_END), in);
    if (head < 0) {
      return false;
    }
    int from = in.readerIndex();
    String text = in.toString(from, head - from, US_ASCII);
    int at = AsciiString.indexOfIgnoreCaseAscii(text, new String(LENGTH, US_ASCII), 0);
    if (at < 0) {
      throw new IllegalStateException("an answer without content-length");
    }
    int begin = at + LENGTH.length;
    int end = text.indexOf('\r', begin);
    int length = Integer.parseInt(text, begin, end < 0 ? text.length() : end, 10);
    return in.writerIndex() >= head + HEAD_END.length + length;
  }
}
