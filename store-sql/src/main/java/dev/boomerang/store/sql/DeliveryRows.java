// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Deliveries as rows of [Tables#DELIVERIES].
final class DeliveryRows {
  static final List<String> KEY = List.of("task_id", "registration_id");

  /// What a change of state changes.
  static final List<String> STATE =
      List.of("tally", "phase", "state", "timeline", "waits", "due_at");

  /// `waits`: for its device to come and take it. (Literal in statements, so that the partial index
  /// is used.)
  static final int TO_BE_TAKEN = 1;

  /// `waits`: for its device to come and give it back.
  static final int TO_BE_GIVEN_BACK = 2;

  /// `waits`: for nothing, but its device may have it unopened.
  static final int HELD = 3;

  /// `waits`: to be handed out, but not to its own device at our gateway.
  static final int ELSEWHERE = 4;

  private DeliveryRows() {}

  static Object[] key(DeliveryId id) {
    return new Object[] {id.task().value(), id.registration().value()};
  }

  /// `told`: what its task's callback asks to be told ([Telling]).
  static Object[] row(TallyKey tally, Delivery delivery, int told) {
    return new Object[] {
      delivery.id().task().value(),
      delivery.id().registration().value(),
      delivery.app().value(),
      tally.write(),
      delivery.message(),
      delivery.expiresAt().toEpochMilli(),
      delivery.state().status().wire(),
      StateText.write(delivery.state()),
      TimelineText.write(delivery.timeline()),
      waits(delivery),
      dueAt(delivery),
      told
    };
  }

  /// The values of [#STATE], then of [#KEY].
  static Object[] change(Delivery delivery, TallyKey tally) {
    return new Object[] {
      tally.write(),
      delivery.state().status().wire(),
      StateText.write(delivery.state()),
      TimelineText.write(delivery.timeline()),
      waits(delivery),
      dueAt(delivery),
      delivery.id().task().value(),
      delivery.id().registration().value()
    };
  }

  static int told(ResultSet row) throws SQLException {
    return row.getInt(12);
  }

  static TallyKey tally(ResultSet row) throws SQLException {
    return TallyKey.read(row.getString(4));
  }

  static Delivery delivery(ResultSet row) throws SQLException {
    TallyKey tally = tally(row);
    return new Delivery(
        id(row),
        new AppId(row.getString(3)),
        tally.platform(),
        tally.channel(),
        row.getInt(5),
        Instant.ofEpochMilli(row.getLong(6)),
        StateText.read(Phases.named(row.getString(7)), row.getString(8)),
        TimelineText.read(row.getString(9)));
  }

  /// Reads an id from the first two columns.
  static DeliveryId id(ResultSet row) throws SQLException {
    return new DeliveryId(new TaskId(row.getLong(1)), new RegistrationId(row.getString(2)));
  }

  private static @Nullable Integer waits(Delivery delivery) {
    return switch (delivery.state()) {
      case DeliveryState.Queued _, DeliveryState.Sending _ ->
          delivery.inMailbox() ? TO_BE_TAKEN : ELSEWHERE;
      case DeliveryState.Scheduled _, DeliveryState.Pending _ -> ELSEWHERE;
      case DeliveryState.Sent _, DeliveryState.Delivered _ -> HELD;
      case DeliveryState.Shown _, DeliveryState.Abandoned _ -> HELD;
      case DeliveryState.Recalling _ -> TO_BE_GIVEN_BACK;
      case DeliveryState.Final _ -> null;
    };
  }

  /// What may still be handed out to any of these.
  static List<DeliveryId> waiting(
      Session session, Bulk bulk, Collection<RegistrationId> registrations) throws SQLException {
    List<Object[]> keys =
        registrations.stream()
            .flatMap(
                id ->
                    Stream.of(
                        new Object[] {id.value(), TO_BE_TAKEN},
                        new Object[] {id.value(), ELSEWHERE}))
            .toList();
    return bulk.select(
        session, Tables.WAITING, List.of("registration_id", "waits"), keys, DeliveryRows::id);
  }

  /// Those of the registrations that have a delivery of the task. May be added to.
  static Set<RegistrationId> having(
      Session session, Bulk bulk, TaskId task, Collection<RegistrationId> registrations)
      throws SQLException {
    List<Object[]> keys = registrations.stream().map(id -> key(new DeliveryId(task, id))).toList();
    return new HashSet<>(
        bulk.select(session, Tables.WAITING, KEY, keys, row -> id(row).registration()));
  }

  private static @Nullable Long dueAt(Delivery delivery) {
    return delivery.deadline().map(Instant::toEpochMilli).orElse(null);
  }
}
