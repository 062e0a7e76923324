// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.RecallOutcome;
import dev.boomerang.engine.RecallReport.Part;
import dev.boomerang.engine.StopOutcome;
import dev.boomerang.kit.engine.House.Session;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Recall.Scope;
import dev.boomerang.model.Registration;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Attachment.Handover;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Stops: what has not left stays, what has left is left alone.
class StopTest {
  private static final Audience.Everyone ALL = Audience.Everyone.all(Optional.empty());

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  private StopOutcome stop(AppId app, Task task) {
    return house.engine.stops().stop(app, task.id(), "test");
  }

  private int handovers(Registration phone) {
    return house.engine.devices().mailbox(phone.id(), TaskId.NONE, 10).handovers().size();
  }

  /// Writes what the session was offered, as far as the fence lets it through; returns how many.
  private int written(Session session) {
    int written = 0;
    for (Handover handover : session.offered) {
      if (house.engine.devices().fence().pass(handover.delivery(), () -> {})) {
        written++;
      } else {
        house.engine.devices().unwritten(handover.delivery(), handover.attempt());
      }
    }
    house.engine.settle();
    return written;
  }

  @Test
  void stop_keepsWhatWaits_andLeavesWhatArrived() {
    Registration here = house.phone(SHOP, "ada");
    Registration away = house.phone(SHOP, "ada");
    Session session = house.connect(here);
    Task task = house.push("ada");
    assertThat(written(session)).isEqualTo(1);
    house.engine.devices().arrived(new DeliveryId(task.id(), here.id()));
    house.engine.settle();

    assertThat(stop(SHOP, task)).isEqualTo(new StopOutcome.Stopped(task));
    assertThat(stop(SHOP, task)).isEqualTo(new StopOutcome.Stopped(task));

    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.DELIVERED, 1, Phase.STOPPED, 1));
    assertThat(handovers(away)).isZero();
    assertThat(session.withdrawn).isEmpty();
  }

  @Test
  void stop_ofWhatASessionHolds_isNotWrittenAnyMore() {
    Session session = house.connect(house.phone(SHOP, "ada"));
    Task task = house.push("ada");

    stop(SHOP, task);

    assertThat(session.dropped).containsExactly(session.offered.getFirst().delivery());
    assertThat(written(session)).isZero();
    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.STOPPED, 1));
  }

  @Test
  void stop_ofABroadcast_holdsForWhoIsHere_whoIsAway_andWhoComesLater() {
    Session session = house.connect(house.phone(SHOP, "ada"));
    Registration away = house.phone(SHOP, "bob");
    Task task = house.broadcast(ALL);

    assertThat(stop(SHOP, task)).isEqualTo(new StopOutcome.Stopped(task));

    assertThat(session.dropped).hasSize(1);
    assertThat(written(session)).isZero();
    assertThat(handovers(away)).isZero();
    assertThat(handovers(house.phone(SHOP, "eve"))).isZero();
    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.STOPPED, 1));
  }

  @Test
  void stop_survivesARestart() {
    Registration away = house.phone(SHOP, "ada");
    Task single = house.push("ada");
    Task broadcast = house.broadcast(ALL);
    stop(SHOP, single);
    stop(SHOP, broadcast);

    house.restart();

    assertThat(handovers(away)).isZero();
  }

  @Test
  void recallAfterAStop_countsTheStoppedAsPrevented() {
    Registration here = house.phone(SHOP, "ada");
    house.phone(SHOP, "ada");
    Session session = house.connect(here);
    Task task = house.push("ada");
    written(session);
    stop(SHOP, task);

    var outcome = house.engine.recalls().recall(SHOP, task.id(), new Scope.WholeTask(), "test");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            RecallOutcome.Standing.class,
            standing ->
                assertThat(standing.report().parts())
                    .isEqualTo(Map.of(Part.PREVENTED, 1, Part.WAITING, 1)));
    assertThat(session.withdrawn).containsExactly(new DeliveryId(task.id(), here.id()));
  }

  @Test
  void stop_ofAnothersTask_orOfNone_findsNothing() {
    Registration away = house.phone(SHOP, "ada");
    Task task = house.push("ada");

    assertThat(stop(BANK, task)).isEqualTo(new StopOutcome.NotFound());
    assertThat(house.engine.stops().stop(SHOP, new TaskId(7), "test"))
        .isEqualTo(new StopOutcome.NotFound());
    assertThat(handovers(away)).isEqualTo(1);
  }
}
