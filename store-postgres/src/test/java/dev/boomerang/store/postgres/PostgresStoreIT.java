// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.kit.contract.AppStoreContract;
import dev.boomerang.kit.contract.BroadcastClosingContract;
import dev.boomerang.kit.contract.BroadcastStoreContract;
import dev.boomerang.kit.contract.DocumentStoreContract;
import dev.boomerang.kit.contract.OpenTaskContract;
import dev.boomerang.kit.contract.OverrideContract;
import dev.boomerang.kit.contract.PacedRunStoreContract;
import dev.boomerang.kit.contract.RecallStoreContract;
import dev.boomerang.kit.contract.RegistrationStoreContract;
import dev.boomerang.kit.contract.ScheduleStoreContract;
import dev.boomerang.kit.contract.SegmentStoreContract;
import dev.boomerang.kit.contract.StopContract;
import dev.boomerang.kit.contract.TaskStoreContract;
import dev.boomerang.kit.contract.TemplateStoreContract;
import dev.boomerang.kit.contract.TextContract;
import dev.boomerang.kit.contract.TransitionCountsContract;
import dev.boomerang.kit.contract.UploadStoreContract;
import dev.boomerang.kit.contract.WebhookOutboxContract;
import dev.boomerang.kit.contract.delivery.DeferralContract;
import dev.boomerang.kit.contract.delivery.DeliveryStoreContract;
import dev.boomerang.kit.contract.delivery.MailboxContract;
import dev.boomerang.kit.contract.delivery.StatisticsStoreContract;
import dev.boomerang.kit.contract.failure.DamagedStoreContract;
import dev.boomerang.kit.contract.failure.DurabilityContract;
import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.app.Secret;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.TaskStore.AcceptResult.Stored;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresStoreIT {

  private static Store emptyStore() throws SQLException {
    return PostgresStore.open(TestPostgres.emptyDatabase());
  }

  private static Store atTheEndOfAChunk() throws SQLException {
    PostgresConfig database = TestPostgres.emptyDatabase();
    PostgresStore.open(database).close();
    TestPostgres.execute(
        database.jdbcUrl(), "UPDATE counters SET value = 16382 WHERE name = 'registration'");
    return PostgresStore.open(database);
  }

  @Nested
  class Apps extends AppStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Registrations extends RegistrationStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Tasks extends TaskStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Deliveries extends DeliveryStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Mailboxes extends MailboxContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Deferrals extends DeferralContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Recalls extends RecallStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Broadcasts extends BroadcastStoreContract {
    /// Its second registration is in another chunk of marks than its first.
    @Override
    protected Store open() throws SQLException {
      return atTheEndOfAChunk();
    }
  }

  @Nested
  class BroadcastClosing extends BroadcastClosingContract {
    /// Its second registration is in another chunk of marks than its first.
    @Override
    protected Store open() throws SQLException {
      return atTheEndOfAChunk();
    }
  }

  @Nested
  class PacedRuns extends PacedRunStoreContract {
    /// Its second registration is in another chunk of marks than its first.
    @Override
    protected Store open() throws SQLException {
      return atTheEndOfAChunk();
    }
  }

  @Nested
  class Statistics extends StatisticsStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Templates extends TemplateStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Schedules extends ScheduleStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Webhooks extends WebhookOutboxContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Documents extends DocumentStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Texts extends TextContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class CountsOfTransitions extends TransitionCountsContract {
    @Override
    protected Store open() throws SQLException {
      return atTheEndOfAChunk();
    }
  }

  @Nested
  class Uploads extends UploadStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Segments extends SegmentStoreContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Stops extends StopContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Overrides extends OverrideContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class OpenTasks extends OpenTaskContract {
    @Override
    protected Store open() throws SQLException {
      return emptyStore();
    }
  }

  @Nested
  class Durability extends DurabilityContract {
    private final PostgresConfig database = TestPostgres.emptyDatabase();

    Durability() throws SQLException {}

    @Override
    protected Store open() {
      return PostgresStore.open(database);
    }

    @Override
    protected Store reopen() {
      return PostgresStore.open(database);
    }
  }

  @Nested
  class Damaged extends DamagedStoreContract {
    private final PostgresConfig database = TestPostgres.emptyDatabase();

    Damaged() throws SQLException {}

    @Override
    protected Store open() {
      return PostgresStore.open(database);
    }

    @Override
    protected Store reopen() {
      return PostgresStore.open(database);
    }

    @Override
    protected void execute(String sql) throws SQLException {
      TestPostgres.execute(database.jdbcUrl(), sql);
    }
  }

  @Test
  void racersOnTwoNodes_forOneMessageId_haveOneWinner() throws SQLException {
    PostgresConfig database = TestPostgres.emptyDatabase();
    try (Store one = PostgresStore.open(database);
        Store two = PostgresStore.open(database)) {
      for (int round = 0; round < 10; round++) {
        String messageId = "m" + round;

        var acceptResults =
            ConcurrentCalls.among(
                40,
                i ->
                    (i % 2 == 0 ? one : two)
                        .tasks()
                        .accept(
                            Fixtures.aPush()
                                .to("ada", messageId, Fixtures.aRegistrationId())
                                .build()));

        assertThat(acceptResults).filteredOn(Stored.class::isInstance).hasSize(1);
      }
    }
  }

  @Test
  void nodesStartingAtOnce_onAnEmptyDatabase_allCome() throws SQLException {
    PostgresConfig database = TestPostgres.emptyDatabase();

    var stores = ConcurrentCalls.among(4, _ -> PostgresStore.open(database));

    stores.forEach(Store::check);
    stores.forEach(Store::close);
  }

  @Test
  void database_ofANewerProgram_isRefused() throws SQLException {
    PostgresConfig database = TestPostgres.emptyDatabase();
    PostgresStore.open(database).close();
    TestPostgres.execute(database.jdbcUrl(), "UPDATE schema_version SET version = 99");

    assertThatThrownBy(() -> PostgresStore.open(database))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 99");
  }

  @Test
  void commits_areDurable_thoughTheServerSaysOtherwise() throws SQLException {
    PostgresConfig config = TestPostgres.emptyDatabase();
    assertThat(TestPostgres.setting(config.jdbcUrl(), "synchronous_commit")).isEqualTo("off");

    try (var database = PostgresDatabase.open(config)) {
      var session = database.writers().acquire();
      assertThat(
              session.first("SHOW synchronous_commit", row -> row.getString("synchronous_commit")))
          .contains("on");
      database.writers().release(session);
    }
  }

  /// Rows hold what is pushed, and errors are logged.
  @Test
  void failedWrite_doesNotQuoteItsRow() throws SQLException {
    PostgresConfig database = TestPostgres.emptyDatabase();
    try (Store store = PostgresStore.open(database)) {
      TestPostgres.execute(
          database.jdbcUrl(), "ALTER TABLE tasks ADD CONSTRAINT none CHECK (kind = 'none')");

      assertThatThrownBy(
              () -> store.tasks().accept(Fixtures.aPush().to(Fixtures.aRegistrationId()).build()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("violates check constraint")
          .hasMessageNotContainingAny("Failing row", "Detail");
    }
  }

  @Test
  void database_outOfReach_isSaidSo() {
    var nowhere =
        new PostgresConfig(
            "jdbc:postgresql://localhost:1/none",
            "nobody",
            new Secret("x"),
            2,
            1,
            Duration.ofSeconds(1));

    assertThatThrownBy(() -> PostgresStore.open(nowhere)).isInstanceOf(StoreException.class);
  }
}
