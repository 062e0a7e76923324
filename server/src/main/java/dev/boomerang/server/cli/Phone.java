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

/// The screen of the phone in the terminal: prints what happens, and remembers over restarts what
/// is on it, as a phone's system does.
final class Phone implements NotificationHandler {

  /// A notice on the screen. `number` is what the person calls it.
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

  /// `registration` tells what the server calls this phone, once it is connected.
  Phone(Path file, PrintStream out, Output output, Supplier<Optional<String>> registration)
      throws IOException {
    this.file = file;
    this.out = out;
    this.output = output;
    this.registration = registration;
    if (Files.exists(file)) {
      for (JsonNode one : Json.read(Files.readString(file, UTF_8)).orElse(Json.array())) {
        var notice =
            new Shown(
                one.path("number").asInt(),
                one.path("delivery").asText(),
                one.path("title").asText());
        shown.put(notice.delivery(), notice);
        last = Math.max(last, notice.number());
      }
    }
  }

  @Override
  public synchronized void show(PushNotification notice) {
    Shown put = put(notice);
    say("▶ shown " + put + text(notice.body()), json("shown", put).put("body", notice.body()));
  }

  @Override
  public synchronized void replace(String oldDelivery, PushNotification notice) {
    Optional<Shown> old = Optional.ofNullable(shown.remove(oldDelivery));
    Shown put = put(notice);
    say(
        "⟳ replaced "
            + old.map(one -> "#" + one.number()).orElse("an older one")
            + " by "
            + put
            + text(notice.body()),
        json("replaced", put).put("body", notice.body()).put("older", oldDelivery));
  }

  @Override
  public synchronized WithdrawResult withdraw(String delivery) {
    Optional<Shown> gone = Optional.ofNullable(shown.remove(delivery));
    save();
    gone.ifPresent(one -> say("◀ withdrawn " + one, json("withdrawn", one)));
    return gone.isPresent() ? WithdrawResult.REMOVED : WithdrawResult.TOO_LATE;
  }

  @Override
  public synchronized void onData(DataMessage message) {
    say("● data" + text(message.body()), event("data").put("body", message.body()));
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
        String id = registration.get().orElse("nobody yet");
        say("connected as " + id, event("connected").put("registration", id));
      }
      case WAITING -> {
        long millis = state.retryIn().toMillis();
        say(
            "not connected: " + state.cause() + ", next try in " + millis + " ms",
            event("notConnected").put("cause", state.cause()).put("retryMillis", millis));
      }
      case REFUSED ->
          say("refused: " + state.cause(), event("refused").put("cause", state.cause()));
    }
  }

  @Override
  public synchronized void onError(String what, Throwable cause) {
    String why = what + ": " + cause.getMessage();
    say("trouble: " + why, event("trouble").put("cause", why));
  }

  /// Says what happened, in a line for a person or as JSON.
  void say(String line, ObjectNode json) {
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

  /// Oldest first.
  synchronized List<Shown> shown() {
    return shown.values().stream().sorted(Comparator.comparingInt(Shown::number)).toList();
  }

  /// Takes a notice off because the person did something with it; the newest if no number is given.
  synchronized Optional<Shown> take(Optional<Integer> number) {
    Optional<Shown> found =
        number.isPresent()
            ? shown().stream().filter(one -> one.number() == number.get()).findFirst()
            : shown().reversed().stream().findFirst();
    found.ifPresent(one -> shown.remove(one.delivery()));
    save();
    return found;
  }

  private Shown put(PushNotification notice) {
    last++;
    var one = new Shown(last, notice.deliveryId(), printable(notice.title()));
    shown.put(one.delivery(), one);
    save();
    return one;
  }

  private static String text(String body) {
    return body.isEmpty() ? "" : " " + printable(body);
  }

  /// A message must not steer the terminal.
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
