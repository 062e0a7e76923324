// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.device.ConnectionState;
import dev.boomerang.device.DataMessage;
import dev.boomerang.device.NotificationHandler;
import dev.boomerang.device.PushNotification;
import dev.boomerang.device.WithdrawResult;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Displays notifications in the terminal: prints what happens, and remembers over restarts which
/// notifications are displayed, as a phone's system does.
final class Phone implements NotificationHandler {

  /// Holds a displayed notification. `number` is what the person types to name it.
  record Shown(int number, String delivery, String title) {
    @Override
    public String toString() {
      return "#" + number + " [" + title + "]";
    }
  }

  private final Path file;
  private final PrintStream out;
  private final Output output;
  private final Supplier<Optional<String>> registration;
  private final Map<String, Shown> shown = new TreeMap<>();
  private int last;

  /// Keeps the displayed notifications in `file`. `registration` returns the registration id of
  /// this phone; empty before it has registered.
  Phone(Path file, PrintStream out, Output output, Supplier<Optional<String>> registration)
      throws IOException {
    this.file = file;
    this.out = out;
    this.output = output;
    this.registration = registration;
    if (Files.exists(file)) {
      for (JsonNode one : Json.read(Files.readString(file, UTF_8)).orElse(Json.array())) {
        var notification =
            new Shown(
                one.path("number").asInt(),
                one.path("delivery").asText(),
                one.path("title").asText());
        shown.put(notification.delivery(), notification);
        last = Math.max(last, notification.number());
      }
    }
  }

  @Override
  public synchronized void show(PushNotification notification) {
    Shown put = put(notification);
    print(
        "▶ shown " + put + text(notification.body()),
        json("shown", put).put("body", notification.body()));
  }

  @Override
  public synchronized void replace(String oldDelivery, PushNotification notification) {
    Optional<Shown> old = Optional.ofNullable(shown.remove(oldDelivery));
    Shown put = put(notification);
    print(
        "⟳ replaced "
            + old.map(one -> "#" + one.number()).orElse("an older one")
            + " by "
            + put
            + text(notification.body()),
        json("replaced", put).put("body", notification.body()).put("older", oldDelivery));
  }

  @Override
  public synchronized WithdrawResult withdraw(String delivery) {
    Optional<Shown> gone = Optional.ofNullable(shown.remove(delivery));
    save();
    gone.ifPresent(one -> print("◀ withdrawn " + one, json("withdrawn", one)));
    return gone.isPresent() ? WithdrawResult.REMOVED : WithdrawResult.TOO_LATE;
  }

  @Override
  public synchronized void onData(DataMessage message) {
    print("● data" + text(message.body()), event("data").put("body", message.body()));
  }

  @Override
  public synchronized boolean isShowing(String delivery) {
    return shown.containsKey(delivery);
  }

  @Override
  public synchronized void onConnectionState(ConnectionState state) {
    switch (state.phase()) {
      case CONNECTING, CLOSED -> {}
      case CONNECTED -> {
        String id = registration.get().orElse("unregistered");
        print("connected as " + id, event("connected").put("registration", id));
      }
      case WAITING -> {
        long millis = state.retryIn().toMillis();
        print(
            "not connected: " + state.cause() + ", next try in " + millis + " ms",
            event("notConnected").put("cause", state.cause()).put("retryMillis", millis));
      }
      case REFUSED ->
          print("refused: " + state.cause(), event("refused").put("cause", state.cause()));
    }
  }

  @Override
  public synchronized void onError(String what, Throwable cause) {
    String why = what + ": " + cause.getMessage();
    print("error: " + why, event("error").put("cause", why));
  }

  /// Prints what happened, as a line for a person or as JSON.
  void print(String line, ObjectNode json) {
    if (!output.print(json)) {
      out.println(line);
    }
  }

  static ObjectNode event(String name) {
    return Json.object().put("event", name);
  }

  static ObjectNode json(String event, Shown one) {
    return event(event)
        .put("number", one.number())
        .put("delivery", one.delivery())
        .put("title", one.title());
  }

  /// Returns the displayed notifications, oldest first.
  synchronized List<Shown> shown() {
    return shown.values().stream().sorted(Comparator.comparingInt(Shown::number)).toList();
  }

  /// Removes and returns the notification with this number, because the person opened or dismissed
  /// it; the newest if no number is given. Returns empty if there is none.
  synchronized Optional<Shown> remove(Optional<Integer> number) {
    Optional<Shown> found =
        number.isPresent()
            ? shown().stream().filter(one -> one.number() == number.get()).findFirst()
            : shown().reversed().stream().findFirst();
    found.ifPresent(one -> shown.remove(one.delivery()));
    save();
    return found;
  }

  private Shown put(PushNotification notification) {
    last++;
    var one = new Shown(last, notification.deliveryId(), printable(notification.title()));
    shown.put(one.delivery(), one);
    save();
    return one;
  }

  private static String text(String body) {
    return body.isEmpty() ? "" : " " + printable(body);
  }

  /// Returns the text without control characters, so that a message cannot control the terminal.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private void save() {
    var list = Json.array();
    for (Shown one : shown()) {
      ObjectNode json =
          Json.object()
              .put("number", one.number())
              .put("delivery", one.delivery())
              .put("title", one.title());
      list.add(json);
    }
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, Json.write(list), UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
