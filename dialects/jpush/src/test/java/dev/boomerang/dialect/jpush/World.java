// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.DeviceConnection;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Store;
import dev.boomerang.web.Routes;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The dialect over an engine in memory, with two apps, called without a network.
final class World implements AutoCloseable {
  /// As the captured requests have them.
  static final String KEY = "a1b2c3d4e5f6a7b8c9d0e1f2";

  static final String SECRET = "0f1e2d3c4b5a69788796a5b4";
  static final String BANK_KEY = "b".repeat(24);

  final ManualClock clock = new ManualClock(Fixtures.NOW);
  final Engine engine;
  private final Routes routes;

  World() {
    this(JpushConfig.DEFAULT);
  }

  World(JpushConfig config) {
    this(config, new MemoryStore());
  }

  World(JpushConfig config, Store store) {
    var random = new SecureRandom();
    var vault = new Vault(new byte[Vault.MASTER_KEY_BYTES], random);
    engine =
        Engine.open(
            store,
            new Engine.Config(Limits.DEFAULT, vault, 0, random, false),
            EngineListener.NONE,
            clock);
    add(Fixtures.SHOP, KEY);
    add(Fixtures.BANK, BANK_KEY);
    routes = new Routes(List.of(new JpushDialect(engine, config, clock)), List.of());
  }

  private void add(AppId app, String key) {
    engine
        .apps()
        .add(
            new App(app, "default", "The " + app.value(), clock.instant()),
            List.of(new Key(JpushKeyKind.KIND, key, app, new Secret(SECRET), true)));
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

  /// One of ours.
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
    return engine
        .registrations()
        .register(
            Fixtures.SHOP,
            new Device(platform, Optional.empty(), Map.of()),
            new Profile(Optional.empty(), alias, Set.of(tags), Optional.empty()),
            Map.of())
        .registration();
  }

  Registration android(String alias, String... tags) {
    return phone(Platform.ANDROID, Optional.of(alias), tags);
  }

  /// A connection that takes whatever it is offered.
  final class Connection implements DeviceConnection {
    private final Registration phone;

    private Connection(Registration phone) {
      this.phone = phone;
    }

    void leave() {
      engine.devices().disconnected(phone.id(), this);
    }

    @Override
    public boolean offer(DeliveryAttempt deliveryAttempt) {
      return true;
    }

    @Override
    public void mailboxChanged() {}

    @Override
    public void withdraw(List<DeliveryId> deliveries) {}

    @Override
    public void cancel(List<DeliveryId> deliveries) {}

    @Override
    public void close(CloseReason why) {}
  }

  Connection connect(Registration phone) {
    var connection = new Connection(phone);
    engine.devices().connected(phone, connection);
    return connection;
  }

  List<DeliveryAttempt> mailbox(Registration phone) {
    return engine.devices().mailbox(phone.id(), TaskId.NONE, 100).deliveryAttempts();
  }

  List<TaskId> tasks(Registration phone) {
    return mailbox(phone).stream().map(deliveryAttempt -> deliveryAttempt.task().id()).toList();
  }

  @Override
  public void close() {
    engine.close();
  }
}
