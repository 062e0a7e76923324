// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.WebhookOutbox.PendingEvent;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Reply;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookFieldsTest {
  private static final URI RECEIVER = URI.create("https://receiver.example/events?a=b");
  private static final RegistrationId PHONE = Fixtures.aRegistrationId();

  private final ApiFixture apiFixture = new ApiFixture();

  @AfterEach
  void close() {
    apiFixture.close();
  }

  private Reply push(String callback) {
    return apiFixture.asApp(
        SHOP,
        "POST",
        "/api/v1/pushes",
        ("{'audience':{'users':['ada']},'notification':{'title':'t','body':'b'},'callback':"
                + callback
                + "}")
            .replace('\'', '"'));
  }

  private Optional<Webhook> callback(Reply reply) {
    assertThat(reply.status()).isEqualTo(201);
    TaskId id = TaskId.parse(ApiFixture.json(reply).path("id").asText()).orElseThrow();
    return apiFixture.engine.tasks().find(SHOP, id).flatMap(Task::webhook);
  }

  @Test
  void callback_isKeptWithTheTask() {
    assertThat(callback(push("{'url':'" + RECEIVER + "'}")))
        .contains(new Webhook(RECEIVER, Map.of(), EnumSet.allOf(EventType.class)));
    assertThat(
            callback(
                push(
                    "{'url':'"
                        + RECEIVER
                        + "','params':{'n':5,'s':'x'},'events':['clicked','notReceived']}")))
        .contains(
            new Webhook(
                RECEIVER,
                Map.of("n", "5", "s", "x"),
                Set.of(EventType.CLICKED, EventType.NOT_RECEIVED)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://my_app:8080/hook",
        "http://a_b.example.com/x",
        "https://_svc/x?y=1",
        "http://[2001:db8::1]:8080/",
        "http://例子.测试/x"
      })
  void callback_takesEveryHostThatANameServerMayKnow(String url) {
    assertThat(callback(push("{'url':'" + url + "'}"))).map(Webhook::url).contains(URI.create(url));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'params':{'a':'b'}}                         | callback.url",
        "{'url':''}                                   | callback.url",
        "{'url':'ftp://receiver.example/'}            | callback.url",
        "{'url':'receiver.example/events'}              | callback.url",
        "{'url':'http:///events'}                       | callback.url",
        "{'url':'http://me:pssst@receiver.example/'}  | callback.url",
        "{'url':'http://receiver.example:70000/'}     | callback.url",
        "{'url':'http://me@my_app:8080/'}             | callback.url",
        "{'url':'http://my_app:70000/'}               | callback.url",
        "{'url':'http://a b/'}                        | callback.url",
        "{'url':'http://r.example','events':['sent']} | callback.events",
        "{'url':'http://r.example','params':['a']}    | callback.params",
        "{'url':'http://r.example','params':{'a':{}}} | callback.params.a",
        "{'url':'http://r.example','secret':'s'}      | callback.secret"
      })
  void callback_thatCannotBeMade_isRefused(String callback, String field) {
    Reply reply = push(callback.replace("''", "\"\""));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.field(reply)).isEqualTo(field);
  }

  @Test
  void webhookFormat_namesTaskEventsAndParams() {
    Task task = Fixtures.aTask().telling(Fixtures.aWebhook(EventType.values())).build();

    String text =
        NativeApi.WEBHOOK_FORMAT.json(
            task,
            List.of(
                new PendingEvent(7, PHONE, EventType.RECEIVED, NOW, ""),
                new PendingEvent(8, PHONE, EventType.CLICKED, NOW.plusMillis(1), ""),
                new PendingEvent(9, PHONE, EventType.NOT_RECEIVED, NOW.plusMillis(2), "expired")));

    JsonNode expected =
        Json.read(
                Body.of(
                    """
                    {"task": "%s", "events": [
                      {"registrationId": "%s", "event": "received", "at": %d},
                      {"registrationId": "%s", "event": "clicked", "at": %d},
                      {"registrationId": "%s", "event": "notReceived", "at": %d,
                       "cause": "expired"}],
                     "params": {"order": "42"}}
                    """
                        .formatted(
                            task.id(),
                            PHONE,
                            NOW.toEpochMilli(),
                            PHONE,
                            NOW.toEpochMilli() + 1,
                            PHONE,
                            NOW.toEpochMilli() + 2)))
            .orElseThrow();
    assertThat(Json.read(Body.of(text))).contains(expected);
  }

  @Test
  void secret_isTheAppsOwn() {
    String shops =
        ApiFixture.json(apiFixture.asApp(SHOP, "GET", "/api/v1/callback-secret", ""))
            .path("secret")
            .asText();

    assertThat(shops).isEqualTo(apiFixture.engine.apps().webhookSecret(SHOP).reveal());
    assertThat(apiFixture.asApp(BANK, "GET", "/api/v1/callback-secret", "").body().text())
        .doesNotContain(shops);
  }
}
