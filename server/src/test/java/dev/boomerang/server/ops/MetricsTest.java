// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.Transition;
import dev.boomerang.port.StoreFailure;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.Routes;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void scrape_hasWhatTheEngineTold() {
    metrics.engine().accepted("mpaas", 3, 1);
    metrics.engine().refused("mpaas", "NoTarget");
    metrics.engine().recorded(new Transition.Unknown());
    metrics.engine().recalled("native", Duration.ofMillis(3));

    assertThat(scrape())
        .contains("boomerang_pushes_accepted_total{origin=\"mpaas\"} 1.0")
        .contains("boomerang_deliveries_total{origin=\"mpaas\"} 3.0")
        .contains("boomerang_targets_unreached_total{origin=\"mpaas\"} 1.0")
        .contains("boomerang_pushes_refused_total{origin=\"mpaas\",reason=\"NoTarget\"} 1.0")
        .contains("boomerang_delivery_events_unknown_total 1.0")
        .contains("boomerang_recall_fence_seconds_bucket{origin=\"native\",le=\"0.005\"} 1")
        .contains("boomerang_recall_fence_seconds_bucket{origin=\"native\",le=\"0.0025\"} 0");
  }

  @Test
  void scrape_hasWhatTheGatewayTold() {
    metrics.gateway().opened();
    metrics.gateway().connected("mqtt-5");
    metrics.gateway().withdrawn(2);
    metrics.connections(() -> 7);

    assertThat(scrape())
        .contains("boomerang_gateway_connections 1.0")
        .contains("boomerang_gateway_connects_total{protocol=\"mqtt-5\"} 1.0")
        .contains("boomerang_gateway_withdrawn_total 2.0")
        .contains("boomerang_connected_registrations 7.0");
  }

  @Test
  void scrape_hasTheTimeOfCallsByDialect() {
    Dialect timed = metrics.timed(new Nothing(), Clock.systemUTC());

    assertThat(new Routes(List.of(timed), List.of()).answer(call("POST", "/")).status())
        .isEqualTo(204);

    assertThat(scrape())
        .contains("boomerang_call_seconds_count{dialect=\"mpaas\",status=\"204\"} 1");
  }

  /// Answers 204 to anything at `/`.
  private static final class Nothing implements Dialect {
    @Override
    public String name() {
      return "mpaas";
    }

    @Override
    public List<String> prefixes() {
      return List.of("/");
    }

    @Override
    public List<Route> routes() {
      return List.of(new Route("POST", "/", _ -> Reply.empty(204)));
    }

    @Override
    public Reply refuse(Refusal refusal, Call head) {
      return refusal.plain();
    }
  }

  @Test
  void scrape_hasWritesThatFailed_andTheRoomThereIs(@TempDir Path folder) {
    metrics.dataDir(folder);
    metrics.store().writeFailed(StoreFailure.FULL);

    assertThat(scrape())
        .contains("boomerang_store_write_failures_total{cause=\"full\"} 1.0")
        .contains("boomerang_store_write_failures_total{cause=\"readonly\"} 0.0")
        .containsPattern("boomerang_data_dir_free_bytes [1-9]");
  }

  @Test
  void scrape_hasTheJvm() {
    assertThat(scrape()).contains("jvm_memory_used_bytes").contains("process_cpu_seconds_total");
  }

  private String scrape() {
    Reply reply = new Routes(metrics.routes()).answer(call("GET", "/metrics"));
    assertThat(reply.headers().get("Content-Type").orElseThrow()).startsWith("text/plain");
    return reply.body().text();
  }

  private static Call call(String method, String path) {
    return new Call(method, path, "", Headers.NONE, Body.EMPTY, "127.0.0.1", Map.of());
  }
}
