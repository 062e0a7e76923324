// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import dev.boomerang.bench.message.BenchMessage;
import dev.boomerang.bench.message.MqttPackets.Identity;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.Task.TargetCounts;
import dev.boomerang.model.push.Task.Validity;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Offers messages to sessions as the engine's dispatch does, without anything having been stored.
/// One thread may use it.
final class OfferGenerator {
  private final LiveSessions sessions;
  private final GatewayEngine gatewayEngine;
  private final List<RegistrationId> registrations;
  private final Clock clock;

  /// The next task id. It begins about where ids made from today's time are, so that payloads are
  /// as long as real ones.
  private long lastTask = 1L << 50;

  private int next;
  private long taken;

  OfferGenerator(GatewayEngine gatewayEngine, List<Identity> identities, Clock clock) {
    this.sessions = new LiveSessions(gatewayEngine.engine());
    this.gatewayEngine = gatewayEngine;
    this.registrations = identities.stream().map(id -> new RegistrationId(id.clientId())).toList();
    this.clock = clock;
  }

  /// A message of its own for one device, then for the next one.
  void toNext(long stamp) {
    offer(task(stamp, 1), registrations.get(next));
    next = (next + 1) % registrations.size();
  }

  /// One message for all of them.
  void toAll(long stamp) {
    Task task = task(stamp, registrations.size());
    for (RegistrationId registration : registrations) {
      offer(task, registration);
    }
  }

  void to(int index, long stamp) {
    offer(task(stamp, 1), registrations.get(index));
  }

  /// Offers one attempt to the device's session. A session that has no room refuses it; then nobody
  /// tries again, and it is not counted.
  private void offer(Task task, RegistrationId registration) {
    var delivery = new DeliveryId(task.id(), registration);
    if (sessions
        .of(registration)
        .offer(new DeliveryAttempt(delivery, task, task.content(), Optional.empty(), 1, true))) {
      taken++;
    }
  }

  /// The number of offers that sessions accepted.
  long taken() {
    return taken;
  }

  private Task task(long stamp, int deliveries) {
    Instant now = clock.instant();
    return new Task(
        new TaskId(lastTask++),
        gatewayEngine.app(),
        "",
        Source.of("bench"),
        Notification.of(BenchMessage.title(stamp), BenchMessage.BODY),
        new Validity(now, now.plus(Duration.ofHours(1))),
        new TargetCounts(deliveries, 0),
        "",
        Map.of(),
        Map.of(),
        Optional.empty());
  }
}
