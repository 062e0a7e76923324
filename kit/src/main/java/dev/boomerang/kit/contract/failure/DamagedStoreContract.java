// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract.failure;

import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.kit.contract.StoreContract;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.PushBuilder;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.TaskStore.AcceptResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Tests how a store over SQL reads a database that something else has written to.
public abstract class DamagedStoreContract extends StoreContract {

  /// Opens the store of this test once more, after it was closed.
  protected abstract Store reopen() throws Exception;

  /// Carries out a statement behind the store's back.
  protected abstract void execute(String sql) throws Exception;

  private void damage(String... statements) throws Exception {
    store().close();
    for (String sql : statements) {
      execute(sql);
    }
    goOnWith(reopen());
  }

  private Task.TargetCounts reached(TaskId id) {
    return store().tasks().find(id).orElseThrow().counts();
  }

  @Test
  void taskWithoutItsDeliveries_isUnreached_andItsNamesAreFree() throws Exception {
    var push =
        aPush()
            .requested("push", "k")
            .to("ada", "m", aRegistrationId())
            .to("bob", "m", aRegistrationId());
    TaskId lost = accept(push).task().id();
    TaskId whole = accept(aPush().to(aRegistrationId())).task().id();

    damage("DELETE FROM deliveries WHERE task_id = " + lost);

    assertThat(reached(lost)).isEqualTo(new Task.TargetCounts(0, 2, Map.of("lost", 2)));
    assertThat(reached(whole)).isEqualTo(new Task.TargetCounts(1, 0));
    assertThat(store().deliveries().counts(lost)).isEmpty();
    var again =
        aPush()
            .requested("push", "k")
            .to("ada", "m", aRegistrationId())
            .to("bob", "m", aRegistrationId())
            .build();
    assertThat(store().tasks().accept(again)).isEqualTo(AcceptResult.Stored.ALONE);
  }

  @Test
  void taskWithoutSomeOfItsDeliveries_keepsTheOthersAndItsNames() throws Exception {
    var push = accept(aPush().requested("push", "k").to(aRegistrationId()).to(aRegistrationId()));
    TaskId task = push.task().id();
    String first = push.deliveries().getFirst().id().registration().value();

    damage(
        "DELETE FROM deliveries WHERE task_id = "
            + task
            + " AND registration_id = '"
            + first
            + "'");

    assertThat(reached(task)).isEqualTo(new Task.TargetCounts(1, 1, Map.of("lost", 1)));
    assertThat(store().tasks().accept(aPush().requested("push", "k").build()))
        .isInstanceOf(AcceptResult.Duplicate.class);
  }

  @Test
  void listedTaskWithoutItsDeliveriesAndSums_isCountedAsUnreached() throws Exception {
    var task = Fixtures.aTask().from(Source.of("kit").as(Source.Kind.MULTIPLE));
    TaskId lost = accept(new PushBuilder(task).to(aRegistrationId())).task().id();

    damage(
        "DELETE FROM deliveries WHERE task_id = " + lost,
        "DELETE FROM task_statistics WHERE task_id = " + lost);

    assertThat(store().statistics().ofTasks(List.of(lost)))
        .isEqualTo(Map.of(lost, new DeliveryCounts(1, 0, 0, 0, 0)));
  }

  @Test
  void whatIsWhole_staysAsItIs() throws Exception {
    var phone = store().registrations().add(aRegistration().build());
    var broadcast = accept(aPush().toEveryone(Everyone.all(Optional.empty()), phone.id())).task();
    var task = accept(aPush().requested("push", "k").to(phone.id())).task();

    damage();

    assertThat(store().tasks().find(broadcast.id())).contains(broadcast);
    assertThat(store().tasks().find(task.id())).contains(task);
  }

  @Test
  void schemaStep_madeByOtherStatements_isRefusedByName() throws Exception {
    store().close();
    execute("UPDATE schema_steps SET checksum = 'other' WHERE step = 1");

    assertThatThrownBy(this::reopen)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("step 1 was made by other statements")
        .hasMessageNotContaining("\n");
  }

  @Test
  void schemaStep_withoutAChecksum_isRefusedAsFromBefore() throws Exception {
    store().close();
    execute("DROP TABLE schema_steps");

    assertThatThrownBy(this::reopen)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("step 1 has no checksum")
        .hasMessageContaining("before 0.1.0");
  }
}
