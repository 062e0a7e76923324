// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static dev.boomerang.gateway.GatewayFixture.delivery;
import static dev.boomerang.gateway.RawDevice.puback;
import static dev.boomerang.gateway.RawDevice.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.gateway.RawDevice.Packet;
import dev.boomerang.gateway.config.GatewayListener;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests pushes to everyone, and pushes with a content of its own for each registration, byte by
/// byte.
class BroadcastDeliveryTest {
  private final AtomicInteger caughtUp = new AtomicInteger();
  private final GatewayFixture fixture =
      GatewayFixture.open(
          GatewayFixture.config(),
          new GatewayListener() {
            @Override
            public void caughtUp() {
              caughtUp.incrementAndGet();
            }
          });
  private final RegisteredDevice here = fixture.registerDevice();
  private final RegisteredDevice away = fixture.registerDevice();

  @AfterEach
  void close() {
    fixture.close();
  }

  private RawDevice live(RegisteredDevice registeredDevice) {
    int before = caughtUp.get();
    RawDevice device = RawDevice.in(fixture, registeredDevice, true, 60, "");
    device.send(subscribe(true, registeredDevice.pushTopic(), 1));
    device.read(RawDevice.SUBACK);
    Await.until("the device is live", () -> caughtUp.get() > before);
    return device;
  }

  private Task push(Audience audience, Source.Kind kind) {
    var push =
        new Push(
            GatewayFixture.APP,
            "",
            audience,
            Content.Notification.of("to all", "body"),
            Push.Options.of(Source.of("test", kind), Duration.ofHours(1)));
    return fixture.accepted(push);
  }

  private Task pushToAll() {
    return push(Audience.Everyone.all(Optional.empty()), Source.Kind.BROADCAST);
  }

  private static String take(RawDevice device) {
    Packet packet = device.read(RawDevice.PUBLISH);
    device.send(puback(packet.packetId(true)));
    return packet.payload(true);
  }

  @Test
  void everyone_whoIsConnected_hasItAtOnce_othersWhenTheyCome() {
    try (var device = live(here)) {
      Task task = pushToAll();

      assertThat(take(device)).contains(delivery(task, here), "to all");
      fixture.awaitStatus(task, here, DeliveryStatus.DELIVERED);
      try (var late = live(away)) {
        assertThat(take(late)).contains(delivery(task, away), "to all");
        fixture.awaitStatus(task, away, DeliveryStatus.DELIVERED);
      }
    }
  }

  @Test
  void everyone_whoDidNotAcknowledge_hasItAgain_thenNoMore() {
    Task task = pushToAll();
    try (var device = live(away)) {
      assertThat(device.read(RawDevice.PUBLISH).payload(true)).contains(delivery(task, away));
    }
    fixture.awaitConnected(away, false);
    try (var device = live(away)) {
      assertThat(take(device)).contains(delivery(task, away));
      fixture.awaitStatus(task, away, DeliveryStatus.DELIVERED);
    }
    fixture.awaitConnected(away, false);
    try (var device = live(away)) {
      Task next = pushToAll();
      assertThat(take(device)).contains(delivery(next, away));
    }
  }

  @Test
  void recall_reachesWhoIsConnected_thenWhoComesBack_andNobodyElse() {
    RegisteredDevice never = fixture.registerDevice();
    Task task;
    try (var gone = live(away);
        var device = live(here)) {
      task = pushToAll();
      take(gone);
      take(device);
      fixture.awaitStatus(task, away, DeliveryStatus.DELIVERED);
      fixture.awaitStatus(task, here, DeliveryStatus.DELIVERED);
      gone.close();
      fixture.awaitConnected(away, false);

      fixture.recall(task);

      assertThat(take(device)).contains("withdraw", delivery(task, here));
    }
    try (var back = live(away)) {
      assertThat(take(back)).contains("withdraw", delivery(task, away));
    }
    try (var late = live(never)) {
      Task next = pushToAll();
      assertThat(take(late)).contains(delivery(next, never));
    }
  }

  @Test
  void contentOfItsOwn_goesToItsTargetOnly_connectedOrNot() {
    var own = Content.Notification.of("for the one who is away", "");
    var audience =
        new Audience.Targeted(
            Audience.TargetKind.REGISTRATION,
            List.of(
                Target.of(here.name()),
                new Target(away.name(), Optional.empty(), Optional.of(own))),
            Optional.empty());
    try (var device = live(here)) {
      push(audience, Source.Kind.MULTIPLE);

      assertThat(take(device)).contains("to all").doesNotContain("away");
      try (var late = live(away)) {
        assertThat(take(late)).contains("for the one who is away").doesNotContain("to all");
      }
    }
  }
}
