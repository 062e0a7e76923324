// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.row;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.store.sql.codec.DeliveryStateCodec;
import dev.boomerang.store.sql.codec.DeliveryStatusCodec;
import dev.boomerang.store.sql.codec.TimelineCodec;
import dev.boomerang.store.sql.effect.StatisticsKey;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.schema.Tables;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Converts deliveries to rows and back.
public final class DeliveryRows {
  public static final List<String> KEY = List.of("task_id", "registration_id");

  /// Lists the columns that a change of state sets.
  public static final List<String> STATE =
      List.of(
          "statistics_key", "status", "state", "timeline", "mailbox_state", "not_before", "due_at");

  /// The `mailbox_state` of a delivery that its device can fetch. Statements use the literal, so
  /// that the partial index applies.
  static final int IN_MAILBOX = 1;

  /// The `mailbox_state` of a delivery whose device must still confirm its recall.
  static final int RECALLING = 2;

  /// The `mailbox_state` of a delivery that the device may have unopened.
  static final int ON_DEVICE = 3;

  /// The `mailbox_state` of a delivery that is still to be sent, but not by our gateway.
  static final int NOT_IN_MAILBOX = 4;

  private DeliveryRows() {}

  public static Object[] key(DeliveryId id) {
    return new Object[] {id.task().value(), id.registration().value()};
  }

  /// Returns a row; `webhook_events_mask` holds the events that the task's webhook asks for.
  public static Object[] row(
      StatisticsKey statisticsKey, Delivery delivery, int webhookEventsMask) {
    return new Object[] {
      delivery.id().task().value(),
      delivery.id().registration().value(),
      delivery.app().value(),
      statisticsKey.write(),
      delivery.message(),
      delivery.expiresAt().toEpochMilli(),
      delivery.state().status().wire(),
      DeliveryStateCodec.write(delivery.state()),
      TimelineCodec.write(delivery.timeline()),
      mailboxState(delivery),
      notBefore(delivery),
      dueAt(delivery),
      webhookEventsMask
    };
  }

  /// Returns the values of [#STATE], then of [#KEY].
  public static Object[] updateValues(Delivery delivery, StatisticsKey statisticsKey) {
    return new Object[] {
      statisticsKey.write(),
      delivery.state().status().wire(),
      DeliveryStateCodec.write(delivery.state()),
      TimelineCodec.write(delivery.timeline()),
      mailboxState(delivery),
      notBefore(delivery),
      dueAt(delivery),
      delivery.id().task().value(),
      delivery.id().registration().value()
    };
  }

  public static int webhookEventsMask(Row row) throws SQLException {
    return row.getInt("webhook_events_mask");
  }

  public static StatisticsKey statisticsKey(Row row) throws SQLException {
    return StatisticsKey.parse(row.getString("statistics_key"));
  }

  public static Delivery delivery(Row row) throws SQLException {
    StatisticsKey statisticsKey = statisticsKey(row);
    return new Delivery(
        id(row),
        new AppId(row.getString("app")),
        statisticsKey.platform(),
        statisticsKey.channel(),
        row.getInt("message"),
        row.getInstant("expires_at"),
        DeliveryStateCodec.read(
            DeliveryStatusCodec.parse(row.getString("status")), row.getString("state")),
        TimelineCodec.read(row.getString("timeline")));
  }

  /// Reads an id from the columns of the key.
  public static DeliveryId id(Row row) throws SQLException {
    return new DeliveryId(
        new TaskId(row.getLong("task_id")), new RegistrationId(row.getString("registration_id")));
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

  /// Returns the deliveries that may still be sent to any of these registrations.
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

  /// Returns those of the registrations that have a delivery of the task, as a mutable set.
  public static Set<RegistrationId> registrationsOf(
      SqlSession session, BatchSql batchSql, TaskId task, Collection<RegistrationId> registrations)
      throws SQLException {
    List<Object[]> keys = registrations.stream().map(id -> key(new DeliveryId(task, id))).toList();
    return new HashSet<>(
        batchSql.select(session, Tables.MAILBOX_STATES, KEY, keys, row -> id(row).registration()));
  }

  private static @Nullable Long notBefore(Delivery delivery) {
    return delivery.state() instanceof DeliveryState.Queued queued
        ? queued.notBefore().map(Instant::toEpochMilli).orElse(null)
        : null;
  }

  private static @Nullable Long dueAt(Delivery delivery) {
    return delivery.deadline().map(Instant::toEpochMilli).orElse(null);
  }
}
