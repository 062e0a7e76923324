// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static dev.boomerang.gateway.RawDevice.connect;
import static dev.boomerang.gateway.RawDevice.puback;
import static dev.boomerang.gateway.RawDevice.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.recall.RecallReport.Part;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.gateway.RawDevice.Packet;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Task;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests *Ordered*, *Fence* and *Durable* while one device connects and disconnects, often without
/// DISCONNECT, and another thread pushes and recalls.
class DeliveryOrderStressTest {
  private static final int PUSHES = 2_000;
  private static final Pattern NOTIFY =
      Pattern.compile("\"type\":\"notify\",\"delivery\":\"(\\d+)-");
  private static final Pattern WITHDRAWN = Pattern.compile("\"(\\d+)-\\d+\"");

  /// Records what the device saw first, in order, and what it was told to withdraw.
  private static final class Flighty implements Runnable {
    private final GatewayFixture fixture;
    private final RegisteredDevice registeredDevice;
    private final Random random;
    private final List<Long> firstSeen = new CopyOnWriteArrayList<>();
    private final Set<Long> seen = ConcurrentHashMap.newKeySet();
    private final Set<Long> withdrawn = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean calm = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    Flighty(GatewayFixture fixture, RegisteredDevice registeredDevice, long seed) {
      this.fixture = fixture;
      this.registeredDevice = registeredDevice;
      this.random = new Random(seed);
    }

    @Override
    public void run() {
      while (!over.get()) {
        int packets = random.nextInt(120);
        try (var device = new RawDevice(fixture)) {
          connections.incrementAndGet();
          device.send(
              connect(true, registeredDevice.name(), registeredDevice.secret(), 60, window()));
          device.send(subscribe(true, registeredDevice.pushTopic(), 1));
          for (int i = 0; i < packets && !over.get() && !calm.get(); i++) {
            device.send(puback(take(device)));
          }
          // Most times it closes without acknowledging the last ones.
          int unthanked = calm.get() ? 0 : random.nextInt(3);
          for (int i = 0; i < unthanked; i++) {
            take(device);
          }
          while (calm.get() && !over.get()) {
            device.send(puback(take(device)));
          }
        } catch (UncheckedIOException _) {
          // Taken over, or silence: connect again.
        }
      }
    }

    private long behind(List<Task> tasks) {
      return tasks.stream().filter(task -> !seen.contains(task.id().value())).count();
    }

    private String window() {
      return "2100%02x".formatted(3 + random.nextInt(40));
    }

    /// Returns the packet id.
    private int take(RawDevice device) {
      Packet packet = device.read(RawDevice.PUBLISH);
      String payload = packet.payload(true);
      Matcher notify = NOTIFY.matcher(payload);
      if (notify.find()) {
        long task = Long.parseLong(notify.group(1));
        if (seen.add(task)) {
          firstSeen.add(task);
        }
      } else {
        WITHDRAWN
            .matcher(payload)
            .results()
            .forEach(id -> withdrawn.add(Long.valueOf(id.group(1))));
      }
      return packet.packetId(true);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void order_holds_andNothingPreventedAppears_whileTheDeviceComesAndGoes(long seed)
      throws InterruptedException {
    var flow = new GatewayConfig.Flow(64 * 1024, 32, 16, 32 * 1024, 64 * 1024);
    try (GatewayFixture fixture = GatewayFixture.open(GatewayFixture.config().with(flow))) {
      RegisteredDevice registeredDevice = fixture.registerDevice();
      var device = new Flighty(fixture, registeredDevice, seed);
      Thread thread = Thread.ofVirtual().start(device);
      var random = new Random(seed);
      List<Task> kept = new ArrayList<>();
      Set<Long> prevented = new HashSet<>();
      Set<Long> called = new HashSet<>();
      for (int i = 0; i < PUSHES; i++) {
        if (i % 100 == 0) {
          // Not too far ahead, so that the device is live at times and reading its mailbox at
          // others.
          Await.until("the device follows", () -> device.behind(kept) < 50);
        }
        Task task = fixture.push(registeredDevice, "number " + i);
        if (random.nextInt(10) == 0) {
          boolean unseen = !device.seen.contains(task.id().value());
          var active = (RecallResult.Active) fixture.recall(task);
          called.add(task.id().value());
          if (active.report().parts().getOrDefault(Part.PREVENTED, 0) == 1) {
            assertThat(unseen).isTrue();
            prevented.add(task.id().value());
          }
        } else {
          kept.add(task);
        }
      }
      device.calm.set(true);

      Await.until(
          "everything came",
          () -> kept.stream().allMatch(t -> device.seen.contains(t.id().value())));
      Await.until(
          "what was seen and recalled was withdrawn",
          () -> called.stream().filter(device.seen::contains).allMatch(device.withdrawn::contains));
      assertThat(device.connections).hasValueGreaterThan(10);
      assertThat(device.firstSeen).isSorted();
      assertThat(device.seen).doesNotContainAnyElementsOf(prevented);
      for (Task task : kept) {
        assertThat(fixture.status(task, registeredDevice))
            .isIn(DeliveryStatus.SENDING, DeliveryStatus.DELIVERED);
      }
      device.over.set(true);
      fixture.gateway().close();
      thread.join(Duration.ofSeconds(20));
    }
  }
}
