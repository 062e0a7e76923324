// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

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
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Scheduled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.DeliveryState.TooLate;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.text.WellFormedText;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Encodes a state's data as one line of text; its status has a column of its own. Words are
/// separated by single spaces, the time first in Unix milliseconds; what may hold spaces itself
/// comes last:
///
/// `1767254400000 self 1 0` is the text of a `Sending`, `1767254400000 delivered 1767254300000
/// self` that of a `Recalling`.
public final class DeliveryStateCodec {
  /// Stands where an abandoned delivery has the task that took its place.
  private static final String STOPPED = "stopped";

  private DeliveryStateCodec() {}

  public static String write(DeliveryState state) {
    long at = state.since().toEpochMilli();
    return switch (state) {
      case Scheduled _, Pending _, Opened _, Dismissed _, TooLate _ -> Long.toString(at);
      case Expired _, Stopped _ -> Long.toString(at);
      case Queued s ->
          at
              + " "
              + word(s.channel())
              + " "
              + s.attempt()
              + s.notBefore().map(time -> " " + time.toEpochMilli()).orElse("");
      case Sending s ->
          at + " " + word(s.channel()) + " " + s.attempt() + (s.recallRequested() ? " 1" : " 0");
      case Sent s -> at + " " + word(s.channel()) + " " + clean(s.channelMessageId());
      case Delivered s -> at + " " + word(s.channel());
      case Shown s -> at + " " + word(s.channel());
      case Abandoned s ->
          at
              + " "
              + word(s.channel())
              + " "
              + s.attempt()
              + switch (s.cause()) {
                case Abandoned.Cause.LifetimeOver _ -> "";
                case Abandoned.Cause.Superseded(var by) -> " " + by;
                case Abandoned.Cause.TaskStopped _ -> " " + STOPPED;
              };
      case Recalling s -> at + " " + s.was().status().wire() + " " + write(s.was());
      case Recalled s -> at + " " + s.outcome().name().toLowerCase(Locale.ROOT);
      case Overridden s -> at + " " + s.by() + " " + s.outcome().name().toLowerCase(Locale.ROOT);
      case Failed s -> at + " " + clean(s.reason());
    };
  }

  public static DeliveryState read(DeliveryStatus deliveryStatus, String text) {
    var words = new Words(text);
    Instant at = words.time();
    return switch (deliveryStatus) {
      case SCHEDULED -> new Scheduled(at);
      case PENDING -> new Pending(at);
      case QUEUED -> new Queued(at, words.channel(), words.number(), words.optionalTime());
      case SENDING -> new Sending(at, words.channel(), words.number(), words.number() == 1);
      case SENT -> new Sent(at, words.channel(), words.rest());
      case DELIVERED -> new Delivered(at, words.channel());
      case SHOWN -> new Shown(at, words.channel());
      case ABANDONED -> new Abandoned(at, words.channel(), words.number(), cause(words.rest()));
      case RECALLING ->
          new Recalling(at, out(DeliveryStatusCodec.parse(words.next()), words.rest()));
      case OPENED -> new Opened(at);
      case DISMISSED -> new Dismissed(at);
      case RECALLED ->
          new Recalled(at, Recalled.Outcome.valueOf(words.next().toUpperCase(Locale.ROOT)));
      case TOO_LATE -> new TooLate(at);
      case OVERRIDDEN ->
          new Overridden(
              at,
              new TaskId(Long.parseLong(words.next())),
              Overridden.Outcome.valueOf(words.next().toUpperCase(Locale.ROOT)));
      case STOPPED -> new Stopped(at);
      case EXPIRED -> new Expired(at);
      case FAILED -> new Failed(at, words.rest());
    };
  }

  private static Abandoned.Cause cause(String word) {
    return word.equals(STOPPED)
        ? new Abandoned.Cause.TaskStopped()
        : TaskId.parse(word)
            .<Abandoned.Cause>map(Abandoned.Cause.Superseded::new)
            .orElseGet(Abandoned.Cause.LifetimeOver::new);
  }

  private static Dispatched out(DeliveryStatus deliveryStatus, String text) {
    if (read(deliveryStatus, text) instanceof Dispatched state) {
      return state;
    }
    throw new IllegalArgumentException("a recall cannot follow " + deliveryStatus);
  }

  private static String word(ChannelId channel) {
    if (channel.value().indexOf(' ') >= 0) {
      throw new IllegalArgumentException("a channel id has no spaces");
    }
    return channel.value();
  }

  /// Vendors' words, in which anything may be found.
  private static String clean(String words) {
    return WellFormedText.repaired(words);
  }

  /// Reads a text word by word.
  private static final class Words {
    private final String text;
    private int at;

    Words(String text) {
      this.text = text;
    }

    String next() {
      int space = text.indexOf(' ', at);
      int end = space < 0 ? text.length() : space;
      String word = text.substring(at, end);
      at = end + 1;
      return word;
    }

    Instant time() {
      return Instant.ofEpochMilli(Long.parseLong(next()));
    }

    /// Reads the time that may stand at the end.
    Optional<Instant> optionalTime() {
      return at < text.length() ? Optional.of(time()) : Optional.empty();
    }

    ChannelId channel() {
      String word = next();
      return word.equals(ChannelId.SELF.value()) ? ChannelId.SELF : new ChannelId(word);
    }

    int number() {
      return Integer.parseInt(next());
    }

    String rest() {
      return at > text.length() ? "" : text.substring(at);
    }
  }
}
