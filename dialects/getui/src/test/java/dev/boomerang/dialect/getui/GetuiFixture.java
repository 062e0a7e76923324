// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.access.GetuiKeyKind;
import dev.boomerang.dialect.getui.limit.Quota;
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
import dev.boomerang.port.ContentReviewer.Objection;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
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

/// Runs the dialect over an [EngineFixture] with two apps, called without a network. The shop has
/// the ids of the captured requests.
public final class GetuiFixture implements AutoCloseable {
  public static final AppId SHOP = new AppId("appIdX");
  public static final String KEY = "appKeyX";
  public static final String SECRET = "masterX";
  public static final String BANK_KEY = "appKeyOfTheBank";

  public final ManualClock clock = new ManualClock(Fixtures.NOW);
  public final Engine engine;
  public final GetuiServices getui;
  private final EngineFixture fixture;
  private final Routes routes;

  public GetuiFixture(Function<GetuiServices, Dialect> protocol) {
    this(GetuiConfig.DEFAULT, protocol);
  }

  public GetuiFixture(GetuiConfig config, Function<GetuiServices, Dialect> protocol) {
    this(config, new MemoryStore(), protocol);
  }

  public GetuiFixture(GetuiConfig config, Store store, Function<GetuiServices, Dialect> protocol) {
    fixture =
        EngineFixture.inMemory(clock).withStore(store).withReviewer(GetuiFixture::objection).open();
    engine = fixture.engine();
    fixture.addApp(SHOP, "default", key(SHOP, KEY));
    fixture.addApp(Fixtures.BANK, "default", key(Fixtures.BANK, BANK_KEY));
    getui = new GetuiServices(engine, config, new SecureRandom(), clock);
    routes = new Routes(List.of(protocol.apply(getui)), List.of());
  }

  private static Key key(AppId app, String key) {
    return new Key(GetuiKeyKind.KIND, key, app, new Secret(SECRET), true);
  }

  /// Is a word whose pushes the reviewer rejects.
  public static final String FORBIDDEN = "casino";

  private static Optional<Objection> objection(AppId app, List<String> texts) {
    return texts.stream().anyMatch(text -> text.contains(FORBIDDEN))
        ? Optional.of(new Objection("contains " + FORBIDDEN, 0, 0, 0))
        : Optional.empty();
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

  /// Returns `algorithm(key + timestamp + secret)`.
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

  /// Calls with a body that may have `'` for `"`.
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
    return fixture.register(
        SHOP, platform, new Profile(Optional.empty(), alias, Set.of(tags), region));
  }

  public Registration android(String alias, String... tags) {
    return phone(Platform.ANDROID, Optional.of(alias), tags);
  }

  /// Connects a device that takes everything and acknowledges it at once.
  public TestDevice connect(Registration registration) {
    return fixture.connect(registration);
  }

  public List<DeliveryAttempt> mailbox(Registration registration) {
    return fixture.mailbox(registration);
  }

  public List<TaskId> tasks(Registration registration) {
    return fixture.mailboxTasks(registration);
  }

  @Override
  public void close() {
    fixture.close();
  }
}
