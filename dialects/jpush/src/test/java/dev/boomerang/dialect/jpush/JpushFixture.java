// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushKeyKind;
import dev.boomerang.engine.Engine;
import dev.boomerang.kit.fixture.EngineFixture;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import dev.boomerang.port.Store;
import dev.boomerang.web.Routes;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The JPush dialect over an [PushFixture] with two apps, called without a network.
final class JpushFixture implements AutoCloseable {
  /// The app key and master secret of the captured requests.
  static final String KEY = "a1b2c3d4e5f6a7b8c9d0e1f2";

  static final String SECRET = "0f1e2d3c4b5a69788796a5b4";
  static final String BANK_KEY = "b".repeat(24);

  final ManualClock clock = new ManualClock(Fixtures.NOW);
  final Engine engine;
  private final EngineFixture fixture;
  private final Routes routes;

  JpushFixture() {
    this(JpushConfig.DEFAULT);
  }

  JpushFixture(JpushConfig config) {
    this(config, new MemoryStore());
  }

  JpushFixture(JpushConfig config, Store store) {
    fixture = EngineFixture.inMemory(clock).withStore(store).open();
    engine = fixture.engine();
    fixture.addApp(Fixtures.SHOP, "default", key(Fixtures.SHOP, KEY));
    fixture.addApp(Fixtures.BANK, "default", key(Fixtures.BANK, BANK_KEY));
    routes = new Routes(List.of(new JpushDialect(engine, config, clock)), List.of());
  }

  private static Key key(AppId app, String key) {
    return new Key(JpushKeyKind.KIND, key, app, new Secret(SECRET), true);
  }

  Reply call(String method, String target, Headers headers, byte[] body) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    return routes.answer(
        new Call(method, path, query, headers, Body.of(body), "127.0.0.1", Map.of()));
  }

  static Headers basic(String user, String password) {
    String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    return Headers.of("Authorization", "Basic " + pair);
  }

  Reply as(String key, String method, String target, String body) {
    return call(method, target, basic(key, SECRET), body.replace('\'', '"').getBytes(UTF_8));
  }

  Reply get(String target) {
    return as(KEY, "GET", target, "");
  }

  Reply post(String target, String body) {
    return as(KEY, "POST", target, body);
  }

  Reply push(String body) {
    return post("/v3/push", body);
  }

  /// Returns a cid that the dialect gave out.
  String cid() {
    return json(as(KEY, "GET", "/v3/push/cid", "")).path("cidlist").path(0).textValue();
  }

  TaskId pushed(String body) {
    Reply reply = push(body);
    if (reply.status() != 200) {
      throw new AssertionError(reply.body().text());
    }
    return TaskId.parse(json(reply).path("msg_id").textValue()).orElseThrow();
  }

  static JsonNode json(Reply reply) {
    return Json.read(reply.body()).orElseThrow();
  }

  static int code(Reply reply) {
    return json(reply).path("error").path("code").asInt();
  }

  static String message(Reply reply) {
    return json(reply).path("error").path("message").asText();
  }

  Registration phone(Platform platform, Optional<String> alias, String... tags) {
    return fixture.register(
        Fixtures.SHOP,
        platform,
        new Profile(Optional.empty(), alias, Set.of(tags), Optional.empty()));
  }

  Registration android(String alias, String... tags) {
    return phone(Platform.ANDROID, Optional.of(alias), tags);
  }

  /// Connects a device that takes what it is offered and acknowledges nothing.
  TestDevice connect(Registration phone) {
    return TestDevice.silent(engine.devices(), phone);
  }

  List<DeliveryAttempt> mailbox(Registration phone) {
    return fixture.mailbox(phone);
  }

  List<TaskId> tasks(Registration phone) {
    return fixture.mailboxTasks(phone);
  }

  @Override
  public void close() {
    fixture.close();
  }
}
