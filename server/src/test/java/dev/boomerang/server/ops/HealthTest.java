// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.memory.MemoryStore;
import dev.boomerang.web.Body;
import dev.boomerang.web.Call;
import dev.boomerang.web.Headers;
import dev.boomerang.web.Reply;
import dev.boomerang.web.Routes;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final Routes routes = new Routes(new Health(new MemoryStore(), ready::get).routes());

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

  private Reply get(String path) {
    return routes.answer(
        new Call("GET", path, "", Headers.NONE, Body.EMPTY, "127.0.0.1", Map.of()));
  }
}
