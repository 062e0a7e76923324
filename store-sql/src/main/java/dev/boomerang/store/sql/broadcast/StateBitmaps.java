// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Dispatched;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalled.Outcome;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Scheduled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.DeliveryState.TooLate;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/// Holds the states of one chunk of registrations in one broadcast. Each registration is in at most
/// one bitmap of the [Kind]s that are a state; flags add to it. The time of a state is not kept.
///
/// The number of a delivery attempt has two bits: 1 and 2 are exact, beyond that it is [#MANY],
/// which no `NotSent` matches because a claim counts on from it.
public final class StateBitmaps {

  /// Names a bitmap, with its code in stored form.
  private enum Kind {
    QUEUED(0),
    SENDING(1),
    DELIVERED(2),
    SHOWN(3),
    ABANDONED(4),
    OPENED(5),
    DISMISSED(6),
    RECALL_PREVENTED(7),
    WITHDRAWN(8),
    TOO_LATE(9),
    EXPIRED(10),
    FAILED(11),
    /// A flag beside `SENDING` to `ABANDONED`: that is what the recall found.
    RECALLING(12),
    /// Flags: the number of the last delivery attempt, in two bits.
    ATTEMPT_LOW(13),
    ATTEMPT_HIGH(14),
    /// `ABANDONED` because a newer task of the same collapse key replaced it.
    ABANDONED_BY_OVERRIDE(15),
    /// Overridden: here, and on the device.
    OVERRIDE_PREVENTED(16),
    OVERRIDE_REPLACED(17),
    STOPPED(18),
    /// `ABANDONED` because its task was stopped.
    ABANDONED_BY_STOP(19),
    /// The registration waits to be released, because the broadcast is paced.
    PENDING(20);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalStateException("stored states have a kind " + code);
    }

    boolean isState() {
      return this != RECALLING && this != ATTEMPT_LOW && this != ATTEMPT_HIGH;
    }

    /// Returns whether the delivery may have reached the device.
    boolean isDispatched() {
      return this == SENDING
          || this == DELIVERED
          || this == SHOWN
          || this == ABANDONED
          || this == ABANDONED_BY_OVERRIDE
          || this == ABANDONED_BY_STOP;
    }
  }

  private static final int MANY = 1_000;
  private static final int MOST_KEPT = 3;
  private static final int VERSION = 1;

  private final Map<Kind, RoaringBitmap> bitmaps = new EnumMap<>(Kind.class);

  /// Returns the state of a registration, with `since` as its time; empty if it has none.
  Optional<DeliveryState> state(int offset, Instant since) {
    for (Kind kind : Kind.values()) {
      if (kind.isState() && has(kind, offset)) {
        return Optional.of(state(kind, offset, since));
      }
    }
    return Optional.empty();
  }

  private DeliveryState state(Kind kind, int offset, Instant since) {
    return switch (kind) {
      case PENDING -> new Pending(since);
      case QUEUED -> new Queued(since, ChannelId.SELF, attempt(offset));
      case SENDING, DELIVERED, SHOWN, ABANDONED, ABANDONED_BY_OVERRIDE, ABANDONED_BY_STOP -> {
        Dispatched dispatched = out(kind, offset, since);
        yield has(Kind.RECALLING, offset) ? new Recalling(since, dispatched) : dispatched;
      }
      case OPENED -> new Opened(since);
      case DISMISSED -> new Dismissed(since);
      case RECALL_PREVENTED -> new Recalled(since, Outcome.PREVENTED);
      case WITHDRAWN -> new Recalled(since, Outcome.WITHDRAWN);
      case TOO_LATE -> new TooLate(since);
      case STOPPED -> new Stopped(since);
      case EXPIRED -> new Expired(since);
      case FAILED -> new Failed(since, Lifecycle.RECALL_UNANSWERED);
      // Which task it was is not kept.
      case OVERRIDE_PREVENTED -> new Overridden(since, TaskId.NONE, Overridden.Outcome.PREVENTED);
      case OVERRIDE_REPLACED -> new Overridden(since, TaskId.NONE, Overridden.Outcome.REPLACED);
      case RECALLING, ATTEMPT_LOW, ATTEMPT_HIGH -> throw new IllegalStateException("a flag");
    };
  }

  private Dispatched out(Kind kind, int offset, Instant since) {
    return switch (kind) {
      case SENDING -> new Sending(since, ChannelId.SELF, attempt(offset), false);
      case DELIVERED -> new Delivered(since, ChannelId.SELF);
      case SHOWN -> new Shown(since, ChannelId.SELF);
      case ABANDONED -> Abandoned.of(since, ChannelId.SELF, attempt(offset));
      case ABANDONED_BY_OVERRIDE ->
          new Abandoned(
              since, ChannelId.SELF, attempt(offset), new Abandoned.Cause.Superseded(TaskId.NONE));
      case ABANDONED_BY_STOP ->
          new Abandoned(since, ChannelId.SELF, attempt(offset), new Abandoned.Cause.TaskStopped());
      case QUEUED, OPENED, DISMISSED, RECALL_PREVENTED, WITHDRAWN, TOO_LATE, EXPIRED, FAILED ->
          throw new IllegalStateException("not out");
      case OVERRIDE_PREVENTED, OVERRIDE_REPLACED, STOPPED, PENDING ->
          throw new IllegalStateException("not out");
      case RECALLING, ATTEMPT_LOW, ATTEMPT_HIGH -> throw new IllegalStateException("a flag");
    };
  }

  /// Sets the state of a registration.
  void set(int offset, DeliveryState state) {
    bitmaps.values().forEach(bitmap -> bitmap.remove(offset));
    if (state instanceof Recalling(var _, Dispatched was)) {
      put(offset, was);
      add(Kind.RECALLING, offset);
    } else {
      put(offset, state);
    }
  }

  private void put(int offset, DeliveryState state) {
    switch (state) {
      case Pending _ -> add(Kind.PENDING, offset);
      case Queued s -> add(Kind.QUEUED, offset, s.attempt());
      case Sending s -> add(Kind.SENDING, offset, s.attempt());
      case Delivered _ -> add(Kind.DELIVERED, offset);
      case Shown _ -> add(Kind.SHOWN, offset);
      case Abandoned s ->
          add(
              switch (s.cause()) {
                case Abandoned.Cause.LifetimeOver _ -> Kind.ABANDONED;
                case Abandoned.Cause.Superseded _ -> Kind.ABANDONED_BY_OVERRIDE;
                case Abandoned.Cause.TaskStopped _ -> Kind.ABANDONED_BY_STOP;
              },
              offset,
              s.attempt());
      case Overridden(var _, var _, Overridden.Outcome outcome) ->
          add(
              switch (outcome) {
                case PREVENTED -> Kind.OVERRIDE_PREVENTED;
                case REPLACED -> Kind.OVERRIDE_REPLACED;
              },
              offset);
      case Opened _ -> add(Kind.OPENED, offset);
      case Dismissed _ -> add(Kind.DISMISSED, offset);
      case Recalled(var _, Outcome outcome) ->
          add(
              switch (outcome) {
                case PREVENTED -> Kind.RECALL_PREVENTED;
                case WITHDRAWN -> Kind.WITHDRAWN;
              },
              offset);
      case TooLate _ -> add(Kind.TOO_LATE, offset);
      case Stopped _ -> add(Kind.STOPPED, offset);
      case Expired _ -> add(Kind.EXPIRED, offset);
      case Failed _ -> add(Kind.FAILED, offset);
      case Scheduled _, Sent _, Recalling _ ->
          throw new IllegalArgumentException("a broadcast's delivery is never " + state);
    }
  }

  private void add(Kind kind, int offset, int attempt) {
    add(kind, offset);
    int kept = Math.min(attempt, MOST_KEPT);
    if ((kept & 1) != 0) {
      add(Kind.ATTEMPT_LOW, offset);
    }
    if ((kept & 2) != 0) {
      add(Kind.ATTEMPT_HIGH, offset);
    }
  }

  private int attempt(int offset) {
    int kept = (has(Kind.ATTEMPT_LOW, offset) ? 1 : 0) + (has(Kind.ATTEMPT_HIGH, offset) ? 2 : 0);
    return kept == MOST_KEPT ? MANY : kept;
  }

  /// Sets registrations to queued.
  void addQueued(RoaringBitmap offsets) {
    bitmap(Kind.QUEUED).or(offsets);
  }

  /// Sets registrations to pending.
  void addPending(RoaringBitmap offsets) {
    bitmap(Kind.PENDING).or(offsets);
  }

  /// Releases the first `count` pending registrations; returns their offsets.
  RoaringBitmap release(int count) {
    RoaringBitmap released = of(Kind.PENDING).limit(count);
    bitmap(Kind.PENDING).andNot(released);
    bitmap(Kind.QUEUED).or(released);
    return released;
  }

  /// Returns whether any registration is pending.
  boolean hasPending() {
    return !of(Kind.PENDING).isEmpty();
  }

  /// Recalls every delivery that may have reached a device and prevents the others.
  void recallAll() {
    endWaiting(Kind.RECALL_PREVENTED);
    for (Kind kind : Kind.values()) {
      if (kind.isDispatched()) {
        bitmap(Kind.RECALLING).or(of(kind));
      }
    }
    clean();
  }

  /// Ends deliveries whose lifetime is over. Those being recalled stay so.
  void expireAll() {
    endWaiting(Kind.EXPIRED);
    endSending(Kind.ABANDONED);
    clean();
  }

  /// Ends deliveries of a stopped task. Those being recalled stay so.
  void stopAll() {
    endWaiting(Kind.STOPPED);
    endSending(Kind.ABANDONED_BY_STOP);
    clean();
  }

  private void endSending(Kind to) {
    RoaringBitmap ending = RoaringBitmap.andNot(of(Kind.SENDING), of(Kind.RECALLING));
    bitmap(Kind.SENDING).andNot(ending);
    bitmap(to).or(ending);
  }

  /// Fails the recalls that no device answered.
  void failRecalls() {
    RoaringBitmap waiting = of(Kind.RECALLING).clone();
    for (Kind kind : Kind.values()) {
      if (kind.isDispatched()) {
        bitmap(kind).andNot(waiting);
      }
    }
    bitmap(Kind.FAILED).or(waiting);
    bitmap(Kind.RECALLING).clear();
    clean();
  }

  private void endWaiting(Kind to) {
    move(Kind.PENDING, to);
    move(Kind.QUEUED, to);
  }

  private void move(Kind from, Kind to) {
    bitmap(to).or(of(from));
    bitmap(from).clear();
  }

  /// Returns how many registrations have each form of state.
  public Map<DeliveryState, Integer> counts(Instant since) {
    Map<DeliveryState, Integer> counts = new HashMap<>();
    bitmaps.forEach(
        (kind, bitmap) -> {
          if (kind.isState() && !bitmap.isEmpty()) {
            int asked =
                kind.isDispatched() ? RoaringBitmap.andCardinality(bitmap, of(Kind.RECALLING)) : 0;
            int rest = bitmap.getCardinality() - asked;
            if (kind.isDispatched()) {
              Dispatched form = formOf(kind, since);
              count(counts, form, rest);
              count(counts, new Recalling(since, form), asked);
            } else {
              count(counts, state(kind, NO_OFFSET, since), rest);
            }
          }
        });
    return counts;
  }

  /// Returns a copy that holds these offsets only.
  public StateBitmaps intersect(RoaringBitmap offsets) {
    var some = new StateBitmaps();
    bitmaps.forEach((kind, bitmap) -> some.bitmaps.put(kind, RoaringBitmap.and(bitmap, offsets)));
    return some;
  }

  /// An offset that no registration has.
  private static final int NO_OFFSET = -1;

  private Dispatched formOf(Kind kind, Instant since) {
    return out(kind, NO_OFFSET, since);
  }

  private static void count(Map<DeliveryState, Integer> counts, DeliveryState form, int many) {
    if (many > 0) {
      counts.merge(form, many, Integer::sum);
    }
  }

  /// Returns the offsets of all registrations that have a state.
  RoaringBitmap offsets() {
    return RoaringBitmap.or(
        bitmaps.entrySet().stream()
            .filter(entry -> entry.getKey().isState())
            .map(Map.Entry::getValue)
            .iterator());
  }

  private boolean has(Kind kind, int offset) {
    return of(kind).contains(offset);
  }

  private void add(Kind kind, int offset) {
    bitmap(kind).add(offset);
  }

  private RoaringBitmap bitmap(Kind kind) {
    return bitmaps.computeIfAbsent(kind, _ -> new RoaringBitmap());
  }

  private static final RoaringBitmap NOBODY = new RoaringBitmap();

  /// Returns a bitmap that must not be changed.
  private RoaringBitmap of(Kind kind) {
    return bitmaps.getOrDefault(kind, NOBODY);
  }

  private void clean() {
    bitmaps.values().removeIf(RoaringBitmap::isEmpty);
  }

  byte[] write() {
    clean();
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      for (Map.Entry<Kind, RoaringBitmap> entry : bitmaps.entrySet()) {
        entry.getValue().runOptimize();
        out.writeByte(entry.getKey().code);
        entry.getValue().serialize(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
    return bytes.toByteArray();
  }

  /// Reads the stored form; an empty one has no states.
  static StateBitmaps read(byte[] stored) {
    var stateBitmaps = new StateBitmaps();
    if (stored.length == 0) {
      return stateBitmaps;
    }
    if (stored[0] != VERSION) {
      throw new IllegalStateException("stored states have version " + stored[0]);
    }
    ByteBuffer in = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    in.get();
    try {
      while (in.hasRemaining()) {
        Kind kind = Kind.of(in.get());
        var bitmap = new RoaringBitmap();
        bitmap.deserialize(in.slice().order(ByteOrder.LITTLE_ENDIAN));
        in.position(in.position() + bitmap.serializedSizeInBytes());
        stateBitmaps.bitmaps.put(kind, bitmap);
      }
    } catch (IOException e) {
      throw new IllegalStateException("stored states are broken", e);
    }
    return stateBitmaps;
  }
}
