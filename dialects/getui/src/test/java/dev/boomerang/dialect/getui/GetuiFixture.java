// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.access.GetuiKeyKind;
import dev.boomerang.dialect.getui.limit.Quota;
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
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.ContentReviewer.Objection;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Store;
import dev.boomerang.web.Dialect;
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
import java.util.function.Function;

/// The dialect over an engine in memory, with two apps, called without a network. The shop has the
/// ids of the captured requests.
public final class GetuiFixture implements AutoCloseable {
  public static final AppId SHOP = new AppId("appIdX");
  public static final String KEY = "appKeyX";
  public static final String SECRET = "masterX";
  public static final String BANK_KEY = "appKeyOfTheBank";

  public final ManualClock clock = new ManualClock(Fixtures.NOW);
  public final Engine engine;
  public final GetuiServices getui;
  private final Routes routes;

  public GetuiFixture(Function<GetuiServices, Dialect> protocol) {
    this(GetuiConfig.DEFAULT, protocol);
  }

  public GetuiFixture(GetuiConfig config, Function<GetuiServices, Dialect> protocol) {
    this(config, new MemoryStore(), protocol);
  }

  public GetuiFixture(GetuiConfig config, Store store, Function<GetuiServices, Dialect> protocol) {
    var random = new SecureRandom();
    var vault = new Vault(new byte[Vault.MASTER_KEY_BYTES], random);
    engine =
        Engine.open(
            store,
            new Engine.Config(Limits.DEFAULT, vault, 0, random, false)
                .reviewer(GetuiFixture::objection),
            EngineListener.NONE,
            clock);
    add(SHOP, KEY);
    add(Fixtures.BANK, BANK_KEY);
    getui = new GetuiServices(engine, config, random, clock);
    routes = new Routes(List.of(protocol.apply(getui)), List.of());
  }

  /// What says this word is never pushed.
  public static final String FORBIDDEN = "casino";

  private static Optional<Objection> objection(AppId app, List<String> texts) {
    return texts.stream().anyMatch(text -> text.contains(FORBIDDEN))
        ? Optional.of(new Objection("contains " + FORBIDDEN, 0, 0, 0))
        : Optional.empty();
  }

  private void add(AppId app, String key) {
    engine
        .apps()
        .add(
            new App(app, "default", "The " + app.value(), clock.instant()),
            List.of(new Key(GetuiKeyKind.KIND, key, app, new Secret(SECRET), true)));
  }

  public static GetuiConfig with(Quota quota, int limit) {
    return with(Map.of(quota, limit));
  }

  public static GetuiConfig with(Map<Quota, Integer> quotas) {
    GetuiConfig config = GetuiConfig.DEFAULT;
    return new GetuiConfig(
        config.zone(),
        config.tokenLife(),
        config.clockTolerance(),
        config.idle(),
        config.addressSessions(),
        config.defaultLifetime(),
        config.cidsPerAlias(),
        quotas);
  }

  /// `algorithm(key + timestamp + secret)`.
  public static String sign(String algorithm, String key, String timestamp, String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm)
                  .digest((key + timestamp + secret).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public Reply call(String method, String target, Headers headers, byte[] body) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    return answer(new Call(method, path, query, headers, Body.of(body), "127.0.0.1", Map.of()));
  }

  public Reply answer(Call call) {
    return routes.answer(call);
  }

  /// A body may have `'` for `"`.
  public Reply call(String method, String target, Headers headers, String body) {
    return call(method, target, headers, body.replace('\'', '"').getBytes(UTF_8));
  }

  public static JsonNode json(Reply reply) {
    return Json.read(reply.body()).orElseThrow();
  }

  public Registration phone(Platform platform, Optional<String> alias, String... tags) {
    return phone(platform, alias, Optional.empty(), tags);
  }

  public Registration phone(
      Platform platform, Optional<String> alias, Optional<String> region, String... tags) {
    return engine
        .registrations()
        .register(
            SHOP,
            new Device(platform, Optional.empty(), Map.of()),
            new Profile(Optional.empty(), alias, Set.of(tags), region),
            Map.of())
        .registration();
  }

  public Registration android(String alias, String... tags) {
    return phone(Platform.ANDROID, Optional.of(alias), tags);
  }

  public GetuiDevice connected(Registration registration) {
    return new GetuiDevice(this, registration).connect();
  }

  public List<DeliveryAttempt> mailbox(Registration phone) {
    return engine.devices().mailbox(phone.id(), TaskId.NONE, 100).attempts();
  }

  public List<TaskId> tasks(Registration phone) {
    return mailbox(phone).stream().map(deliveryAttempt -> deliveryAttempt.task().id()).toList();
  }

  @Override
  public void close() {
    engine.close();
  }
}
