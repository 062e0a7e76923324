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

/// A client with everything around it in the test's hand. Starting again is a restart after a kill:
/// nothing is closed.
final class ClientFixture {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(5);

  final ManualEventLoop loop = new ManualEventLoop();
  final FakeRegistrationApi desk = new FakeRegistrationApi();
  final FakeNotificationHandler screen = new FakeNotificationHandler();
  DeviceStorage storage = DeviceStorage.inMemory();
  FakeTransport links = new FakeTransport();
  DoubleSupplier random = () -> 1.0;
  UnaryOperator<PushClientBuilder> with = builder -> builder;
  PushClient client = build();

  PushClient build() {
    var builder =
        with.apply(
            PushClient.builder("http://server.test", "app", "key")
                .backoff(FIRST, LONGEST)
                .deviceId("phone"));
    var outside = new Environment(loop, Runnable::run, desk, links, () -> random.getAsDouble());
    return new PushClient(outside, builder.settings(), storage, screen);
  }

  /// Kills what runs, if anything does, and starts a new client on the same storage.
  ClientFixture start() {
    links = new FakeTransport();
    client = build();
    client.start();
    loop.run();
    return this;
  }

  /// Starts, and connects.
  ClientFixture connect() {
    start();
    return ready();
  }

  ClientFixture ready() {
    links.last().events.ready();
    loop.run();
    return this;
  }

  /// All in one batch.
  ClientFixture deliver(String... messages) {
    for (String message : messages) {
      links.last().deliver(message);
    }
    loop.run();
    return this;
  }

  ClientFixture drop() {
    links.last().events.lost("dropped");
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
    var link = links.last();
    for (int seen = 0; seen < link.published.size(); seen++) {
      if (seen == link.published.size() - 1) {
        all.addAll(events(link.published.get(seen)));
        link.events.published();
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

  static String notice(String delivery) {
    return notice(delivery, "");
  }

  static String notice(String delivery, String more) {
    return """
    {"type": "notify", "delivery": "%s", "task": "task-%s", "title": "t", "body": "b",
     "expiresAt": %d %s}\
    """
        .formatted(delivery, delivery, ManualEventLoop.START + 3_600_000, more);
  }

  static String slotted(String delivery, String slot) {
    return notice(delivery, ", \"slot\": \"" + slot + "\"");
  }

  static String data(String delivery) {
    return notice(delivery).replace("notify", "data");
  }

  static String withdraw(String... deliveries) {
    return "{\"type\": \"withdraw\", \"deliveries\": [\""
        + String.join("\", \"", deliveries)
        + "\"]}";
  }
}
