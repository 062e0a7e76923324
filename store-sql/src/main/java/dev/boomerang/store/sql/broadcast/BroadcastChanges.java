// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.store.sql.broadcast.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.effect.StatisticsDelta;
import dev.boomerang.store.sql.effect.WebhookEventWriter;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.registration.NumberedRegistration;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes deliveries of broadcasts in one transaction.
public final class BroadcastChanges {
  private final Map<TaskId, Broadcast> broadcasts;
  private final Map<RegistrationId, NumberedRegistration> registrations;
  private final Map<TaskId, StatisticsDelta.Bucket> buckets = new HashMap<>();
  private final Map<TaskId, Instant> recallRequestedAt = new HashMap<>();
  private final Optional<BitmapChunks> bitmapChunks;
  private final Optional<BroadcastOverrides> broadcastOverrides;
  private final StatisticsDelta statisticsDelta;
  private final WebhookEventWriter webhookEventWriter;

  private BroadcastChanges(
      Map<TaskId, Broadcast> broadcasts,
      Map<RegistrationId, NumberedRegistration> registrations,
      Optional<BitmapChunks> bitmapChunks,
      Optional<BroadcastOverrides> broadcastOverrides,
      StatisticsDelta statisticsDelta,
      WebhookEventWriter webhookEventWriter) {
    this.broadcasts = broadcasts;
    this.registrations = registrations;
    this.bitmapChunks = bitmapChunks;
    this.broadcastOverrides = broadcastOverrides;
    this.statisticsDelta = statisticsDelta;
    this.webhookEventWriter = webhookEventWriter;
  }

  public static BroadcastChanges none() {
    return new BroadcastChanges(
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        new StatisticsDelta(),
        new WebhookEventWriter());
  }

  /// `broadcasts` are locked already.
  public static BroadcastChanges lock(
      SqlSession session,
      BatchSql batchSql,
      BroadcastIndex broadcastIndex,
      Map<TaskId, Broadcast> broadcasts,
      Collection<DeliveryId> ids,
      StatisticsDelta statisticsDelta,
      WebhookEventWriter webhookEventWriter)
      throws SQLException {
    if (broadcasts.isEmpty()) {
      return none();
    }
    List<DeliveryId> own = ids.stream().filter(id -> broadcasts.containsKey(id.task())).toList();
    Map<RegistrationId, NumberedRegistration> registrations =
        broadcastIndex.findNumbers(session, own.stream().map(DeliveryId::registration).toList());
    var keys = new ArrayList<BitmapChunks.Key>();
    for (DeliveryId id : own) {
      NumberedRegistration registration = registrations.get(id.registration());
      if (registration != null) {
        keys.add(BitmapChunks.Key.of(id.task(), registration));
      }
    }
    return new BroadcastChanges(
        broadcasts,
        registrations,
        Optional.of(BitmapChunks.lock(session, batchSql, keys)),
        Optional.of(
            BroadcastOverrides.load(
                session, batchSql, broadcasts.values(), registrations.values())),
        statisticsDelta,
        webhookEventWriter);
  }

  public Transition apply(Change change) {
    DeliveryId id = change.id();
    Broadcast broadcast = broadcasts.get(id.task());
    NumberedRegistration registration = registrations.get(id.registration());
    if (broadcast == null || registration == null || bitmapChunks.isEmpty()) {
      return new Transition.Unknown();
    }
    var key = BitmapChunks.Key.of(id.task(), registration);
    StateBitmaps stateBitmaps = bitmapChunks.get().chunk(key);
    Optional<DeliveryState> mark =
        stateBitmaps.state(registration.offset(), broadcast.acceptedAt());
    Optional<Delivery> delivery =
        delivery(
            broadcast,
            id,
            registration,
            mark,
            broadcastOverrides.flatMap(each -> each.overriding(broadcast, registration)));
    if (delivery.isEmpty()) {
      return new Transition.Unknown();
    }
    Transition transition = Lifecycle.apply(delivery.get().state(), change.event());
    if (transition instanceof Moved(var from, var to)) {
      stateBitmaps.set(registration.offset(), to);
      bitmapChunks.get().setChanged(key);
      count(broadcast, mark.isPresent(), from, to);
      webhookEventWriter.transitioned(
          id, broadcast.webhookEventsMask(), from, to, change.event().at());
      if (to.status() == DeliveryStatus.RECALLING && from.status() != DeliveryStatus.RECALLING) {
        recallRequestedAt.merge(id.task(), change.event().at(), (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    return transition;
  }

  /// Returns the delivery of a broadcast to a registration; empty if it is not in the audience.
  /// `broadcastOverrides` is the broadcast that replaced it for this registration.
  static Optional<Delivery> delivery(
      Broadcast broadcast,
      DeliveryId id,
      NumberedRegistration registration,
      Optional<DeliveryState> mark,
      Optional<Broadcast> newer) {
    var platform = registration.audienceAttributes().platform();
    boolean covered =
        registration.audienceAttributes().app().equals(broadcast.app())
            && broadcast.rule().covers(registration.audienceAttributes());
    Optional<Delivery> delivery =
        mark.map(state -> broadcast.delivery(id, platform, state))
            .or(
                () ->
                    covered
                        ? Optional.of(broadcast.deliveryWithoutState(id, platform))
                        : Optional.empty());
    return delivery.map(
        found ->
            newer.isPresent() && isWaiting(found.state())
                ? broadcast.delivery(id, platform, overridden(newer.get()))
                : found);
  }

  private static boolean isWaiting(DeliveryState state) {
    return state instanceof DeliveryState.Queued || state instanceof DeliveryState.Pending;
  }

  private static DeliveryState overridden(Broadcast newer) {
    return new DeliveryState.Overridden(
        newer.acceptedAt(), newer.task(), DeliveryState.Overridden.Outcome.PREVENTED);
  }

  private void count(Broadcast broadcast, boolean wasMarked, DeliveryState from, DeliveryState to) {
    var bucket = buckets.computeIfAbsent(broadcast.task(), _ -> broadcast.statisticsBucket());
    if (wasMarked) {
      statisticsDelta.transitioned(bucket, broadcast.task(), from, to);
    } else {
      statisticsDelta.add(bucket, broadcast.task(), DeliveryFunnel.of(to));
    }
  }

  public void write(SqlSession session) throws SQLException {
    if (bitmapChunks.isPresent()) {
      bitmapChunks.get().write(session);
    }
    for (Map.Entry<TaskId, Instant> entry : recallRequestedAt.entrySet()) {
      Broadcast broadcast = broadcasts.get(entry.getKey());
      if (broadcast != null) {
        broadcast.withRecallDeadline(entry.getValue().plus(Recall.WINDOW)).write(session);
      }
    }
  }
}
