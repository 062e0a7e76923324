// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.model.push.Webhook.EventType.CLICKED;
import static dev.boomerang.model.push.Webhook.EventType.NOT_RECEIVED;
import static dev.boomerang.model.push.Webhook.EventType.RECEIVED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.webhook.WebhookDispatcher;
import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.WebhookClient;
import dev.boomerang.port.WebhookClient.Response;
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

class WebhooksTest {
  private static final URI RECEIVER = URI.create("http://receiver.example/events");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Response OK = new Response.Status(200);
  private static final Response DOWN = new Response.Status(503);
  private static final Response SILENT = new Response.NoResponse("no answer");

  private record Said(URI url, Map<String, String> headers, String text) {}

  private final PushFixture engineFixture = new PushFixture();
  private final List<Said> said = Collections.synchronizedList(new ArrayList<>());
  private final List<WebhookDispatcher> opened = new ArrayList<>();
  private Function<URI, Response> receiver = _ -> OK;
  private WebhookDispatcher webhookDispatcher = open();

  private WebhookDispatcher open() {
    WebhookClient webhookClient =
        (url, headers, body) -> {
          Response response = receiver.apply(url);
          if (!(response instanceof Response.Refused)) {
            said.add(new Said(url, headers, new String(body, UTF_8)));
          }
          return response;
        };
    WebhookDispatcher opening =
        engineFixture.engine.startWebhooks(
            new WebhookDispatcher.Config(8, DAY, Duration.ofMinutes(1), false),
            webhookClient,
            (_, pendingEvents) ->
                pendingEvents.stream()
                    .map(
                        pendingEvent ->
                            pendingEvent.number()
                                + " "
                                + pendingEvent.eventType()
                                + pendingEvent.cause())
                    .collect(Collectors.joining(", ")));
    opened.add(opening);
    return opening;
  }

  @AfterEach
  void close() {
    opened.forEach(WebhookDispatcher::close);
    engineFixture.close();
  }

  private Task push(String user, URI url, Webhook.EventType... events) {
    Push push = PushFixture.toUser(user);
    var webhook = new Webhook(url, Map.of("order", "42"), Set.of(events));
    return engineFixture.accept(push.with(push.options().webhook(Optional.of(webhook))));
  }

  private Task push(String user) {
    return push(user, RECEIVER, RECEIVED, CLICKED, NOT_RECEIVED);
  }

  private void arrives(Task task, Registration phone) {
    engineFixture.engine.devices().mailbox(phone.id(), TaskId.NONE, 100);
    engineFixture.engine.devices().acknowledged(new DeliveryId(task.id(), phone.id()));
    engineFixture.engine.awaitIdle();
  }

  private void opens(Task task, Registration phone) {
    engineFixture
        .engine
        .devices()
        .receipts(
            phone.id(),
            List.of(
                new Receipt(
                    new DeliveryId(task.id(), phone.id()),
                    Receipt.Event.OPENED,
                    engineFixture.clock.instant())));
  }

  private void pass(Duration time) {
    engineFixture.clock.advance(time);
    webhookDispatcher.runOnce();
  }

  private List<String> texts() {
    return said.stream().map(Said::text).toList();
  }

  @Test
  void whatADeviceDoes_isSaidInOrder() {
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    Task task = push("ada");

    webhookDispatcher.runOnce();
    assertThat(texts()).isEmpty();
    arrives(task, phone);
    webhookDispatcher.runOnce();
    opens(task, phone);
    webhookDispatcher.runOnce();
    webhookDispatcher.runOnce();

    assertThat(texts()).containsExactly("1 RECEIVED", "2 CLICKED");
    assertThat(said).extracting(Said::url).containsOnly(RECEIVER);
  }

  @Test
  void whatComesTogether_isSaidTogether() {
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    opens(task, phone);

    webhookDispatcher.runOnce();

    assertThat(texts()).containsExactly("1 RECEIVED, 2 CLICKED");
  }

  @Test
  void pushThatExpires_isSaidWithItsCause() {
    engineFixture.register(Fixtures.SHOP, "ada");
    push("ada");

    engineFixture.clock.advance(PushFixture.LIFETIME);
    engineFixture.engine.housekeeping().runOnce();
    webhookDispatcher.runOnce();

    assertThat(texts()).containsExactly("1 NOT_RECEIVEDexpired");
  }

  @Test
  void request_isSigned_asStandardWebhooksSay() throws GeneralSecurityException {
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    webhookDispatcher.runOnce();

    Map<String, String> headers = said.getFirst().headers();
    String secret = engineFixture.engine.apps().webhookSecret(Fixtures.SHOP).reveal();
    assertThat(secret).startsWith("whsec_");
    assertThat(engineFixture.engine.apps().webhookSecret(Fixtures.BANK).reveal())
        .isNotEqualTo(secret);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
    String signed =
        headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + ".1 RECEIVED";
    assertThat(headers)
        .containsEntry("webhook-id", task.id() + "-1-1")
        .containsEntry(
            "webhook-timestamp", Long.toString(engineFixture.clock.instant().getEpochSecond()))
        .containsEntry(
            "webhook-signature",
            "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))))
        .containsEntry("content-type", "application/json");
  }

  @Test
  void failure_isTriedAgain_theSame_andWhatIsBehindItWaits() {
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    receiver = _ -> DOWN;
    webhookDispatcher.runOnce();
    opens(task, phone);
    webhookDispatcher.runOnce();
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
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    Task bad = push("ada", URI.create("http://bad.example/"), RECEIVED);
    Task good = push("ada");
    arrives(bad, phone);
    arrives(good, phone);
    receiver = url -> url.equals(RECEIVER) ? OK : SILENT;

    webhookDispatcher.runOnce();

    assertThat(said).extracting(Said::url).contains(RECEIVER);
    assertThat(engineFixture.store.webhooks().pendingCount()).isEqualTo(1);
  }

  @Test
  void attempts_comeLaterAndLater_butAtLeastEveryTenMinutes() {
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
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
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    receiver = _ -> SILENT;
    for (int i = 0; i < 3; i++) {
      arrives(push("ada"), phone);
      webhookDispatcher.runOnce();
    }
    assertThat(texts()).hasSize(1);

    receiver = _ -> OK;
    pass(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2));

    assertThat(texts()).hasSize(4);
    assertThat(engineFixture.store.webhooks().pendingCount()).isZero();
  }

  @Test
  void refused_isGivenUpAtOnce_andCounted_andLaterEventsToo() {
    Map<String, Long> counts = counting();
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    receiver = _ -> new Response.Refused("a private address");
    webhookDispatcher.runOnce();
    assertThat(engineFixture.store.webhooks().pendingCount()).isZero();
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
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    receiver = _ -> DOWN;
    webhookDispatcher.runOnce();
    engineFixture.clock.advance(Duration.ofHours(23));
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

  /// Restarts the engine and counts what it reports of webhook events from then on.
  private Map<String, Long> counting() {
    var counts = new HashMap<String, Long>();
    engineFixture.restart(
        new EngineListener() {
          @Override
          public void webhookEventsSent(String origin, int events) {
            counts.merge("sent", (long) events, Long::sum);
          }

          @Override
          public void webhookRequestFailed(String origin, String answer) {
            counts.merge(answer, 1L, Long::sum);
          }

          @Override
          public void webhookEventsGivenUp(String origin, String cause, int events) {
            counts.merge("given up " + cause, (long) events, Long::sum);
          }

          @Override
          public void webhookEventsWaiting(long events) {
            counts.put("waiting", events);
          }
        });
    webhookDispatcher = open();
    return counts;
  }

  @Test
  void queue_isSaidInBatches_inOrder() {
    List<Registration> phones = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      phones.add(engineFixture.register(Fixtures.SHOP, "ada"));
    }
    Task task = push("ada");
    phones.forEach(phone -> arrives(task, phone));

    webhookDispatcher.runOnce();

    assertThat(said)
        .extracting(each -> each.headers().get("webhook-id"))
        .containsExactly(task.id() + "-1-100", task.id() + "-101-200", task.id() + "-201-250");
  }

  @Test
  void whatWasNotSaid_isSaidAfterARestart() {
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    arrives(push("ada"), phone);
    receiver = _ -> DOWN;
    webhookDispatcher.runOnce();
    webhookDispatcher.close();
    engineFixture.restart();
    receiver = _ -> OK;

    webhookDispatcher = open();
    pass(Duration.ofSeconds(2));

    assertThat(texts()).containsExactly("1 RECEIVED", "1 RECEIVED");
  }

  @Test
  void twoNodes_sayEachNoteOnce() {
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    for (int i = 0; i < 30; i++) {
      arrives(push("ada"), phone);
    }
    WebhookDispatcher other = open();

    for (int round = 0; round < 20; round++) {
      ConcurrentCalls.among(
          2,
          i -> {
            (i == 0 ? webhookDispatcher : other).runOnce();
            return i;
          });
      engineFixture.clock.advance(Duration.ofSeconds(1));
    }

    assertThat(said).extracting(each -> each.headers().get("webhook-id")).hasSize(30);
    assertThat(said).extracting(each -> each.headers().get("webhook-id")).doesNotHaveDuplicates();
  }

  @Test
  void nodeThatDiesWithABatch_losesItToAnother_afterTheLease() {
    Registration phone = engineFixture.register(Fixtures.SHOP, "ada");
    Task task = push("ada");
    arrives(task, phone);
    var now = engineFixture.clock.instant();
    engineFixture.store.webhooks().claim(task.id(), now, now.plus(Duration.ofMinutes(1)), 100);

    pass(Duration.ofSeconds(59));
    assertThat(texts()).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(texts()).containsExactly("1 RECEIVED");
  }
}
