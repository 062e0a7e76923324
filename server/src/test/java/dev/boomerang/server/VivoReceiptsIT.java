// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Checks the receipts of messages by vivo's API, in both formats, as the running server posts
/// them.
@Timeout(120)
class VivoReceiptsIT {
  @TempDir private Path folder;
  private final WebhookReceiver webhookReceiver = new WebhookReceiver();
  private Optional<LocalServer> server = Optional.empty();
  private JsonNode demo = Json.object();
  private Optional<VivoApiClient> vivo = Optional.empty();

  /// Starts a server with the setting `vivo-receipts` and connects a device.
  private HiveMqttDevice start(String receipts) throws Exception {
    var started =
        LocalServer.start(
            folder, Map.of("webhook-private-addresses", "yes", "vivo-receipts", receipts));
    server = Optional.of(started);
    demo = started.demo();
    vivo =
        Optional.of(
            VivoApiClient.logIn(HttpClient.newHttpClient(), started.url(), demo.path("vivo")));
    return HiveMqttDevice.connect(started.api(), demo, "ada");
  }

  @AfterEach
  void stop() {
    server.ifPresent(LocalServer::close);
    webhookReceiver.close();
  }

  private String send(ObjectNode message) throws Exception {
    return vivo.orElseThrow().requireSuccess("/message/send", message).path("taskId").asText();
  }

  private ObjectNode older() {
    return Json.object()
        .put("callback", webhookReceiver.url("?from=vivo"))
        .put("callback.param", "order 42");
  }

  private static ObjectNode newer() {
    return Json.object().put("callback.id", "7").put("callback.param", "order 42");
  }

  @Test
  void olderFormat_namesTargetsAsTheCallerDoes() throws Exception {
    try (HiveMqttDevice ada = start("")) {
      String task =
          send(
              VivoApiClient.message("one")
                  .put("regId", ada.id())
                  .<ObjectNode>set("extra", older()));
      String delivery = ada.next().path("delivery").asText();

      WebhookReceiver.Received receipt = webhookReceiver.next();
      assertThat(receipt.headers()).containsEntry("content-type", "application/json");
      assertThat(receipt.headers()).containsKey("webhook-signature");
      assertThat(receipt.body())
          .isEqualTo(
              "{\"%s\":{\"param\":\"order 42\",\"targets\":\"%s\"}}".formatted(task, ada.id()));

      // Only arrivals are posted, so the next receipt belongs to the second message.
      ada.report(delivery, "opened");
      String other =
          send(
              VivoApiClient.message("two")
                  .put("alias", ada.alias())
                  .<ObjectNode>set("extra", older()));
      ada.next();
      assertThat(webhookReceiver.next().body())
          .isEqualTo(
              "{\"%s\":{\"param\":\"order 42\",\"targets\":\"%s\"}}".formatted(other, ada.alias()));
    }
  }

  @Test
  void newerFormat_hasEachEvent_ofSingleAndListMessages() throws Exception {
    try (HiveMqttDevice ada = start("7=" + webhookReceiver.url("?id=7"))) {
      String task =
          send(
              VivoApiClient.message("one")
                  .put("regId", ada.id())
                  .<ObjectNode>set("extra", newer()));
      String delivery = ada.next().path("delivery").asText();
      requireNextEvent(task, "received", ada);
      ada.report(delivery, "opened");
      requireNextEvent(task, "clicked", ada);

      long list =
          vivo.orElseThrow()
              .list(ada, VivoApiClient.message("two").<ObjectNode>set("extra", newer()));
      ada.next();
      requireNextEvent(Long.toString(list), "received", ada);

      // The older format has no effect where the newer one is configured.
      send(VivoApiClient.message("three").put("regId", ada.id()).<ObjectNode>set("extra", older()));
      ada.next();
      String last =
          send(
              VivoApiClient.message("four")
                  .put("regId", ada.id())
                  .<ObjectNode>set("extra", newer()));
      ada.next();
      requireNextEvent(last, "received", ada);
    }
  }

  private void requireNextEvent(String task, String event, HiveMqttDevice device) throws Exception {
    JsonNode receipt = webhookReceiver.next().json().path(task);
    assertThat(receipt.path("param").asText()).isEqualTo("order 42");
    assertThat(receipt.path("events")).hasSize(1);
    assertThat(receipt.at("/events/0/target").asText()).isEqualTo(device.id());
    assertThat(receipt.at("/events/0/event").asText()).isEqualTo(event);
    assertThat(receipt.at("/events/0/time").asLong()).isPositive();
  }

  @Test
  void expiredMessage_isReportedAsNotReceived() throws Exception {
    String url = webhookReceiver.url("?id=7");
    HiveMqttDevice ada = start("10004/8=" + url + ",7=" + url);
    ada.close();

    String task =
        send(
            VivoApiClient.message("late")
                .put("regId", ada.id())
                .put("sendOnline", true)
                .<ObjectNode>set("extra", newer()));

    requireNextEvent(task, "not_received", ada);
  }
}
