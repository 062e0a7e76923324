// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import dev.boomerang.device.NotificationHandler;
import dev.boomerang.device.PushClient;
import dev.boomerang.device.PushNotification;
import dev.boomerang.device.WithdrawResult;
import dev.boomerang.device.registration.IdentityTokenSupplier;
import dev.boomerang.device.registration.ServerErrorException;
import dev.boomerang.device.storage.DeviceStorage;
import dev.boomerang.model.text.Digests;
import dev.boomerang.server.http.RawClient;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A thief who knows the app's device key and a device id, against the running server: over HTTP
/// and MQTT.
@Timeout(120)
class DeviceIdentityIT {
  private static final String PATH = "/device/v1/registrations";

  @TempDir private Path folder;
  private LocalServer server;

  @BeforeEach
  void start() throws Exception {
    server = LocalServer.start(folder, Map.of());
  }

  private void restart(String mode) throws Exception {
    server.close();
    server = LocalServer.start(folder, Map.of("demo-identity-mode", mode));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// Who registered, and how it logs in.
  private record Device(String id, String secret) {
    String basic() {
      String pair = id + ":" + secret;
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }
  }

  /// A device's connection: what comes, and why it ended.
  private record Link(
      Mqtt5BlockingClient client, BlockingQueue<String> titles, BlockingQueue<Throwable> ends)
      implements AutoCloseable {
    String next() throws InterruptedException {
      return String.valueOf(titles.poll(20, TimeUnit.SECONDS));
    }

    Mqtt5DisconnectReasonCode end() throws InterruptedException {
      Throwable cause = ends.poll(20, TimeUnit.SECONDS);
      assertThat(cause).isInstanceOf(Mqtt5DisconnectException.class);
      return ((Mqtt5DisconnectException) cause).getMqttMessage().getReasonCode();
    }

    @Override
    public void close() {
      if (client.getState().isConnected()) {
        client.disconnect();
      }
    }
  }

  private Link connect(Device device) {
    var titles = new LinkedBlockingQueue<String>();
    var ends = new ArrayBlockingQueue<Throwable>(8);
    var client =
        Mqtt5Client.builder()
            .identifier(device.id())
            .serverHost("127.0.0.1")
            .serverPort(server.main().gatewayPort())
            .addDisconnectedListener(
                (MqttClientDisconnectedContext context) -> ends.add(context.getCause()))
            .simpleAuth()
            .username(server.demo().path("appId").asText())
            .password(Body.of(device.secret()).bytes())
            .applySimpleAuth()
            .buildBlocking();
    client
        .toAsync()
        .publishes(
            MqttGlobalPublishFilter.ALL,
            publish ->
                titles.add(
                    Json.read(Body.of(publish.getPayloadAsBytes()))
                        .orElseThrow()
                        .path("title")
                        .asText()));
    client.connect();
    client.subscribeWith().topicFilter("push/" + device.id()).qos(MqttQos.AT_LEAST_ONCE).send();
    return new Link(client, titles, ends);
  }

  private ObjectNode phone(String deviceId) {
    return Json.object()
        .put("appId", server.demo().path("appId").asText())
        .put("deviceKey", server.demo().path("deviceKey").asText())
        .put("platform", "android")
        .put("deviceId", deviceId);
  }

  private HttpResponse<String> register(JsonNode body, String authorization) throws Exception {
    return server.api().call("POST", PATH, authorization, Json.write(body));
  }

  private Device registered(JsonNode body, String authorization) throws Exception {
    HttpResponse<String> answer = register(body, authorization);
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode json = Json.read(answer.body()).orElseThrow();
    return new Device(json.path("registrationId").asText(), json.path("secret").asText());
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Json.read(answer.body()).orElseThrow().at("/error/code").asText()).isEqualTo(code);
  }

  private void push(String audience, String name, String title) throws Exception {
    ObjectNode body = Json.object();
    body.putObject("audience").putArray(audience).add(name);
    body.putObject("notification").put("title", title).put("body", "b");
    assertThat(server.api().post("/api/v1/pushes", body).path("id").asText()).isNotEmpty();
  }

  /// As the app's back end makes it.
  private String token(String user, String deviceId) {
    String claims =
        Json.write(
            Json.object()
                .put("sub", user)
                .put("did", deviceId)
                .put("aud", server.demo().path("appId").asText())
                .put("exp", Clock.systemUTC().instant().getEpochSecond() + 300));
    String signed = base64("{\"alg\":\"HS256\"}") + "." + base64(claims);
    byte[] key = server.demo().path("identitySecret").asText().getBytes(UTF_8);
    byte[] mac = Digests.hmac(Digests.HMAC_SHA_256, key, signed.getBytes(UTF_8));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void openMode_aThiefOfTheDeviceId_readsNothing_andLocksNobodyOut() throws Exception {
    Device owner = registered(phone("phone").put("userId", "ada"), "");
    push("devices", "phone", "waiting");

    Device thief = registered(phone("phone"), "");
    try (Link ofThief = connect(thief);
        Link ofOwner = connect(owner)) {
      assertThat(ofOwner.next()).isEqualTo("waiting");
      push("registrations", owner.id(), "for the owner");
      push("registrations", thief.id(), "for the thief");
      assertThat(ofOwner.next()).isEqualTo("for the owner");
      assertThat(ofThief.next()).isEqualTo("for the thief");
      assertThat(ofThief.titles()).isEmpty();
      assertThat(ofOwner.client().getState().isConnected()).isTrue();
    }
  }

  @Test
  void signedMode_theDeviceKeyAlone_neitherComesBackNorBinds() throws Exception {
    restart("signed");
    Device owner =
        registered(
            phone("phone").put("userId", "ada").put("identityToken", token("ada", "phone")), "");
    push("users", "ada", "waiting");

    assertRefused(register(phone("phone"), ""), 401, "identity-token-required");
    assertRefused(
        register(phone("other").put("userId", "ada"), ""), 401, "identity-token-required");
    // A token that was read on the way is good for its own device only.
    assertRefused(
        register(
            phone("other").put("userId", "ada").put("identityToken", token("ada", "phone")), ""),
        403,
        "identity-mismatch");
    Device anonymous = registered(phone("other"), "");
    assertRefused(
        server
            .api()
            .call(
                "PATCH",
                PATH + "/" + anonymous.id(),
                anonymous.basic(),
                "{\"userId\":\"ada\",\"identityToken\":\"" + token("ada", "phone") + "\"}"),
        403,
        "identity-mismatch");
    try (Link ofOwner = connect(owner)) {
      assertThat(ofOwner.next()).isEqualTo("waiting");
    }
  }

  @Test
  void signedMode_theBackEndsToken_bringsTheDeviceBack() throws Exception {
    restart("signed");
    JsonNode body = phone("phone").put("userId", "ada").put("identityToken", token("ada", "phone"));
    Device before = registered(body, "");
    push("users", "ada", "waiting");

    Device after = registered(body, "");

    assertThat(after.id()).isEqualTo(before.id());
    assertThatThrownBy(() -> connect(before)).isInstanceOf(Mqtt5ConnAckException.class);
    try (Link link = connect(after)) {
      assertThat(link.next()).isEqualTo("waiting");
    }
  }

  @Test
  void aReplacedSecret_endsItsConnectionAtOnce_andSoDoesLeaving() throws Exception {
    Device before = registered(phone("phone"), "");
    try (Link old = connect(before)) {
      Device after = registered(phone("phone"), before.basic());

      assertThat(after.id()).isEqualTo(before.id());
      assertThat(old.end()).isEqualTo(Mqtt5DisconnectReasonCode.NOT_AUTHORIZED);
      try (Link now = connect(after)) {
        push("devices", "phone", "for the new secret");
        assertThat(now.next()).isEqualTo("for the new secret");
        assertThat(old.titles()).isEmpty();

        server.api().call("DELETE", PATH + "/" + after.id(), after.basic(), "");
        assertThat(now.end()).isEqualTo(Mqtt5DisconnectReasonCode.ADMINISTRATIVE_ACTION);
      }
    }
  }

  /// A phone of the device SDK, which writes down what it hears.
  private static final class Phone implements NotificationHandler {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public void show(PushNotification notification) {
      heard.add("shown " + notification.title());
    }

    @Override
    public WithdrawResult withdraw(String deliveryId) {
      return WithdrawResult.REMOVED;
    }

    @Override
    public void onError(String what, Throwable cause) {
      heard.add(cause instanceof ServerErrorException e ? e.code() : cause.toString());
    }

    String next() throws InterruptedException {
      return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
    }
  }

  private PushClient client(Phone phone, IdentityTokenSupplier tokens) {
    PushClient client =
        PushClient.builder(
                server.url(),
                server.demo().path("appId").asText(),
                server.demo().path("deviceKey").asText())
            .storage(DeviceStorage.inMemory())
            .deviceId("phone")
            .user("ada")
            .identityTokens(tokens)
            .backoff(Duration.ofMillis(50), Duration.ofMillis(50))
            .build(phone);
    client.start();
    return client;
  }

  @Test
  void signedMode_theSdk_comesBackWithATokenOfItsSupplier_andTellsWhatIsRefused() throws Exception {
    restart("signed");
    var signer =
        new IdentityTokenSupplier() {
          private int calls;

          @Override
          public Optional<String> identityToken(String deviceId, Optional<String> userId) {
            calls++;
            return Optional.of(calls == 1 ? "garbage" : token(userId.orElseThrow(), deviceId));
          }
        };
    Device owner =
        registered(
            phone("phone").put("userId", "ada").put("identityToken", token("ada", "phone")), "");
    push("users", "ada", "waiting");

    var phone = new Phone();
    try (PushClient client = client(phone, signer)) {
      assertThat(phone.next()).isEqualTo("shown waiting");
      assertThat(client.registrationId()).contains(owner.id());
    }
    var thief = new Phone();
    try (PushClient _ = client(thief, (device, user) -> Optional.empty())) {
      assertThat(thief.next()).isEqualTo("identity-token-required");
    }
  }

  @Test
  void theModeOfTheSetting_holdsAfterEachStart() throws Exception {
    Device owner = registered(phone("phone"), "");
    restart("signed");

    assertThat(server.api().get("/api/v1/identity").path("mode").asText()).isEqualTo("signed");
    assertRefused(register(phone("phone"), ""), 401, "identity-token-required");
    assertThat(registered(phone("phone"), owner.basic()).id()).isEqualTo(owner.id());
  }

  @Test
  void gatewayHost_isNotWhatAForgedHostSays() throws Exception {

    assertThat(
            Json.read(register(phone("phone"), "").body())
                .orElseThrow()
                .at("/gateway/host")
                .asText())
        .isEqualTo("127.0.0.1");
    String body = Json.write(phone("other"));
    try (var client = new RawClient(server.httpPort())) {
      client.send(
          "POST %s HTTP/1.1\r\nHost: evil.example\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(PATH, body.length(), body));
      RawClient.Answer forged = client.read();
      assertThat(forged.status()).isEqualTo(201);
      assertThat(forged.body()).contains("\"127.0.0.1\"").doesNotContain("evil");
    }
  }
}
