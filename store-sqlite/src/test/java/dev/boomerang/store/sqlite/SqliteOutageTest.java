// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.StoreFailure;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.store.sql.SqlStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A full disk, and files that go, with the real SQLite.
class SqliteOutageTest {
  @TempDir Path folder;

  private final List<Connection> open = new ArrayList<>();
  private final EnumMap<StoreFailure, Integer> counted = new EnumMap<>(StoreFailure.class);
  private boolean full;

  private Path data() {
    return folder.resolve("data");
  }

  private Path file() {
    return data().resolve("boomerang.db");
  }

  private Store openFile() throws IOException {
    DataFiles.make(file());
    return SqlStore.open(
        SqliteDatabase.open(file(), this::limited),
        cause -> {
          synchronized (counted) {
            counted.merge(cause, 1, Integer::sum);
          }
        });
  }

  private synchronized Connection limited(Connection connection) {
    open.add(connection);
    limit(connection);
    return connection;
  }

  /// SQLite answers a limit below the pages there are with just these, and no page more is had.
  private void limit(Connection connection) {
    try {
      if (!connection.isClosed()) {
        try (var statement = connection.createStatement()) {
          statement.execute("PRAGMA max_page_count = " + (full ? 1 : 1_000_000));
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private synchronized void setFull(boolean isFull) {
    full = isFull;
    open.forEach(this::limit);
  }

  private static Acceptance aLargePush() {
    return Fixtures.aPush()
        .to("ada", "m".repeat(3_000) + Fixtures.aTaskId(), Fixtures.aRegistrationId())
        .build();
  }

  private static boolean isStored(Store store, Acceptance push) {
    var id = push.task().id();
    boolean there = store.tasks().find(id).isPresent();
    assertThat(store.tasks().messages(id).isEmpty()).isEqualTo(!there);
    assertThat(store.deliveries().counts(id).isEmpty()).isEqualTo(!there);
    return there;
  }

  private static boolean accepts(Store store, Acceptance push) {
    try {
      store.tasks().accept(push);
      return true;
    } catch (StoreException e) {
      assertThat(e.failure()).isEqualTo(StoreFailure.FULL);
      return false;
    }
  }

  @Test
  void fullDisk_refusesWhatItDoesNotStore_andNothingElse() throws IOException {
    try (Store store = openFile()) {
      assertThat(accepts(store, aLargePush())).isTrue();
      setFull(true);
      List<Acceptance> pushes = Stream.generate(SqliteOutageTest::aLargePush).limit(40).toList();

      List<Boolean> accepted =
          ConcurrentCalls.among(pushes.size(), i -> accepts(store, pushes.get(i)));

      assertThat(accepted).contains(false);
      for (int i = 0; i < pushes.size(); i++) {
        assertThat(isStored(store, pushes.get(i))).isEqualTo(accepted.get(i));
      }
      assertThat(counted.get(StoreFailure.FULL)).isPositive();
      assertThatThrownBy(store::check)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.FULL));
      assertThat(store.lastWriteFailure()).contains(StoreFailure.FULL);

      setFull(false);

      store.check();
      assertThat(store.lastWriteFailure()).isEmpty();
      assertThat(accepts(store, aLargePush())).isTrue();
      for (int i = 0; i < pushes.size(); i++) {
        assertThat(isStored(store, pushes.get(i))).isEqualTo(accepted.get(i));
      }
    }
    try (Store store = openFile()) {
      assertThat(accepts(store, aLargePush())).isTrue();
    }
  }

  @Test
  void fullDisk_againAndAgain_isLeftBehindEachTime() throws IOException {
    try (Store store = openFile()) {
      for (int round = 0; round < 5; round++) {
        setFull(true);
        var refused = new ArrayList<Acceptance>();
        while (refused.size() < 3) {
          Acceptance push = aLargePush();
          if (!accepts(store, push)) {
            refused.add(push);
          }
        }
        setFull(false);
        assertThat(accepts(store, refused.getFirst())).isTrue();
        assertThat(refused).filteredOn(push -> isStored(store, push)).hasSize(1);
      }
    }
  }

  @Test
  void databaseDeleted_isNotReady_andTakesNothing() throws IOException {
    withoutItsFile(file());
  }

  @Test
  void logDeleted_isNotReady_andTakesNothing() throws IOException {
    withoutItsFile(DataFiles.beside(file(), "-wal"));
  }

  private void withoutItsFile(Path lost) throws IOException {
    try (Store store = openFile()) {
      store.check();
      Path away = lost.resolveSibling("away");
      Files.move(lost, away);

      assertThatThrownBy(store::check)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.IO))
          .hasMessageContaining("deleted or replaced");
      assertThatThrownBy(() -> store.tasks().accept(aLargePush()))
          .isInstanceOf(StoreException.class);
      assertThat(lost).doesNotExist();

      Files.copy(away, lost);
      assertThatThrownBy(store::check).isInstanceOf(StoreException.class);
      Files.delete(lost);

      Files.move(away, lost);
      store.check();
      assertThat(accepts(store, aLargePush())).isTrue();
    }
  }

  @Test
  void filesMadeHere_areTheirOwnersAlone() throws IOException {
    try (Store store = SqliteStore.open(file())) {
      store.check();
      assertThat(permissions(data())).isEqualTo("rwx------");
      try (var files = Files.list(data())) {
        assertThat(files)
            .hasSizeGreaterThanOrEqualTo(4)
            .allSatisfy(each -> assertThat(permissions(each)).isEqualTo("rw-------"));
      }
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
