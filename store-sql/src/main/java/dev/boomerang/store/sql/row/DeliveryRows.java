// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.row;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.store.sql.codec.DeliveryStatusText;
import dev.boomerang.store.sql.codec.StateText;
import dev.boomerang.store.sql.codec.TimelineText;
import dev.boomerang.store.sql.effect.StatisticsKey;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.schema.Tables;
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
public final class DeliveryRows {
  public static final List<String> KEY = List.of("task_id", "registration_id");

  /// What a change of state changes.
  public static final List<String> STATE =
      List.of("statistics_key", "status", "state", "timeline", "mailbox_state", "due_at");

  /// `mailbox_state`: for its device to come and take it. (Literal in statements, so that the
  /// partial index is used.)
  static final int IN_MAILBOX = 1;

  /// `mailbox_state`: for its device to come and give it back.
  static final int RECALLING = 2;

  /// `mailbox_state`: for nothing, but its device may have it unopened.
  static final int ON_DEVICE = 3;

  /// `mailbox_state`: to be handed out, but not to its own device at our gateway.
  static final int NOT_IN_MAILBOX = 4;

  private DeliveryRows() {}

  public static Object[] key(DeliveryId id) {
    return new Object[] {id.task().value(), id.registration().value()};
  }

  /// `webhook_events_mask`: what its task's callback asks to be told
  /// ([WebhookEventWriter][dev.boomerang.store.sql.effect.WebhookEventWriter]).
  public static Object[] row(StatisticsKey tally, Delivery delivery, int told) {
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
      mailboxState(delivery),
      dueAt(delivery),
      told
    };
  }

  /// The values of [#STATE], then of [#KEY].
  public static Object[] updateValues(Delivery delivery, StatisticsKey tally) {
    return new Object[] {
      tally.write(),
      delivery.state().status().wire(),
      StateText.write(delivery.state()),
      TimelineText.write(delivery.timeline()),
      mailboxState(delivery),
      dueAt(delivery),
      delivery.id().task().value(),
      delivery.id().registration().value()
    };
  }

  public static int webhookEventsMask(ResultSet row) throws SQLException {
    return row.getInt(12);
  }

  public static StatisticsKey statisticsKey(ResultSet row) throws SQLException {
    return StatisticsKey.parse(row.getString(4));
  }

  public static Delivery delivery(ResultSet row) throws SQLException {
    StatisticsKey tally = statisticsKey(row);
    return new Delivery(
        id(row),
        new AppId(row.getString(3)),
        tally.platform(),
        tally.channel(),
        row.getInt(5),
        Instant.ofEpochMilli(row.getLong(6)),
        StateText.read(DeliveryStatusText.parse(row.getString(7)), row.getString(8)),
        TimelineText.read(row.getString(9)));
  }

  /// Reads an id from the first two columns.
  public static DeliveryId id(ResultSet row) throws SQLException {
    return new DeliveryId(new TaskId(row.getLong(1)), new RegistrationId(row.getString(2)));
  }

  private static @Nullable Integer mailboxState(Delivery delivery) {
    return switch (delivery.state()) {
      case DeliveryState.Queued _, DeliveryState.Sending _ ->
          delivery.inMailbox() ? IN_MAILBOX : NOT_IN_MAILBOX;
      case DeliveryState.Scheduled _, DeliveryState.Pending _ -> NOT_IN_MAILBOX;
      case DeliveryState.Sent _, DeliveryState.Delivered _ -> ON_DEVICE;
      case DeliveryState.Shown _, DeliveryState.Abandoned _ -> ON_DEVICE;
      case DeliveryState.Recalling _ -> RECALLING;
      case DeliveryState.Final _ -> null;
    };
  }

  /// What may still be handed out to any of these.
  public static List<DeliveryId> undelivered(
      SqlSession session, BatchSql batchSql, Collection<RegistrationId> registrations)
      throws SQLException {
    List<Object[]> keys =
        registrations.stream()
            .flatMap(
                id ->
                    Stream.of(
                        new Object[] {id.value(), IN_MAILBOX},
                        new Object[] {id.value(), NOT_IN_MAILBOX}))
            .toList();
    return batchSql.select(
        session,
        Tables.MAILBOX_STATES,
        List.of("registration_id", "mailbox_state"),
        keys,
        DeliveryRows::id);
  }

  /// Those of the registrations that have a delivery of the task. May be added to.
  public static Set<RegistrationId> registrationsOf(
      SqlSession session, BatchSql batchSql, TaskId task, Collection<RegistrationId> registrations)
      throws SQLException {
    List<Object[]> keys = registrations.stream().map(id -> key(new DeliveryId(task, id))).toList();
    return new HashSet<>(
        batchSql.select(session, Tables.MAILBOX_STATES, KEY, keys, row -> id(row).registration()));
  }

  private static @Nullable Long dueAt(Delivery delivery) {
    return delivery.deadline().map(Instant::toEpochMilli).orElse(null);
  }
}
