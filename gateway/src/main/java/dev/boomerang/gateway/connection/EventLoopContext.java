// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.connection;

import dev.boomerang.gateway.mqtt.PayloadEncoder;
import dev.boomerang.gateway.session.ReasonCode;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Holds what the connections of one event loop share: one tick for all their timeouts, one flush
/// for all that was written in a pass, and the payloads last encoded. On that event loop only.
public final class EventLoopContext {
  /// A connection, as far as its event loop calls it.
  interface Member {
    /// Takes the connection's new index, for [#remove].
    void indexChanged(int index);

    /// Looks whether the connection has timed out. Called once in each tick.
    void tick(int now);

    /// Flushes what was written.
    void flush();

    /// Resumes reading if the store can take more, else pauses again.
    void checkBackpressure();

    /// Sends the reason, if there is a packet for it, and closes.
    void disconnect(ReasonCode reasonCode);
  }

  /// The unit of all timeouts. Ticks are counted, not measured: no connection times out because the
  /// process stood still.
  static final Duration TICK = Duration.ofSeconds(1);

  /// Reading pauses for this long when the store has too much to write.
  private static final Duration BACKPRESSURE_PAUSE = Duration.ofMillis(20);

  private final EventLoop events;
  private final PayloadEncoder payloadEncoder = new PayloadEncoder();
  private final List<Member> mqttConnections = new ArrayList<>();
  private final List<Member> paused = new ArrayList<>();
  private List<Member> unflushed = new ArrayList<>();
  private int ticks;

  public EventLoopContext(EventLoop events) {
    this.events = events;
    var _ =
        events.scheduleWithFixedDelay(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Returns the whole ticks of a duration.
  static int ticks(Duration duration) {
    return (int) duration.toSeconds();
  }

  static int ticks(int seconds) {
    return seconds;
  }

  /// Runs the task on the event loop. From any thread. False if the event loop has stopped.
  public boolean execute(Runnable task) {
    try {
      events.execute(task);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  void schedule(Runnable task) {
    var _ = events.schedule(task, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  void schedule(Duration delay, Runnable task) {
    var _ = events.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Disconnects every device, because the server stops.
  public void disconnectAll() {
    List.copyOf(mqttConnections).forEach(connection -> connection.disconnect(ReasonCode.STOPPING));
  }

  PayloadEncoder payloadEncoder() {
    return payloadEncoder;
  }

  int ticks() {
    return ticks;
  }

  /// Adds a connection and returns its index, for [#remove].
  int add(Member connection) {
    mqttConnections.add(connection);
    return mqttConnections.size() - 1;
  }

  void remove(int place) {
    Member last = mqttConnections.removeLast();
    if (place < mqttConnections.size()) {
      mqttConnections.set(place, last);
      last.indexChanged(place);
    }
  }

  /// Flushes the connection at the end of this pass, after all tasks that wait have added to it.
  void flushSoon(Member connection) {
    if (unflushed.isEmpty()) {
      execute(this::flush);
    }
    unflushed.add(connection);
  }

  /// Calls [Member#checkBackpressure] after a pause.
  void pauseUntilReady(Member connection) {
    if (paused.isEmpty()) {
      schedulePausedCheck();
    }
    paused.add(connection);
  }

  private void schedulePausedCheck() {
    var _ =
        events.schedule(this::checkPaused, BACKPRESSURE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void checkPaused() {
    List<Member> waiting = List.copyOf(paused);
    paused.clear();
    waiting.forEach(Member::checkBackpressure);
  }

  private void flush() {
    List<Member> batch = unflushed;
    unflushed = new ArrayList<>(batch.size());
    batch.forEach(Member::flush);
  }

  private void tick() {
    ticks++;
    // Backwards: the last connection takes the index of one that ends, and has had its tick.
    for (int i = mqttConnections.size() - 1; i >= 0; i--) {
      if (i < mqttConnections.size()) {
        mqttConnections.get(i).tick(ticks);
      }
    }
  }
}
