// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.model.Callback.Event.CLICKED;
import static dev.boomerang.model.Callback.Event.NOT_RECEIVED;
import static dev.boomerang.model.Callback.Event.RECEIVED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.Callbacks;
import dev.boomerang.kit.Given;
import dev.boomerang.kit.Race;
import dev.boomerang.model.Callback;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Push;
import dev.boomerang.model.Receipt;
import dev.boomerang.model.Registration;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Outbound;
import dev.boomerang.port.Outbound.Answer;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbacksTest {
  private static final URI RECEIVER = URI.create("http://receiver.example/told");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Answer OK = new Answer.Status(200);
  private static final Answer DOWN = new Answer.Status(503);
  private static final Answer SILENT = new Answer.Silence("no answer");

  private record Said(URI url, Map<String, String> headers, String text) {}

  private final House house = new House();
  private final List<Said> said = Collections.synchronizedList(new ArrayList<>());
  private final List<Callbacks> opened = new ArrayList<>();
  private Function<URI, Answer> receiver = _ -> OK;
  private Callbacks callbacks = open();

  private Callbacks open() {
    Outbound outbound =
        (url, headers, body) -> {
          Answer answer = receiver.apply(url);
          if (!(answer instanceof Answer.Refused)) {
            said.add(new Said(url, headers, new String(body, UTF_8)));
          }
          return answer;
        };
    Callbacks opening =
        house.engine.callbacks(
            new Callbacks.Config(8, DAY, Duration.ofMinutes(1), false),
            outbound,
            (_, notes) ->
                notes.stream()
                    .map(note -> note.number() + " " + note.event() + note.cause())
                    .collect(Collectors.joining(", ")));
    opened.add(opening);
    return opening;
  }

  @AfterEach
  void close() {
    opened.forEach(Callbacks::close);
    house.close();
  }

  private Task push(String user, URI url, Callback.Event... events) {
    Push push = House.toUser(user);
    var callback = new Callback(url, Map.of("order", "42"), Set.of(events));
    return house.accepted(push.with(push.options().callback(Optional.of(callback))));
  }

  private Task push(String user) {
    return push(user, RECEIVER, RECEIVED, CLICKED, NOT_RECEIVED);
  }

  private void arrives(Task task, Registration phone) {
    house.engine.devices().mailbox(phone.id(), TaskId.NONE, 100);
    house.engine.devices().arrived(new DeliveryId(task.id(), phone.id()));
    house.engine.settle();
  }

  private void opens(Task task, Registration phone) {
    house
        .engine
        .devices()
        .receipts(
            phone.id(),
            List.of(
                new Receipt(
                    new DeliveryId(task.id(), phone.id()),
                    Receipt.Event.OPENED,
                    house.clock.instant())));
  }

  private void pass(Duration time) {
    house.clock.advance(time);
    callbacks.pass();
  }

  private List<String> texts() {
    return said.stream().map(Said::text).toList();
  }

  @Test
  void whatADeviceDoes_isSaidInOrder() {
    Registration phone = house.phone(Given.SHOP, "ada");
    Task task = push("ada");

    callbacks.pass();
    assertThat(texts()).isEmpty();
    arrives(task, phone);
    callbacks.pass();
    opens(task, phone);
    callbacks.pass();
    callbacks.pass();

    assertThat(texts()).containsExactly("1 RECEIVED", "2 CLICKED");
    assertThat(said).extracting(Said::url).containsOnly(RECEIVER);
  }

  @Test
  void whatComesTogether_isSaidTogether() {
    Registration phone = house.phone(Given.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    opens(task, phone);

    callbacks.pass();

    assertThat(texts()).containsExactly("1 RECEIVED, 2 CLICKED");
  }

  @Test
  void pushThatExpires_isSaidWithItsCause() {
    house.phone(Given.SHOP, "ada");
    push("ada");

    house.clock.advance(House.LIFETIME);
    house.engine.housekeeping().pass();
    callbacks.pass();

    assertThat(texts()).containsExactly("1 NOT_RECEIVEDexpired");
  }

  @Test
  void request_isSigned_asStandardWebhooksSay() throws GeneralSecurityException {
    Registration phone = house.phone(Given.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    callbacks.pass();

    Map<String, String> headers = said.getFirst().headers();
    String secret = house.engine.apps().callbackSecret(Given.SHOP).reveal();
    assertThat(secret).startsWith("whsec_");
    assertThat(house.engine.apps().callbackSecret(Given.BANK).reveal()).isNotEqualTo(secret);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
    String signed =
        headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + ".1 RECEIVED";
    assertThat(headers)
        .containsEntry("webhook-id", task.id() + "-1-1")
        .containsEntry("webhook-timestamp", Long.toString(house.clock.instant().getEpochSecond()))
        .containsEntry(
            "webhook-signature",
            "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))))
        .containsEntry("content-type", "application/json");
  }

  @Test
  void failure_isTriedAgain_theSame_andWhatIsBehindItWaits() {
    Registration phone = house.phone(Given.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    receiver = _ -> DOWN;
    callbacks.pass();
    opens(task, phone);
    callbacks.pass();
    assertThat(texts()).containsExactly("1 RECEIVED");

    receiver = _ -> OK;
    pass(Duration.ofSeconds(2));

    assertThat(texts()).containsExactly("1 RECEIVED", "1 RECEIVED", "2 CLICKED");
    assertThat(said.get(0).headers().get("webhook-id"))
        .isEqualTo(said.get(1).headers().get("webhook-id"))
        .isNotEqualTo(said.get(2).headers().get("webhook-id"));
  }

  @Test
  void anotherTask_doesNotWait() {
    Registration phone = house.phone(Given.SHOP, "ada");
    Task bad = push("ada", URI.create("http://bad.example/"), RECEIVED);
    Task good = push("ada");
    arrives(bad, phone);
    arrives(good, phone);
    receiver = url -> url.equals(RECEIVER) ? OK : SILENT;

    callbacks.pass();

    assertThat(said).extracting(Said::url).contains(RECEIVER);
    assertThat(house.store.callbacks().waiting()).isEqualTo(1);
  }

  @Test
  void attempts_comeLaterAndLater_butAtLeastEveryTenMinutes() {
    Registration phone = house.phone(Given.SHOP, "ada");
    arrives(push("ada"), phone);
    receiver = _ -> DOWN;
    var gaps = new ArrayList<Integer>();
    int seconds = 0;
    while (gaps.size() < 14) {
      int before = said.size();
      pass(Duration.ofSeconds(1));
      seconds++;
      if (said.size() > before) {
        gaps.add(seconds);
        seconds = 0;
      }
    }

    int longest = 2;
    for (int gap : gaps.subList(1, gaps.size())) {
      assertThat(gap).isBetween(longest / 2, longest + 1);
      longest = Math.min(600, 2 * longest);
    }
    assertThat(longest).isEqualTo(600);
  }

  @Test
  void receiverThatGivesNoAnswer_isLeftAlone_byItsOtherTasksToo() {
    Registration phone = house.phone(Given.SHOP, "ada");
    receiver = _ -> SILENT;
    for (int i = 0; i < 3; i++) {
      arrives(push("ada"), phone);
      callbacks.pass();
    }
    assertThat(texts()).hasSize(1);

    receiver = _ -> OK;
    pass(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2));

    assertThat(texts()).hasSize(4);
    assertThat(house.store.callbacks().waiting()).isZero();
  }

  @Test
  void refused_isGivenUpAtOnce_andCounted_andLaterEventsToo() {
    Map<String, Long> counts = counting();
    Registration phone = house.phone(Given.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    receiver = _ -> new Answer.Refused("a private address");
    callbacks.pass();
    assertThat(house.store.callbacks().waiting()).isZero();
    assertThat(counts).containsEntry("Refused", 1L).containsEntry("given up refused", 1L);

    opens(task, phone);
    pass(Duration.ofSeconds(2));
    assertThat(counts).containsEntry("given up refused", 2L);
    receiver = _ -> OK;
    pass(DAY);

    assertThat(texts()).isEmpty();
  }

  @Test
  void whatFailsForTooLong_isGivenUp_andCounted() {
    Map<String, Long> counts = counting();
    Registration phone = house.phone(Given.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    receiver = _ -> DOWN;
    callbacks.pass();
    house.clock.advance(Duration.ofHours(23));
    opens(task, phone);
    pass(Duration.ZERO);
    assertThat(counts).containsEntry("Status", 2L).doesNotContainKey("given up timeout");

    pass(Duration.ofHours(2));
    assertThat(counts).containsEntry("given up timeout", 1L).containsEntry("waiting", 2L);
    receiver = _ -> OK;
    pass(Duration.ofMinutes(10));
    pass(Duration.ofMinutes(10));

    assertThat(texts()).endsWith("2 CLICKED");
    assertThat(counts).containsEntry("sent", 1L).containsEntry("waiting", 0L);
  }

  /// What the engine tells its listener of callbacks from now on.
  private Map<String, Long> counting() {
    var counts = new HashMap<String, Long>();
    house.listener =
        new EngineListener() {
          @Override
          public void callbackSent(String origin, int notes) {
            counts.merge("sent", (long) notes, Long::sum);
          }

          @Override
          public void callbackFailed(String origin, String answer) {
            counts.merge(answer, 1L, Long::sum);
          }

          @Override
          public void callbackGivenUp(String origin, String cause, int notes) {
            counts.merge("given up " + cause, (long) notes, Long::sum);
          }

          @Override
          public void callbacksWaiting(long notes) {
            counts.put("waiting", notes);
          }
        };
    house.restart();
    callbacks = open();
    return counts;
  }

  @Test
  void queue_isSaidInBatches_inOrder() {
    List<Registration> phones = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      phones.add(house.phone(Given.SHOP, "ada"));
    }
    Task task = push("ada");
    phones.forEach(phone -> arrives(task, phone));

    callbacks.pass();

    assertThat(said)
        .extracting(each -> each.headers().get("webhook-id"))
        .containsExactly(task.id() + "-1-100", task.id() + "-101-200", task.id() + "-201-250");
  }

  @Test
  void whatWasNotSaid_isSaidAfterARestart() {
    Registration phone = house.phone(Given.SHOP, "ada");
    arrives(push("ada"), phone);
    receiver = _ -> DOWN;
    callbacks.pass();
    callbacks.close();
    house.restart();
    receiver = _ -> OK;

    callbacks = open();
    pass(Duration.ofSeconds(2));

    assertThat(texts()).containsExactly("1 RECEIVED", "1 RECEIVED");
  }

  @Test
  void twoNodes_sayEachNoteOnce() {
    Registration phone = house.phone(Given.SHOP, "ada");
    for (int i = 0; i < 30; i++) {
      arrives(push("ada"), phone);
    }
    Callbacks other = open();

    for (int round = 0; round < 20; round++) {
      Race.among(
          2,
          i -> {
            (i == 0 ? callbacks : other).pass();
            return i;
          });
      house.clock.advance(Duration.ofSeconds(1));
    }

    assertThat(said).extracting(each -> each.headers().get("webhook-id")).hasSize(30);
    assertThat(said).extracting(each -> each.headers().get("webhook-id")).doesNotHaveDuplicates();
  }

  @Test
  void nodeThatDiesWithABatch_losesItToAnother_afterTheLease() {
    Registration phone = house.phone(Given.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    var now = house.clock.instant();
    house.store.callbacks().take(task.id(), now, now.plus(Duration.ofMinutes(1)), 100);

    pass(Duration.ofSeconds(59));
    assertThat(texts()).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(texts()).containsExactly("1 RECEIVED");
  }
}
