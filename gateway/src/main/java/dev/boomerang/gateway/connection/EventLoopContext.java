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

/// What the connections of one event loop share: one beat for all their timeouts, one flush for all
/// that was written in a pass, and the payloads last encoded. On that event loop only.
public final class EventLoopContext {
  /// The unit of all timeouts. Beats are counted, not measured: a process that stood still lets
  /// nobody time out.
  static final Duration TICK = Duration.ofSeconds(1);

  /// How long sources pause when the store has too much to write.
  private static final Duration BACKPRESSURE_PAUSE = Duration.ofMillis(20);

  private final EventLoop events;
  private final PayloadEncoder payloadEncoder = new PayloadEncoder();
  private final List<MqttConnection> mqttConnections = new ArrayList<>();
  private final List<MqttConnection> paused = new ArrayList<>();
  private List<MqttConnection> unflushed = new ArrayList<>();
  private int ticks;

  public EventLoopContext(EventLoop events) {
    this.events = events;
    var _ =
        events.scheduleWithFixedDelay(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Whole beats of a duration.
  static int ticks(Duration duration) {
    return (int) duration.toSeconds();
  }

  static int ticks(int seconds) {
    return seconds;
  }

  /// From any thread. False if the event loop has stopped.
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

  /// Tells every device that the server stops.
  public void disconnectAll() {
    List.copyOf(mqttConnections).forEach(connection -> connection.disconnect(ReasonCode.STOPPING));
  }

  PayloadEncoder payloadEncoder() {
    return payloadEncoder;
  }

  int ticks() {
    return ticks;
  }

  /// Returns the connection's place, to be given back to [#remove].
  int add(MqttConnection connection) {
    mqttConnections.add(connection);
    return mqttConnections.size() - 1;
  }

  void remove(int place) {
    MqttConnection last = mqttConnections.removeLast();
    if (place < mqttConnections.size()) {
      mqttConnections.set(place, last);
      last.indexChanged(place);
    }
  }

  /// Flushes the connection at the end of this pass, after everything else that is waiting to run
  /// has added to it.
  void flushSoon(MqttConnection connection) {
    if (unflushed.isEmpty()) {
      execute(this::flush);
    }
    unflushed.add(connection);
  }

  /// Wakes the connection when the store has caught up.
  void pauseUntilReady(MqttConnection connection) {
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
    List<MqttConnection> waiting = List.copyOf(paused);
    paused.clear();
    waiting.forEach(MqttConnection::checkBackpressure);
  }

  private void flush() {
    List<MqttConnection> batch = unflushed;
    unflushed = new ArrayList<>(batch.size());
    batch.forEach(MqttConnection::flush);
  }

  private void tick() {
    ticks++;
    // Backwards: a connection that ends is replaced by one that had its turn.
    for (int i = mqttConnections.size() - 1; i >= 0; i--) {
      if (i < mqttConnections.size()) {
        mqttConnections.get(i).tick(ticks);
      }
    }
  }
}
