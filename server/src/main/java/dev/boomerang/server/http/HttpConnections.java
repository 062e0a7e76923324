// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.server.http.HttpConfig.MaxConnections;
import dev.boomerang.web.limit.MemoryBudget;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every open connection, and which has to go when there are too many. Used by the event loop
/// alone.
///
/// Whoever opens connections and says nothing loses the oldest of those first, so new callers get
/// in. Beyond the limit, when all connections are in use, a few more are let in for health checks
/// alone.
final class HttpConnections {
  private static final String DECODER = "httpDecoder";
  private static final int HEALTH_PLACES = 64;

  /// The time that a connection beyond the limit may be silent.
  private static final Duration HEALTH_TIME = Duration.ofSeconds(2);

  /// A connection. With `healthOnly` it was let in beyond the limit.
  static final class Connection {
    private final HttpConnection http;
    private final HeadTimer head;
    private final String address;
    private final long opened;
    private boolean healthOnly;

    private Connection(HttpConnection http, HeadTimer head, String address, long opened) {
      this.http = http;
      this.head = head;
      this.address = address;
      this.opened = opened;
    }

    HeadTimer head() {
      return head;
    }

    boolean isHealthOnly() {
      return healthOnly;
    }
  }

  private final MaxConnections most;
  private final MemoryBudget memory;
  private final TimeSource time;
  private final Map<HttpConnection, Connection> all = new HashMap<>();
  private final Map<String, Integer> byAddress = new HashMap<>();

  /// The connections from which no request has come yet, the oldest first.
  private final Set<Connection> silent = new LinkedHashSet<>();

  private int healthOnly;

  HttpConnections(MaxConnections most, MemoryBudget memory, TimeSource time) {
    this.most = most;
    this.memory = memory;
    this.time = time;
  }

  /// Returns how many there are now.
  int opened(HttpConnection http) {
    var context = ((ConnectionBase) http).channelHandlerContext();
    String address = http.remoteAddress().hostAddress();
    var head = new HeadTimer(context, memory.open(address), time.monotonic());
    context.pipeline().addBefore(DECODER, HeadTimer.NAME, head);
    var connection = new Connection(http, head, address, time.nanos());
    all.put(http, connection);
    int ofAddress = byAddress.merge(address, 1, Integer::sum);
    boolean tooManyOfAddress = ofAddress > most.perAddress();
    if (tooManyOfAddress || all.size() > most.total()) {
      makeRoom(connection, tooManyOfAddress);
    }
    if (all.containsKey(http)) {
      silent.add(connection);
    }
    return all.size();
  }

  private void makeRoom(Connection connection, boolean ofItsAddress) {
    Optional<Connection> oldest =
        silent.stream()
            .filter(each -> !ofItsAddress || each.address.equals(connection.address))
            .findFirst();
    if (oldest.isPresent()) {
      close(oldest.get());
    } else if (healthOnly < HEALTH_PLACES) {
      connection.healthOnly = true;
      healthOnly++;
    } else {
      close(connection);
    }
  }

  private void close(Connection connection) {
    closed(connection.http);
    connection.http.close();
  }

  /// Returns how many are left.
  int closed(HttpConnection http) {
    Connection connection = all.remove(http);
    if (connection != null) {
      silent.remove(connection);
      connection.head.close();
      byAddress.computeIfPresent(connection.address, (_, count) -> count == 1 ? null : count - 1);
      healthOnly -= connection.healthOnly ? 1 : 0;
    }
    return all.size();
  }

  /// Returns the connection whose request's head is complete; empty if it was closed meanwhile.
  Optional<Connection> speaks(HttpConnection http) {
    Optional<Connection> connection = Optional.ofNullable(all.get(http));
    connection.ifPresent(silent::remove);
    return connection;
  }

  /// Ends heads that take longer than `atMost`.
  void sweep(Duration atMost, String date) {
    for (Connection each : all.values().toArray(Connection[]::new)) {
      if (each.head.began().isPresent()
          && time.since(each.head.began().getAsLong()).compareTo(atMost) > 0) {
        closed(each.http);
        each.head.timeOut(date);
      } else if (each.healthOnly
          && each.head.isAwaiting()
          && time.since(each.opened).compareTo(HEALTH_TIME) > 0) {
        close(each);
      }
    }
  }
}
