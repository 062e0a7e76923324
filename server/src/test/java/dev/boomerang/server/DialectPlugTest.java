// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.nativeapi.NativeApi;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.EngineListener;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Routes;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A dialect is one class and one line: nothing else has to know it.
class DialectPlugTest {
  private static final String KEY = "toy-key";

  private static final Headers HEADERS = Headers.of("Toy-Key", KEY);

  private final ManualClock clock = new ManualClock(Fixtures.NOW);
  private final SecureRandom random = new SecureRandom();
  private final Engine engine =
      Engine.open(
          new MemoryStore(),
          new Engine.Config(
              Limits.DEFAULT,
              new Vault(new byte[Vault.MASTER_KEY_BYTES], random),
              0,
              random,
              false),
          EngineListener.NONE,
          clock);

  private final List<Dialect> dialects =
      List.of(
          new NativeApi(engine, NativeApi.Config.DEFAULT, clock),
          // The line.
          new ToyDialect(engine));

  private final Routes routes = new Routes(dialects, List.of());

  @AfterEach
  void close() {
    engine.close();
  }

  private Reply call(String method, String path, String body) {
    return routes.answer(new Call(method, path, "", HEADERS, Body.of(body), "127.0.0.1", Map.of()));
  }

  @Test
  void itsCalls_goThroughTheEngine_underItsName() {
    engine
        .apps()
        .add(
            Fixtures.anApp(Fixtures.SHOP),
            List.of(new Key(ToyDialect.KEY_KIND, KEY, Fixtures.SHOP, new Secret(""), true)));

    Reply reply = call("POST", "/toy/shop", "hello");

    assertThat(reply.status()).isEqualTo(200);
    var id = TaskId.parse(reply.body().text().substring("ok ".length())).orElseThrow();
    assertThat(engine.tasks().find(Fixtures.SHOP, id).orElseThrow().origin()).isEqualTo("toy");
  }

  @Test
  void aKeyOfAnotherKind_doesNotOpenIt() {
    engine
        .apps()
        .add(
            Fixtures.anApp(Fixtures.SHOP),
            List.of(new Key(KeyKind.DEVICE, KEY, Fixtures.SHOP, new Secret(""), true)));

    assertThat(call("POST", "/toy/shop", "hello").status()).isEqualTo(401);
  }

  @Test
  void refusalsBelowItsPrefix_areInItsWords_andOthersAreNot() {
    assertThat(call("POST", "/toy/shop/more", "").body().text()).startsWith("no: there is nothing");
    assertThat(call("POST", "/toys", "").body().text()).startsWith("{\"error\"");
    assertThat(call("POST", "/api/v1/nothing", "").body().text()).startsWith("{\"error\"");

    Reply wrongMethod = call("PUT", "/toy/shop", "");
    assertThat(wrongMethod.status()).isEqualTo(405);
    assertThat(wrongMethod.header("Allow")).contains("OPTIONS, POST");
  }

  @Test
  void itsWebhooks_haveItsFormat() {
    assertThat(Main.webhookFormats(dialects)).containsOnlyKeys("native", "toy");
  }
}
