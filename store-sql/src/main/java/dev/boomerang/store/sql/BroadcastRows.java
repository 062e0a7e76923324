// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience.Everyone;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Member;
import dev.boomerang.model.Platform;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Slot;
import dev.boomerang.model.Source;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.BroadcastStore.Closed;
import dev.boomerang.port.TaskStore.Cover;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Broadcasts as rows of [Tables#BROADCASTS], and who takes part in them.
final class BroadcastRows {

  /// A broadcast as far as its deliveries ask.
  record Broadcast(
      TaskId task,
      AppId app,
      Everyone rule,
      Instant acceptedAt,
      Instant expiresAt,
      boolean recalled,
      boolean lapsed,
      Optional<Instant> waitUntil,
      Map<Platform, Slot> slots,
      Closed closed,
      int told) {

    private static final String WRITE =
        "UPDATE broadcasts SET recalled = ?, lapsed = ?, wait_until = ?, due_at = ?, closed = ?"
            + " WHERE task_id = ?";

    Broadcast waitingUntil(Instant end) {
      return now(closed, recalled, lapsed, Optional.of(end));
    }

    Broadcast recalledUntil(Instant end) {
      return now(closed.then(Closed.RECALLED), true, lapsed, Optional.of(end));
    }

    Broadcast stopped() {
      return now(closed.then(Closed.STOPPED), recalled, lapsed, waitUntil);
    }

    private Broadcast now(
        Closed nowClosed, boolean nowRecalled, boolean nowLapsed, Optional<Instant> end) {
      return new Broadcast(
          task,
          app,
          rule,
          acceptedAt,
          expiresAt,
          nowRecalled,
          nowLapsed,
          end,
          slots,
          nowClosed,
          told);
    }

    boolean isOver(Instant now) {
      return !expiresAt.isAfter(now);
    }

    boolean isGivenUp(Instant now) {
      return waitUntil.filter(end -> !end.isAfter(now)).isPresent();
    }

    /// After the clock has acted on it.
    Broadcast passed(Instant now) {
      boolean over = lapsed || isOver(now);
      return now(
          over ? closed.then(Closed.LAPSED) : closed,
          recalled,
          over,
          waitUntil.filter(end -> end.isAfter(now)));
    }

    /// Where devices of this platform show it.
    Slot slot(Platform platform) {
      return slots.getOrDefault(platform, Slot.of(task));
    }

    private Optional<Instant> due() {
      Optional<Instant> end = lapsed ? Optional.empty() : Optional.of(expiresAt);
      return Stream.concat(end.stream(), waitUntil.stream()).min(Comparator.naturalOrder());
    }

    void write(Session session) throws SQLException {
      Object[] values = {
        recalled ? 1 : 0,
        lapsed ? 1 : 0,
        millis(waitUntil),
        millis(due()),
        name(closed),
        task.value()
      };
      session.update(WRITE, values);
      if (closed != Closed.NO) {
        SqlPaces.end(session, task);
      }
    }

    private static @Nullable Long millis(Optional<Instant> time) {
      return time.map(Instant::toEpochMilli).orElse(null);
    }

    /// Where its deliveries count. A broadcast's marks are not told apart by platform.
    Tallying.Cell cell() {
      return new Tallying.Cell(
          app,
          TimeUnit.MILLISECONDS.toHours(acceptedAt.toEpochMilli()),
          Source.Kind.BROADCAST,
          rule.platform().map(Platform::wire).orElse(Tallying.NONE),
          ChannelId.SELF.value());
    }

    /// The delivery to a member that has no mark.
    Delivery untaken(DeliveryId id, Platform platform) {
      return delivery(id, platform, closed.untaken(acceptedAt, expiresAt));
    }

    Delivery delivery(DeliveryId id, Platform platform, DeliveryState state) {
      return Delivery.begin(id, app, platform, 0, expiresAt, state);
    }
  }

  /// A registration by its number, which the store gave it.
  record Numbered(RegistrationId id, int number, Member member) {
    private static final int CHUNK_BITS = 14;

    int chunk() {
      return number >> CHUNK_BITS;
    }

    /// Within its chunk.
    int place() {
      return number & (1 << CHUNK_BITS) - 1;
    }
  }

  private BroadcastRows() {}

  /// Of a broadcast to those picked, who all have marks, so that it needs no rule.
  private static final Everyone NOBODY_ELSE =
      new Everyone(Optional.empty(), Optional.empty(), Optional.empty());

  static Everyone rule(Cover cover) {
    return switch (cover) {
      case Cover.ByRule(var rule) -> rule;
      case Cover.Fixed _, Cover.Paced _ -> NOBODY_ELSE;
    };
  }

  static Broadcast of(Task task, Everyone rule) {
    return new Broadcast(
        task.id(),
        task.app(),
        rule,
        task.lifespan().acceptedAt(),
        task.expiresAt(),
        false,
        false,
        Optional.empty(),
        task.slots(),
        Closed.NO,
        Telling.asked(task));
  }

  static Object[] row(Task task, Everyone rule) {
    return new Object[] {
      task.id().value(),
      task.app().value(),
      StoredText.of(PushText.audience(rule)),
      task.lifespan().acceptedAt().toEpochMilli(),
      task.expiresAt().toEpochMilli(),
      0,
      0,
      null,
      task.expiresAt().toEpochMilli(),
      TaskRows.slots(task),
      name(Closed.NO),
      Telling.asked(task)
    };
  }

  private static String name(Closed closed) {
    return closed.name().toLowerCase(Locale.ROOT);
  }

  static Broadcast broadcast(ResultSet row) throws SQLException {
    if (PushText.audience(Json.parse(row.getString(3))) instanceof Everyone rule) {
      long waitUntil = row.getLong(8);
      boolean waits = !row.wasNull();
      return new Broadcast(
          new TaskId(row.getLong(1)),
          new AppId(row.getString(2)),
          rule,
          Instant.ofEpochMilli(row.getLong(4)),
          Instant.ofEpochMilli(row.getLong(5)),
          row.getInt(6) == 1,
          row.getInt(7) == 1,
          waits ? Optional.of(Instant.ofEpochMilli(waitUntil)) : Optional.empty(),
          TaskRows.slots(row.getString(10)),
          Closed.valueOf(row.getString(11).toUpperCase(Locale.ROOT)),
          row.getInt(12));
    }
    throw new IllegalStateException("a stored rule is none for everyone");
  }

  /// Reads a row of [Tables#MEMBERS].
  static Numbered numbered(ResultSet row) throws SQLException {
    return new Numbered(
        new RegistrationId(row.getString(1)),
        row.getInt(2),
        new Member(
            new AppId(row.getString(3)),
            Platform.parse(row.getString(4)).orElseThrow(),
            row.getString(5) != null,
            Instant.ofEpochMilli(row.getLong(6)),
            row.getInt(7) == 1));
  }
}
