// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.access.VivoKeyKind;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.WordListReviewer;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Store;
import dev.boomerang.web.Routes;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// The dialect over an engine in memory, with two apps, called without a network. It rejects what
/// says "casino".
final class World implements AutoCloseable {
  static final AppId SHOP = new AppId("shop10004");
  static final AppId BANK = new AppId("bank20008");

  /// As the captured requests have them.
  static final String NUMBER = "10004";

  static final String KEY = "25509283-3767-4b9e-83fe-b6e55ac6243e";
  static final String BANK_KEY = "b".repeat(36);
  static final String SECRET = "25509283-3767-4b9e-83fe-b6e55ac6b123";

  final ManualClock clock = new ManualClock(Fixtures.NOW);
  final Store store;
  final Engine engine;
  private final Routes routes;
  private final String token;
  private int requests;

  World() {
    this(VivoConfig.DEFAULT);
  }

  World(VivoConfig config) {
    this(config, new MemoryStore());
  }

  World(VivoConfig config, Store store) {
    this.store = store;
    var random = new SecureRandom();
    var vault = new Vault(new byte[Vault.MASTER_KEY_BYTES], random);
    engine =
        Engine.open(
            store,
            new Engine.Config(Limits.DEFAULT, vault, 0, random, false)
                .reviewer(new WordListReviewer(List.of("casino"))),
            EngineListener.NONE,
            clock);
    add(SHOP, KEY);
    add(BANK, BANK_KEY);
    routes = new Routes(List.of(new VivoDialect(engine, config, clock)), List.of());
    token = json(auth(NUMBER, KEY, SECRET)).path("authToken").asText();
  }

  private void add(AppId app, String key) {
    engine
        .apps()
        .add(
            new App(app, "default", "The " + app.value(), clock.instant()),
            List.of(new Key(VivoKeyKind.KIND, key, app, new Secret(SECRET), true)));
  }

  Reply call(String method, String target, Headers headers, String body) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    return routes.answer(
        new Call(
            method, path, query, headers, Body.of(body.getBytes(UTF_8)), "127.0.0.1", Map.of()));
  }

  static String sign(String plain) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(plain.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  Reply auth(String number, String key, String secret) {
    return call("POST", "/message/auth", Headers.NONE, authBody(number, key, secret));
  }

  String authBody(String number, String key, String secret) {
    long now = clock.millis();
    return "{\"appId\":%s,\"appKey\":\"%s\",\"timestamp\":%d,\"sign\":\"%s\"}"
        .formatted(number, key, now, sign(number + key + now + secret));
  }

  String token() {
    return token;
  }

  /// The first one is good for a day.
  String newToken() {
    return json(auth(NUMBER, KEY, SECRET)).path("authToken").asText();
  }

  String bankToken() {
    return json(auth("20008", BANK_KEY, SECRET)).path("authToken").asText();
  }

  Reply as(String authToken, String method, String target, String body) {
    return call(method, target, Headers.of("authToken", authToken), body.replace('\'', '"'));
  }

  Reply get(String target) {
    return as(token, "GET", target, "");
  }

  Reply post(String target, String body) {
    return as(token, "POST", target, body);
  }

  /// The members every message has, and `more`.
  String message(String more) {
    requests++;
    return "{'notifyType':1,'title':'t','content':'c','skipType':1,'requestId':'r%d'%s}"
        .formatted(requests, more.isEmpty() ? "" : "," + more);
  }

  Reply send(Registration phone, String more) {
    String comma = more.isEmpty() ? "" : ",";
    return post("/message/send", message("'regId':'" + phone.id() + "'" + comma + more));
  }

  TaskId sent(Registration phone) {
    return task(send(phone, ""));
  }

  static TaskId task(Reply reply) {
    good(reply);
    return TaskId.parse(json(reply).path("taskId").textValue()).orElseThrow();
  }

  static JsonNode good(Reply reply) {
    if (reply.status() != 200 || code(reply) != 0) {
      throw new AssertionError(reply.status() + " " + reply.body().text());
    }
    return json(reply);
  }

  static JsonNode json(Reply reply) {
    return Json.read(reply.body()).orElseThrow();
  }

  static int code(Reply reply) {
    return json(reply).path("result").asInt(-1);
  }

  static String desc(Reply reply) {
    return json(reply).path("desc").asText();
  }

  /// Of an array of objects, one member.
  static List<String> texts(JsonNode array, String member) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(each -> each.path(member).asText())
        .toList();
  }

  Registration phone(String alias, String... tags) {
    return phone(SHOP, alias, tags);
  }

  Registration phone(AppId app, String alias, String... tags) {
    return engine
        .registrations()
        .register(
            app,
            new Device(Platform.ANDROID, Optional.empty(), Map.of()),
            new Profile(Optional.empty(), Optional.of(alias), Set.of(tags), Optional.empty()),
            Map.of())
        .registration();
  }

  void switchOff(Registration phone) {
    engine
        .registrations()
        .update(
            phone.id(),
            before ->
                before.changed(
                    before.device(),
                    before.profile(),
                    before.reachability().notificationsOn(false)));
  }

  Set<String> tags(Registration phone) {
    return engine.registrations().find(phone.app(), phone.id()).orElseThrow().profile().tags();
  }

  List<DeliveryAttempt> mailbox(Registration phone) {
    return engine.devices().mailbox(phone.id(), TaskId.NONE, 100).attempts();
  }

  List<TaskId> tasks(Registration phone) {
    return mailbox(phone).stream().map(deliveryAttempt -> deliveryAttempt.task().id()).toList();
  }

  /// The device takes what waits for it and says this of all of it.
  void receipt(Registration phone, Receipt.Event event) {
    for (DeliveryAttempt deliveryAttempt : mailbox(phone)) {
      engine.devices().acknowledged(deliveryAttempt.delivery());
      engine
          .devices()
          .receipts(
              phone.id(), List.of(new Receipt(deliveryAttempt.delivery(), event, clock.instant())));
    }
    engine.awaitIdle();
  }

  @Override
  public void close() {
    engine.close();
  }
}
