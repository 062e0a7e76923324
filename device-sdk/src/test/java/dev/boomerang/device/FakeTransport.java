// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.device.internal.registration.Registration;
import dev.boomerang.device.internal.transport.MqttTransport;
import java.util.ArrayList;
import java.util.List;

/// A gateway without a network: the test decides what happens.
final class FakeTransport implements MqttTransport {
  final List<FakeConnection> opened = new ArrayList<>();

  @Override
  public Connection open(Registration registration, Events events) {
    var connection = new FakeConnection(registration, events);
    opened.add(connection);
    return connection;
  }

  FakeConnection last() {
    return opened.getLast();
  }

  static final class FakeConnection implements Connection {
    final Registration registration;
    final Events events;
    final List<String> published = new ArrayList<>();
    final List<Integer> acknowledged = new ArrayList<>();
    boolean closed;
    private int messages;

    FakeConnection(Registration registration, Events events) {
      this.registration = registration;
      this.events = events;
    }

    int deliver(String message) {
      events.messageArrived(++messages, message.getBytes(UTF_8));
      return messages;
    }

    @Override
    public void publish(byte[] receipts) {
      published.add(new String(receipts, UTF_8));
    }

    @Override
    public void acknowledge(int message) {
      acknowledged.add(message);
    }

    @Override
    public void close(boolean gracefully) {
      closed = true;
    }
  }
}
