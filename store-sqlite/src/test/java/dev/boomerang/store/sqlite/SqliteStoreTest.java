// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

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
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("data/boomerang.db");
  }

  private Store openFile() {
    return SqliteStore.open(file());
  }

  private Store atTheEndOfAChunk() throws SQLException {
    openFile().close();
    execute("UPDATE counters SET value = 16382 WHERE name = 'registration'");
    return openFile();
  }

  @Nested
  class Apps extends AppStoreContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Registrations extends RegistrationStoreContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Tasks extends TaskStoreContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Deliveries extends DeliveryStoreContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Mailboxes extends MailboxContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Deferrals extends DeferralContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Recalls extends RecallStoreContract {
    @Override
    protected Store open() {
      return openFile();
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
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Templates extends TemplateStoreContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Schedules extends ScheduleStoreContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Webhooks extends WebhookOutboxContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Documents extends DocumentStoreContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Texts extends TextContract {
    @Override
    protected Store open() {
      return openFile();
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
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Segments extends SegmentStoreContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Stops extends StopContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Overrides extends OverrideContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class OpenTasks extends OpenTaskContract {
    @Override
    protected Store open() {
      return openFile();
    }
  }

  @Nested
  class Durability extends DurabilityContract {
    @Override
    protected Store open() {
      return openFile();
    }

    @Override
    protected Store reopen() {
      return openFile();
    }
  }

  @Nested
  class Damaged extends DamagedStoreContract {
    @Override
    protected Store open() {
      return openFile();
    }

    @Override
    protected Store reopen() {
      return openFile();
    }

    @Override
    protected void execute(String sql) throws SQLException {
      SqliteStoreTest.this.execute(sql);
    }
  }

  @Test
  void file_heldByAnotherStore_isRefusedAndUnharmed() {
    try (Store first = openFile()) {
      assertThatThrownBy(this::openFile)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by another server");

      first.check();
    }
    openFile().close();
  }

  @Test
  void file_heldByAnotherProcess_isRefusedUntilItEnds() throws Exception {
    Process holder = FileHolderProcess.start(file());
    try {
      assertThatThrownBy(this::openFile)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by another server");
    } finally {
      holder.destroyForcibly();
    }

    assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
    openFile().close();
  }

  @Test
  void file_ofANewerProgram_isRefused() throws SQLException {
    openFile().close();
    execute("UPDATE schema_version SET version = 99");

    assertThatThrownBy(this::openFile)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 99");
    execute("UPDATE schema_version SET version = 1");
    openFile().close();
  }

  @Test
  void file_thatIsNoDatabase_isRefusedAndLeftAlone() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "a letter to my landlord, long enough to be mistaken".repeat(50));

    assertThatThrownBy(this::openFile).isInstanceOf(StoreException.class);

    assertThat(file()).content().startsWith("a letter");
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
