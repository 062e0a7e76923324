// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.StoreFailure;
import dev.boomerang.store.sqlite.SqliteStore;
import dev.boomerang.web.Routes;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final ManualClock clock = new ManualClock(Fixtures.NOW);
  private Optional<StoreFailure> failure = Optional.empty();
  private Optional<StoreFailure> lastWrite = Optional.empty();
  private int checks;

  private final Routes routes = routesOver(checked(new MemoryStore()));

  private Routes routesOver(Store store) {
    return new Routes(new Health(store, ready::get, clock).routes());
  }

  /// A store whose check fails, and whose last write has failed, as the test says.
  private Store checked(Store behind) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "check" -> {
                    checks++;
                    failure.ifPresent(
                        cause -> {
                          throw new StoreException(cause, "made to fail", new IOException());
                        });
                    yield null;
                  }
                  case "lastWriteFailure" -> lastWrite;
                  default -> {
                    try {
                      yield method.invoke(behind, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  }
                });
  }

  @Test
  void ready_whileTheServerTakesCalls() {
    assertThat(get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void notReady_whileItStops_butStillLive() {
    ready.set(false);

    assertThat(get("/health/ready").status()).isEqualTo(503);
    assertThat(get("/health/live").status()).isEqualTo(200);
  }

  @Test
  void answer_isRememberedForASecond() {
    get("/health/ready");
    clock.advance(Duration.ofMillis(999));
    get("/health/ready");
    assertThat(checks).isEqualTo(1);

    clock.advance(Duration.ofMillis(1));
    failure = Optional.of(StoreFailure.FULL);

    assertThat(get("/health/ready").status()).isEqualTo(503);
    assertThat(get("/health/ready").body().text()).contains("store-down", "disk full");
    assertThat(checks).isEqualTo(2);

    clock.advance(Duration.ofSeconds(1));
    failure = Optional.empty();
    assertThat(get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void writeThatFailedSince_hasItTriedAnew() {
    assertThat(get("/health/ready").status()).isEqualTo(200);
    lastWrite = Optional.of(StoreFailure.READ_ONLY);
    failure = lastWrite;

    assertThat(get("/health/ready").status()).isEqualTo(503);
    assertThat(checks).isEqualTo(2);
  }

  @Test
  void clockSetBack_doesNotKeepAnAnswerForEver() {
    get("/health/ready");
    clock.advance(Duration.ofHours(-1));
    failure = Optional.of(StoreFailure.IO);

    assertThat(get("/health/ready").status()).isEqualTo(503);
  }

  @Test
  void databaseMovedAway_isNotReady_butLive(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("boomerang.db");
    try (Store store = SqliteStore.open(file)) {
      Routes over = routesOver(store);
      assertThat(get(over, "/health/ready").status()).isEqualTo(200);

      Files.move(file, folder.resolve("away.db"));
      clock.advance(Duration.ofSeconds(1));

      assertThat(get(over, "/health/ready").status()).isEqualTo(503);
      assertThat(get(over, "/health/live").status()).isEqualTo(200);
    }
  }

  private Reply get(String path) {
    return get(routes, path);
  }

  private static Reply get(Routes routes, String path) {
    return routes.answer(
        new Call("GET", path, "", Headers.NONE, Body.EMPTY, "127.0.0.1", Map.of()));
  }
}
