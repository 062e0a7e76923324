// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.engine.registration.DeviceClaim;
import dev.boomerang.engine.registration.RegisterResult;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.Store;
import dev.boomerang.port.TaskStore;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An engine over a store in memory, two apps with their keys, and the dialect before it.
final class World implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-21T00:20:00Z");
  static final String APP = "ONEX570DA89211721";
  static final String WORKSPACE = "test";
  static final String KEY = "testAccessKeyId";
  static final String SECRET = "testAccessKeySecret";
  static final String OTHER_APP = "OTHER570DA89211721";
  static final String OTHER_KEY = "otherAccessKeyId";
  static final String OTHER_SECRET = "otherAccessKeySecret";
  static final String SLEEPING_KEY = "sleepingAccessKeyId";

  final ManualClock clock;
  final Engine engine;
  private final Endpoint endpoint;

  private World(Store store, MpaasConfig config, Instant start) {
    clock = new ManualClock(start);
    var random = new SecureRandom();
    var vault = new Vault(new byte[Vault.MASTER_KEY_BYTES], random);
    engine =
        Engine.open(
            store,
            new Engine.Config(Limits.DEFAULT, vault, 0, random, false),
            EngineListener.NONE,
            clock);
    add(APP, key(KEY, APP, SECRET, true), key(SLEEPING_KEY, APP, SECRET, false));
    add(OTHER_APP, key(OTHER_KEY, OTHER_APP, OTHER_SECRET, true));
    endpoint = new MpaasDialect(engine, config, clock).routes().getFirst().endpoint();
  }

  /// The defaults, but for how many calls a second and how many nonces there may be.
  static MpaasConfig config(int callsPerSecond, int maxNonces) {
    MpaasConfig d = MpaasConfig.DEFAULT;
    return new MpaasConfig(
        d.maxLifetime(),
        d.maxPayloadBytes(),
        callsPerSecond,
        maxNonces,
        d.maxMultiple(),
        d.zone(),
        "help");
  }

  static World open() {
    return open(MpaasConfig.DEFAULT);
  }

  static World open(MpaasConfig config) {
    return new World(new MemoryStore(), config, START);
  }

  static World openAt(Instant start) {
    return openAt(start, MpaasConfig.DEFAULT);
  }

  static World openAt(Instant start, MpaasConfig config) {
    return new World(new MemoryStore(), config, start);
  }

  /// Over a store that may break later.
  static World over(Store store) {
    return new World(store, MpaasConfig.DEFAULT, START);
  }

  private void add(String app, Key... keys) {
    engine.apps().add(new App(new AppId(app), WORKSPACE, app, clock.instant()), List.of(keys));
  }

  private static Key key(String id, String app, String secret, boolean active) {
    return new Key(MpaasKeyKind.KIND, id, new AppId(app), new Secret(secret), active);
  }

  Reply send(Call call) {
    return endpoint.answer(call);
  }

  Caller caller() {
    return new Caller(this, KEY, SECRET).with("AppId", APP).with("WorkspaceId", WORKSPACE);
  }

  Caller call(String action) {
    return caller().with("Action", action);
  }

  Caller otherCall(String action) {
    return new Caller(this, OTHER_KEY, OTHER_SECRET)
        .with("AppId", OTHER_APP)
        .with("WorkspaceId", WORKSPACE)
        .with("Action", action);
  }

  /// A simple push to user1024 that nothing is wrong with.
  Caller push() {
    return call("PushSimple")
        .with("TaskName", "t")
        .with("DeliveryType", "3")
        .with("ExpiredSeconds", "300")
        .with("Title", "标题")
        .with("Content", "内容")
        .with("TargetMsgkey", "{\"user1024\":\"m1\"}");
  }

  Registration device(String deviceId, String user) {
    return device(Platform.ANDROID, deviceId, Optional.of(user));
  }

  /// A device that the app knows comes back with its old secret.
  Registration device(Platform platform, String deviceId, Optional<String> user) {
    var app = new AppId(APP);
    var claim =
        new DeviceClaim(
            IdentityMode.OPEN, engine.registrations().findDevice(app, deviceId), Optional.empty());
    RegisterResult result =
        engine
            .registrations()
            .register(
                app,
                new Device(platform, Optional.of(deviceId), Map.of()),
                new Profile(user, Optional.empty(), Set.of(), Optional.empty()),
                Map.of(),
                claim,
                0);
    return ((RegisterResult.Done) result).registered().registration();
  }

  /// A template "won" with the blanks name and money.
  void template() {
    template("won", "你好#name#", "恭喜中奖#money#元", "https://e/#name#");
  }

  void template(String name, String title, String content, String uri) {
    String verdict =
        call("CreateTemplate")
            .with("TemplateName", name)
            .with("Title", title)
            .with("Content", content)
            .with("Uri", uri)
            .send()
            .text("/Code");
    if (!verdict.equals("100")) {
      throw new AssertionError(verdict);
    }
  }

  /// A push of the template "won" that nothing is wrong with, but that it has no targets.
  Caller templated(String action) {
    return call(action)
        .with("TaskName", "t")
        .with("DeliveryType", "3")
        .with("ExpiredSeconds", "300")
        .with("TemplateName", "won");
  }

  /// A multiple push to ada and bob.
  Caller multiple() {
    return templated("PushMultiple")
        .with("TargetMsg.1.Target", "ada")
        .with("TargetMsg.1.MsgKey", "k1")
        .with("TargetMsg.1.TemplateKeyValue", "{\"name\":\"Ada\",\"money\":\"1\"}")
        .with("TargetMsg.2.Target", "bob")
        .with("TargetMsg.2.MsgKey", "k2")
        .with("TargetMsg.2.TemplateKeyValue", "{\"name\":\"Bob\",\"money\":2}");
  }

  /// A broadcast to all Android devices that have a user.
  Caller broadcast() {
    return templated("PushBroadcast")
        .with("DeliveryType", "1")
        .with("Msgkey", "b1")
        .with("TemplateKeyValue", "{\"name\":\"张三\",\"money\":\"200\"}");
  }

  /// How many tasks and planned firings there are.
  int stored() {
    var app = new AppId(APP);
    var always = Audience.TimeRange.ANY_TIME;
    var tasks =
        new TaskStore.Filter(
            app, Set.of(Source.Kind.values()), always.from(), always.to(), Optional.empty());
    return engine.tasks().list(tasks, 0, 1_000).size()
        + engine.schedules().count(new ScheduleStore.Filter(app, always.from(), always.to()));
  }

  Task task(String id) {
    return engine.tasks().find(new AppId(APP), TaskId.parse(id).orElseThrow()).orElseThrow();
  }

  @Override
  public void close() {
    engine.close();
  }
}
