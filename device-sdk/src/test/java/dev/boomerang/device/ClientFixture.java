// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.delivery.ReceiptSender;
import dev.boomerang.device.storage.DeviceStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/// A client whose surroundings the test controls. Starting again is a restart after a kill: nothing
/// is closed.
final class ClientFixture {
  static final Duration INITIAL_BACKOFF = Duration.ofSeconds(1);
  static final Duration MAX_BACKOFF = Duration.ofMinutes(5);

  final ManualEventLoop loop = new ManualEventLoop();
  final FakeRegistrationApi registrationApi = new FakeRegistrationApi();
  final FakeNotificationHandler handler = new FakeNotificationHandler();
  DeviceStorage storage = DeviceStorage.inMemory();
  FakeTransport transport = new FakeTransport();
  DoubleSupplier random = () -> 1.0;
  UnaryOperator<PushClientBuilder> configure = builder -> builder;
  PushClient client = build();

  PushClient build() {
    var builder =
        configure.apply(
            PushClient.builder("http://server.test", "app", "key")
                .backoff(INITIAL_BACKOFF, MAX_BACKOFF)
                .deviceId("phone"));
    var environment =
        new ClientDependencies(
            loop, Runnable::run, registrationApi, transport, () -> random.getAsDouble());
    return new PushClient(environment, builder.settings(), storage, handler);
  }

  /// Kills what runs, if anything does, and starts a new client on the same storage.
  ClientFixture start() {
    transport = new FakeTransport();
    client = build();
    client.start();
    loop.run();
    return this;
  }

  /// Starts and connects.
  ClientFixture connect() {
    start();
    return ready();
  }

  ClientFixture ready() {
    transport.last().events.ready();
    loop.run();
    return this;
  }

  /// Delivers the messages in one batch.
  ClientFixture deliver(String... messages) {
    for (String message : messages) {
      transport.last().deliver(message);
    }
    loop.run();
    return this;
  }

  ClientFixture drop() {
    transport.last().events.lost("dropped");
    loop.run();
    return this;
  }

  ClientFixture advance(Duration by) {
    loop.advance(by);
    return this;
  }

  /// Lets receipts go out and acknowledges them, until none is left. Returns them as `delivery
  /// event`.
  List<String> receipts() {
    var all = new ArrayList<String>();
    loop.advance(ReceiptSender.BATCH_DELAY);
    var connection = transport.last();
    for (int seen = 0; seen < connection.published.size(); seen++) {
      if (seen == connection.published.size() - 1) {
        all.addAll(events(connection.published.get(seen)));
        connection.events.published();
        loop.advance(ReceiptSender.BATCH_DELAY);
      }
    }
    return all;
  }

  static List<String> events(String published) {
    var found = new ArrayList<String>();
    var matcher =
        java.util.regex.Pattern.compile("\"delivery\":\"(.*?)\",\"event\":\"(.*?)\"")
            .matcher(published);
    while (matcher.find()) {
      found.add(matcher.group(1) + " " + matcher.group(2));
    }
    return found;
  }

  static String notification(String delivery) {
    return notification(delivery, "");
  }

  static String notification(String delivery, String more) {
    return """
    {"type": "notify", "delivery": "%s", "task": "task-%s", "title": "t", "body": "b",
     "expiresAt": %d %s}\
    """
        .formatted(delivery, delivery, ManualEventLoop.START + 3_600_000, more);
  }

  static String notificationWithKey(String delivery, String collapseKey) {
    return notification(delivery, ", \"slot\": \"" + collapseKey + "\"");
  }

  static String data(String delivery) {
    return notification(delivery).replace("notify", "data");
  }

  static String withdraw(String... deliveries) {
    return "{\"type\": \"withdraw\", \"deliveries\": [\""
        + String.join("\", \"", deliveries)
        + "\"]}";
  }
}
