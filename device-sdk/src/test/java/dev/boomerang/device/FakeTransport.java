// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.device.internal.registration.Registration;
import dev.boomerang.device.internal.transport.MqttTransport;
import java.util.ArrayList;
import java.util.List;

/// A gateway without a network: the test says what happens.
final class FakeTransport implements MqttTransport {
  final List<FakeLink> opened = new ArrayList<>();

  @Override
  public Connection open(Registration registration, Events events) {
    var link = new FakeLink(registration, events);
    opened.add(link);
    return link;
  }

  FakeLink last() {
    return opened.getLast();
  }

  static final class FakeLink implements Connection {
    final Registration registration;
    final Events events;
    final List<String> published = new ArrayList<>();
    final List<Integer> acknowledged = new ArrayList<>();
    boolean closed;
    private int messages;

    FakeLink(Registration registration, Events events) {
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
    public void close(boolean politely) {
      closed = true;
    }
  }
}
