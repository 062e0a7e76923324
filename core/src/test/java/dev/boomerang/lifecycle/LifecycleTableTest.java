// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Scheduled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps the table in ARCHITECTURE.md true to the machine. `-Ddocs=fix` writes it anew.
class LifecycleTableTest {
  private static final Path DOCUMENT = Path.of("..", "ARCHITECTURE.md");
  private static final String BEGIN = "<!-- lifecycle: begin -->\n";
  private static final String END = "<!-- lifecycle: end -->\n";

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plus(Recall.WINDOW);
  private static final ChannelId SELF = ChannelId.SELF;
  private static final ChannelId VENDOR = new ChannelId("fcm");
  private static final Sending SENDING = new Sending(NOW, SELF, 1, false);

  private static final Map<String, DeliveryState> STATES = new LinkedHashMap<>();

  static {
    STATES.put("scheduled", new Scheduled(NOW));
    STATES.put("pending", new Pending(NOW));
    STATES.put("queued", new Queued(NOW, SELF, 0));
    STATES.put("queued (deferred)", new Queued(NOW, SELF, 1, Optional.of(LATER)));
    STATES.put("sending", SENDING);
    STATES.put("sending (vendor)", new Sending(NOW, VENDOR, 1, false));
    STATES.put("sending (vendor, recall wanted)", new Sending(NOW, VENDOR, 1, true));
    STATES.put("sent", new Sent(NOW, VENDOR, "id"));
    STATES.put("delivered", new Delivered(NOW, SELF));
    STATES.put("shown", new Shown(NOW, SELF));
    STATES.put("abandoned", Abandoned.of(NOW, SELF, 1));
    STATES.put("recalling (was sending)", new Recalling(NOW, SENDING));
    STATES.put("recalling (was delivered)", new Recalling(NOW, new Delivered(NOW, SELF)));
    STATES.put("any final state", new Opened(NOW));
  }

  /// Lists every event there is.
  static List<DeliveryEvent> events(Instant at) {
    return List.of(
        new DeliveryEvent.Released(at),
        new DeliveryEvent.Routed(at, SELF),
        new DeliveryEvent.Claimed(at),
        new DeliveryEvent.NotSent(at, 1),
        new DeliveryEvent.Accepted(at, "id"),
        new DeliveryEvent.Rejected(at, "code"),
        new DeliveryEvent.Deferred(at, Duration.ofSeconds(1)),
        new DeliveryEvent.RetryDue(at),
        new DeliveryEvent.Arrived(at),
        new DeliveryEvent.ShownReported(at),
        new DeliveryEvent.OpenReported(at),
        new DeliveryEvent.DismissReported(at),
        new DeliveryEvent.DeadlinePassed(at),
        new DeliveryEvent.RecallRequested(at),
        new DeliveryEvent.WithdrawConfirmed(at),
        new DeliveryEvent.WithdrawFailed(at),
        new DeliveryEvent.Superseded(at, new TaskId(9)),
        new DeliveryEvent.StopRequested(at),
        new DeliveryEvent.ReplacedOnDevice(at, new TaskId(9)),
        new DeliveryEvent.Unreachable(at, "left"));
  }

  /// Returns every state there is.
  static Stream<DeliveryState> states() {
    return STATES.values().stream();
  }

  @Test
  void table_inTheDocument_isWhatTheMachineDoes() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END);
    if ("fix".equals(System.getProperty("docs"))) {
      Files.writeString(DOCUMENT, document.substring(0, begin) + table() + document.substring(end));
      return;
    }

    assertThat(document.substring(begin, end)).isEqualTo(table());
  }

  @Test
  void events_inTheTable_areAllThereAre() {
    assertThat(
            events(LATER).stream()
                .map(Object::getClass)
                .map(Class::getSimpleName)
                .sorted()
                .toList())
        .isEqualTo(
            List.of(DeliveryEvent.class.getPermittedSubclasses()).stream()
                .map(Class::getSimpleName)
                .sorted()
                .toList());
  }

  private static String table() {
    var table = new StringBuilder("| state | what moves it |\n|---|---|\n");
    STATES.forEach(
        (name, state) ->
            table.append("| ").append(name).append(" | ").append(moves(state)).append(" |\n"));
    return table.toString();
  }

  private static String moves(DeliveryState state) {
    String moves =
        events(LATER).stream()
            .flatMap(
                event ->
                    Lifecycle.apply(state, event) instanceof Moved(var _, var to)
                        ? List.of(event.getClass().getSimpleName() + " → " + name(to)).stream()
                        : List.<String>of().stream())
            .collect(Collectors.joining("; "));
    return moves.isEmpty() ? "nothing: a late receipt is counted, never believed" : moves;
  }

  private static String name(DeliveryState state) {
    return switch (state) {
      case Queued s when s.notBefore().isPresent() -> "**queued** (deferred)";
      case Recalling s -> "**recalling** (was " + s.was().status().wire() + ")";
      case DeliveryState.Recalled s ->
          "**recalled** (" + s.outcome().name().toLowerCase(java.util.Locale.ROOT) + ")";
      case DeliveryState.Overridden s ->
          "**overridden** (" + s.outcome().name().toLowerCase(java.util.Locale.ROOT) + ")";
      case DeliveryState s -> "**" + s.status().wire() + "**";
    };
  }
}
