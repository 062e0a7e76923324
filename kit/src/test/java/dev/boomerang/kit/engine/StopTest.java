// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.recall.RecallReport.Part;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.recall.StopResult;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Stops: what has not left stays, what has left is left alone.
class StopTest {
  private static final Audience.Everyone ALL = Audience.Everyone.all(Optional.empty());

  private final PushFixture engineFixture = new PushFixture();

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private StopResult stop(AppId app, Task task) {
    return engineFixture.engine.stops().stop(app, task.id(), "test");
  }

  private int attempts(Registration phone) {
    return engineFixture.engine.devices().mailbox(phone.id(), TaskId.NONE, 10).attempts().size();
  }

  /// Writes what the session was offered, as far as the fence lets it through; returns how many.
  private int written(TestDevice session) {
    int written = 0;
    for (DeliveryAttempt deliveryAttempt : session.received()) {
      if (engineFixture.engine.devices().fence().pass(deliveryAttempt.delivery(), () -> {})) {
        written++;
      } else {
        engineFixture
            .engine
            .devices()
            .notSent(deliveryAttempt.delivery(), deliveryAttempt.attempt());
      }
    }
    engineFixture.engine.awaitIdle();
    return written;
  }

  @Test
  void stop_keepsWhatWaits_andLeavesWhatArrived() {
    Registration here = engineFixture.register(SHOP, "ada");
    Registration away = engineFixture.register(SHOP, "ada");
    TestDevice session = engineFixture.connect(here);
    Task task = engineFixture.push("ada");
    assertThat(written(session)).isEqualTo(1);
    engineFixture.engine.devices().acknowledged(new DeliveryId(task.id(), here.id()));
    engineFixture.engine.awaitIdle();

    assertThat(stop(SHOP, task)).isEqualTo(new StopResult.Stopped(task));
    assertThat(stop(SHOP, task)).isEqualTo(new StopResult.Stopped(task));

    assertThat(engineFixture.counts(task))
        .isEqualTo(Map.of(DeliveryStatus.DELIVERED, 1, DeliveryStatus.STOPPED, 1));
    assertThat(attempts(away)).isZero();
    assertThat(session.withdrawn()).isEmpty();
  }

  @Test
  void stop_ofWhatASessionHolds_isNotWrittenAnyMore() {
    TestDevice session = engineFixture.connect(engineFixture.register(SHOP, "ada"));
    Task task = engineFixture.push("ada");

    stop(SHOP, task);

    assertThat(session.cancelled()).containsExactly(session.received().getFirst().delivery());
    assertThat(written(session)).isZero();
    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.STOPPED, 1));
  }

  @Test
  void stop_ofABroadcast_holdsForWhoIsHere_whoIsAway_andWhoComesLater() {
    TestDevice session = engineFixture.connect(engineFixture.register(SHOP, "ada"));
    Registration away = engineFixture.register(SHOP, "bob");
    Task task = engineFixture.broadcast(ALL);

    assertThat(stop(SHOP, task)).isEqualTo(new StopResult.Stopped(task));

    assertThat(session.cancelled()).hasSize(1);
    assertThat(written(session)).isZero();
    assertThat(attempts(away)).isZero();
    assertThat(attempts(engineFixture.register(SHOP, "eve"))).isZero();
    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.STOPPED, 1));
  }

  @Test
  void stop_survivesARestart() {
    Registration away = engineFixture.register(SHOP, "ada");
    Task single = engineFixture.push("ada");
    Task broadcast = engineFixture.broadcast(ALL);
    stop(SHOP, single);
    stop(SHOP, broadcast);

    engineFixture.restart();

    assertThat(attempts(away)).isZero();
  }

  @Test
  void recallAfterAStop_countsTheStoppedAsPrevented() {
    Registration here = engineFixture.register(SHOP, "ada");
    engineFixture.register(SHOP, "ada");
    TestDevice session = engineFixture.connect(here);
    Task task = engineFixture.push("ada");
    written(session);
    stop(SHOP, task);

    var outcome =
        engineFixture.engine.recalls().recall(SHOP, task.id(), new Scope.WholeTask(), "test");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            RecallResult.Active.class,
            active ->
                assertThat(active.report().parts())
                    .isEqualTo(Map.of(Part.PREVENTED, 1, Part.WAITING, 1)));
    assertThat(session.withdrawn()).containsExactly(new DeliveryId(task.id(), here.id()));
  }

  @Test
  void stop_ofAnothersTask_orOfNone_findsNothing() {
    Registration away = engineFixture.register(SHOP, "ada");
    Task task = engineFixture.push("ada");

    assertThat(stop(BANK, task)).isEqualTo(new StopResult.NotFound());
    assertThat(engineFixture.engine.stops().stop(SHOP, new TaskId(7), "test"))
        .isEqualTo(new StopResult.NotFound());
    assertThat(attempts(away)).isEqualTo(1);
  }
}
