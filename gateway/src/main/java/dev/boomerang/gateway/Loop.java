// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// What the connections of one event loop share: one beat for all their timeouts, one flush for all
/// that was written in a pass, and the payloads last encoded. On that event loop only.
final class Loop {
  /// The unit of all timeouts. Beats are counted, not measured: a process that stood still lets
  /// nobody time out.
  static final Duration BEAT = Duration.ofSeconds(1);

  /// How long sources pause when the store has too much to write.
  private static final Duration CROWDED_PAUSE = Duration.ofMillis(20);

  private final EventLoop events;
  private final Payloads payloads = new Payloads();
  private final List<Connection> connections = new ArrayList<>();
  private final List<Connection> crowded = new ArrayList<>();
  private List<Connection> unflushed = new ArrayList<>();
  private int beats;

  Loop(EventLoop events) {
    this.events = events;
    var _ =
        events.scheduleWithFixedDelay(
            this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Whole beats of a duration.
  static int beats(Duration duration) {
    return (int) duration.toSeconds();
  }

  static int beats(int seconds) {
    return seconds;
  }

  /// From any thread. False if the event loop has stopped.
  boolean execute(Runnable task) {
    try {
      events.execute(task);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  void later(Runnable task) {
    var _ = events.schedule(task, BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  void after(Duration delay, Runnable task) {
    var _ = events.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Tells every device that the server stops.
  void endAll() {
    List.copyOf(connections).forEach(connection -> connection.end(Reason.STOPPING));
  }

  Payloads payloads() {
    return payloads;
  }

  int beats() {
    return beats;
  }

  /// Returns the connection's place, to be given back to [#remove].
  int add(Connection connection) {
    connections.add(connection);
    return connections.size() - 1;
  }

  void remove(int place) {
    Connection last = connections.removeLast();
    if (place < connections.size()) {
      connections.set(place, last);
      last.moved(place);
    }
  }

  /// Flushes the connection at the end of this pass, after everything else that is waiting to run
  /// has added to it.
  void flushSoon(Connection connection) {
    if (unflushed.isEmpty()) {
      execute(this::flush);
    }
    unflushed.add(connection);
  }

  /// Wakes the connection when the store has caught up.
  void pauseWhileCrowded(Connection connection) {
    if (crowded.isEmpty()) {
      scheduleCrowdCheck();
    }
    crowded.add(connection);
  }

  private void scheduleCrowdCheck() {
    var _ = events.schedule(this::checkCrowd, CROWDED_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void checkCrowd() {
    List<Connection> waiting = List.copyOf(crowded);
    crowded.clear();
    waiting.forEach(Connection::lookAtCrowd);
  }

  private void flush() {
    List<Connection> batch = unflushed;
    unflushed = new ArrayList<>(batch.size());
    batch.forEach(Connection::flush);
  }

  private void beat() {
    beats++;
    // Backwards: a connection that ends is replaced by one that had its turn.
    for (int i = connections.size() - 1; i >= 0; i--) {
      if (i < connections.size()) {
        connections.get(i).beat(beats);
      }
    }
  }
}
