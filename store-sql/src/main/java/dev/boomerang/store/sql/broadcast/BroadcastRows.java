// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.BroadcastStore.CloseReason;
import dev.boomerang.port.TaskStore.BroadcastAudience;
import dev.boomerang.store.sql.codec.Json;
import dev.boomerang.store.sql.codec.PushCodec;
import dev.boomerang.store.sql.effect.StatisticsDelta;
import dev.boomerang.store.sql.effect.WebhookEventWriter;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.jdbc.StoredText;
import dev.boomerang.store.sql.row.TaskRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Broadcasts as rows of [Tables.BROADCASTS][dev.boomerang.store.sql.schema.Tables#BROADCASTS], and
/// who takes part in them.
public final class BroadcastRows {

  /// Holds of a broadcast what its deliveries depend on.
  public record Broadcast(
      TaskId task,
      AppId app,
      Everyone rule,
      Instant acceptedAt,
      Instant expiresAt,
      boolean recalled,
      boolean expired,
      Optional<Instant> recallDeadline,
      Map<Platform, CollapseKey> collapseKeys,
      CloseReason closeReason,
      int webhookEventsMask) {

    private static final String WRITE =
        "UPDATE broadcasts SET recalled = ?, expired = ?, recall_deadline = ?, due_at = ?,"
            + " close_reason = ? WHERE task_id = ?";

    Broadcast withRecallDeadline(Instant end) {
      return now(closeReason, recalled, expired, Optional.of(end));
    }

    Broadcast recalledUntil(Instant end) {
      return now(closeReason.then(CloseReason.RECALLED), true, expired, Optional.of(end));
    }

    Broadcast stopped() {
      return now(closeReason.then(CloseReason.STOPPED), recalled, expired, recallDeadline);
    }

    private Broadcast now(
        CloseReason nowClosed, boolean nowRecalled, boolean nowExpired, Optional<Instant> end) {
      return new Broadcast(
          task,
          app,
          rule,
          acceptedAt,
          expiresAt,
          nowRecalled,
          nowExpired,
          end,
          collapseKeys,
          nowClosed,
          webhookEventsMask);
    }

    boolean isPastLifetime(Instant now) {
      return !expiresAt.isAfter(now);
    }

    boolean isPastRecallDeadline(Instant now) {
      return recallDeadline.filter(end -> !end.isAfter(now)).isPresent();
    }

    /// Returns the broadcast after its deadlines up to now have taken effect.
    Broadcast afterDeadlines(Instant now) {
      boolean over = expired || isPastLifetime(now);
      return now(
          over ? closeReason.then(CloseReason.EXPIRED) : closeReason,
          recalled,
          over,
          recallDeadline.filter(end -> end.isAfter(now)));
    }

    /// Returns the collapse key under which devices of this platform show it.
    CollapseKey collapseKey(Platform platform) {
      return collapseKeys.getOrDefault(platform, CollapseKey.of(task));
    }

    private Optional<Instant> due() {
      Optional<Instant> end = expired ? Optional.empty() : Optional.of(expiresAt);
      return Stream.concat(end.stream(), recallDeadline.stream()).min(Comparator.naturalOrder());
    }

    void write(SqlSession session) throws SQLException {
      Object[] values = {
        recalled ? 1 : 0,
        expired ? 1 : 0,
        millis(recallDeadline),
        millis(due()),
        name(closeReason),
        task.value()
      };
      session.update(WRITE, values);
      if (closeReason != CloseReason.NO) {
        PacedRunRows.end(session, task);
      }
    }

    private static @Nullable Long millis(Optional<Instant> time) {
      return time.map(Instant::toEpochMilli).orElse(null);
    }

    /// Returns the statistics row for its deliveries. The bitmaps do not separate platforms.
    StatisticsDelta.Bucket statisticsBucket() {
      return new StatisticsDelta.Bucket(
          app,
          TimeUnit.MILLISECONDS.toHours(acceptedAt.toEpochMilli()),
          Source.Kind.BROADCAST,
          rule.platform().map(Platform::wire).orElse(StatisticsDelta.NONE),
          ChannelId.SELF.value());
    }

    /// Returns the delivery to a registration that has no state in the bitmaps.
    Delivery deliveryWithoutState(DeliveryId id, Platform platform) {
      return delivery(id, platform, closeReason.untaken(acceptedAt, expiresAt));
    }

    Delivery delivery(DeliveryId id, Platform platform, DeliveryState state) {
      return Delivery.create(id, app, platform, 0, expiresAt, state);
    }
  }

  private BroadcastRows() {}

  /// The rule of a broadcast to picked registrations, which all have a state, so that it needs no
  /// rule.
  private static final Everyone NOBODY_ELSE =
      new Everyone(Optional.empty(), Optional.empty(), Optional.empty());

  static Everyone rule(BroadcastAudience broadcastAudience) {
    return switch (broadcastAudience) {
      case BroadcastAudience.ByRule(var rule) -> rule;
      case BroadcastAudience.Fixed _, BroadcastAudience.Paced _ -> NOBODY_ELSE;
    };
  }

  static Broadcast of(Task task, Everyone rule) {
    return new Broadcast(
        task.id(),
        task.app(),
        rule,
        task.validity().acceptedAt(),
        task.expiresAt(),
        false,
        false,
        Optional.empty(),
        task.collapseKeys(),
        CloseReason.NO,
        WebhookEventWriter.mask(task));
  }

  static Object[] row(Task task, Everyone rule) {
    return new Object[] {
      task.id().value(),
      task.app().value(),
      StoredText.of(PushCodec.audience(rule)),
      task.validity().acceptedAt().toEpochMilli(),
      task.expiresAt().toEpochMilli(),
      0,
      0,
      null,
      task.expiresAt().toEpochMilli(),
      TaskRows.collapseKeys(task),
      name(CloseReason.NO),
      WebhookEventWriter.mask(task)
    };
  }

  private static String name(CloseReason closeReason) {
    return closeReason.name().toLowerCase(Locale.ROOT);
  }

  public static Broadcast broadcast(Row row) throws SQLException {
    if (PushCodec.audience(Json.parse(row.getString("rule"))) instanceof Everyone rule) {
      return new Broadcast(
          new TaskId(row.getLong("task_id")),
          new AppId(row.getString("app")),
          rule,
          row.getInstant("accepted_at"),
          row.getInstant("expires_at"),
          row.getFlag("recalled"),
          row.getFlag("expired"),
          row.getOptionalInstant("recall_deadline"),
          TaskRows.collapseKeys(row.getString("collapse_keys")),
          CloseReason.valueOf(row.getString("close_reason").toUpperCase(Locale.ROOT)),
          row.getInt("webhook_events_mask"));
    }
    throw new IllegalStateException("a stored rule is none for everyone");
  }
}
