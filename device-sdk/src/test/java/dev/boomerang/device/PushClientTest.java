// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ClientFixture.notification;
import static dev.boomerang.device.ClientFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.device.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests the whole client with its real threads, over real sockets and files.
class PushClientTest {
  @TempDir Path directory;

  private final FakeNotificationHandler handler = new FakeNotificationHandler();
  private final List<PushClient> clients = new ArrayList<>();
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
  }

  @AfterEach
  void stop() throws IOException {
    clients.forEach(PushClient::close);
    server.close();
  }

  @Test
  void push_isShownAcknowledgedAndReported() {
    connect(directory);
    assertThat(server.calls.getFirst())
        .startsWith("POST /device/v1/registrations - - {\"appId\":\"app\"");
    assertThat(server.gateway.connects).containsExactly("reg/app/s1");
    assertThat(server.gateway.subscriptions).containsExactly("push/reg 1");

    server.gateway.push(message("d1"), message("d2"), withdraw("d1"));

    Await.until(() -> events().contains("d1 withdrawn"));
    Await.until(server.gateway::mailboxIsEmpty);
    assertThat(events()).contains("d2 shown");
    assertThat(handler.visible).containsExactly("d2");
  }

  @Test
  void message_sentAgain_isShownOnce_overDropsAndKills() throws IOException {
    server.gateway.ignoresPubacks = true;
    connect(directory);
    server.gateway.push(message("d1"));
    Await.until(() -> handler.log.contains("show d1"));
    server.gateway.drop();
    Await.until(() -> server.gateway.connects.size() == 2);
    server.gateway.push(message("d2"));
    Await.until(() -> events().contains("d2 shown"));

    Path copy = kill();
    server.gateway.ignoresPubacks = false;
    connect(copy);
    server.gateway.push(message("d3"));

    Await.until(() -> handler.log.contains("show d3"));
    Await.until(server.gateway::mailboxIsEmpty);
    assertThat(handler.log).containsExactly("show d1", "show d2", "show d3");
    assertThat(server.calls).hasSize(1);
  }

  @Test
  void receipts_notAcknowledged_areSentAgain_overDropsAndKills() throws IOException {
    server.gateway.withholdsPubacks = true;
    connect(directory);
    server.gateway.push(message("d1"));
    Await.until(() -> server.gateway.published.size() == 1);
    server.gateway.drop();
    Await.until(() -> server.gateway.published.size() == 2);
    connect(kill());
    Await.until(() -> server.gateway.published.size() == 3);

    server.gateway.withholdsPubacks = false;
    server.gateway.drop();
    Await.until(() -> server.gateway.published.size() == 4);
    clients.getLast().notificationOpened("d1");
    Await.until(() -> server.gateway.published.size() == 5);

    assertThat(events())
        .containsExactly("d1 shown", "d1 shown", "d1 shown", "d1 shown", "d1 opened");
  }

  @Test
  void manyMessages_areShownInOrder() {
    connect(directory);
    var messages = new ArrayList<String>();
    var expected = new ArrayList<String>();
    for (int i = 0; i < 1000; i++) {
      messages.add(message("d" + i));
      expected.add("show d" + i);
    }

    server.gateway.push(messages.toArray(String[]::new));

    Await.until(() -> events().size() == 1000);
    Await.until(server.gateway::mailboxIsEmpty);
    assertThat(handler.log).containsExactlyElementsOf(expected);
  }

  @Test
  void refusedCredentials_areReplaced() {
    connect(directory);
    server.gateway.answer = 5;
    server.gateway.drop();
    Await.until(() -> handler.phases().contains(ConnectionState.Phase.REFUSED));
    server.gateway.answer = 0;
    clients.getFirst().reconnectNow();

    Await.until(() -> handler.state().phase() == ConnectionState.Phase.CONNECTED);
    assertThat(server.gateway.connects)
        .containsExactly("reg/app/s1", "reg/app/s1", "reg/app/s2", "reg/app/s3");
  }

  @Test
  void unavailableGateway_isTriedAgain() {
    server.gateway.answer = 3;
    open(directory);
    Await.until(() -> server.gateway.connects.size() == 3);
    server.gateway.answer = 0;

    Await.until(() -> handler.state().phase() == ConnectionState.Phase.CONNECTED);
    assertThat(server.calls).hasSize(1);
  }

  @Test
  void profile_isChangedWithTheCredentialsOfTheDevice_andLeft() {
    PushClient client = connect(directory);
    client.setTags(List.of("a"));
    Await.until(() -> server.calls.size() == 2);
    client.unregister();
    Await.until(
        () -> handler.state().phase() == ConnectionState.Phase.CLOSED && server.calls.size() == 3);

    assertThat(server.calls.subList(1, 3))
        .containsExactly(
            "POST /device/v1/registrations/reg PATCH Basic cmVnOnMx {\"tags\":[\"a\"]}",
            "DELETE /device/v1/registrations/reg - Basic cmVnOnMx ");
    Await.until(() -> !client.registrationId().isPresent());
  }

  @Test
  void close_disconnectsAndLeavesNoThread() {
    PushClient client = connect(directory);
    server.gateway.push(message("d1"));
    Await.until(() -> handler.log.contains("show d1"));
    client.close();

    Await.until(() -> server.gateway.disconnects.size() == 1);
    assertThat(events()).containsExactly("d1 shown");
    Await.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().matches("boomerang-device|MQTT .*: reg")));
    client.close();
    client.notificationOpened("d1");
  }

  @Test
  void handler_mayCallTheClient() {
    var holder = new ArrayList<PushClient>();
    var client =
        builder(directory)
            .build(
                new NotificationHandler() {
                  @Override
                  public void show(PushNotification notification) {
                    holder.getFirst().notificationOpened(notification.deliveryId());
                    holder.getFirst().close();
                  }

                  @Override
                  public WithdrawResult withdraw(String deliveryId) {
                    return WithdrawResult.TOO_LATE;
                  }

                  @Override
                  public void onError(String what, Throwable cause) {
                    handler.onError(what, cause);
                  }
                });
    holder.add(client);
    clients.add(client);
    client.start();
    server.gateway.push(message("d1"));

    Await.until(() -> server.gateway.disconnects.size() == 1);
    assertThat(handler.errors).isEmpty();
    assertThat(events()).containsExactly("d1 shown", "d1 opened");
  }

  private PushClient connect(Path storage) {
    int before = handler.states.size();
    PushClient client = open(storage);
    Await.until(
        () ->
            handler.states.stream()
                .skip(before)
                .anyMatch(state -> state.phase() == ConnectionState.Phase.CONNECTED));
    return client;
  }

  private PushClient open(Path storage) {
    PushClient client = builder(storage).build(handler);
    clients.add(client);
    client.start();
    return client;
  }

  private PushClientBuilder builder(Path storage) {
    return PushClient.builder(server.url(), "app", "key")
        .dataDirectory(storage)
        .backoff(Duration.ofMillis(10), Duration.ofMillis(50));
  }

  /// Returns a copy of the storage as it is at this moment, and closes the client.
  private Path kill() throws IOException {
    Path copy = Files.createDirectory(directory.resolve("after"));
    Files.copy(directory.resolve(FileStorage.JOURNAL), copy.resolve(FileStorage.JOURNAL));
    clients.removeFirst().close();
    return copy;
  }

  private List<String> events() {
    return server.gateway.published.stream()
        .flatMap(sent -> ClientFixture.events(sent).stream())
        .toList();
  }

  /// Returns a notification that is valid by the real clock.
  private static String message(String delivery) {
    return notification(delivery)
        .replace(
            String.valueOf(ManualEventLoop.START + 3_600_000),
            String.valueOf(System.currentTimeMillis() + 3_600_000));
  }
}
