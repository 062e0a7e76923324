// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills the server process with SIGKILL in the middle of thousands of pushes, recalls and
/// callbacks, starts it again, many times, and proves the promises from what devices, callers and
/// the receiver of callbacks wrote down.
@Timeout(420)
class CrashIT {
  private static final int DEVICES = 12;

  /// A kill comes after so many more pushes were answered: progress, not time, so that a slow
  /// machine tests the same.
  private static final int LEAST_PUSHES = 100;

  private static final int MOST_PUSHES = 400;
  private static final Duration PAUSE = Duration.ofMillis(1);

  @TempDir Path folder;

  @Test
  void sqlite_keepsThePromises_throughTenSigkills() throws Exception {
    crash(10, Map.of());
  }

  @Test
  void postgres_keepsThePromises_throughFiveSigkills() throws Exception {
    try (var postgres = EmbeddedPostgres.start()) {
      crash(
          5,
          Map.of(
              "BOOMERANG_STORE", "postgres",
              "BOOMERANG_POSTGRES_URL", postgres.getJdbcUrl("postgres", "postgres"),
              "BOOMERANG_POSTGRES_USER", "postgres",
              "BOOMERANG_POSTGRES_PASSWORD", "postgres"));
    }
  }

  private void crash(int kills, Map<String, String> environment) throws Exception {
    int httpPort = freePort();
    int gatewayPort = freePort();
    CommandProcess server = serve(environment, httpPort, gatewayPort);
    List<CrashDevice> devices = new ArrayList<>();
    try (var receiver = new CrashWebhookReceiver()) {
      JsonNode demo =
          Json.read(Files.readString(folder.resolve("data/demo.json"), UTF_8)).orElseThrow();
      var api = new NativeApiClient(httpPort, demo.path("adminToken").asText());
      for (int i = 0; i < DEVICES; i++) {
        devices.add(new CrashDevice(register(api, demo), demo.path("appId").asText()));
      }
      var callers =
          new CrashClients(api, devices.stream().map(device -> device.id).toList(), receiver.url());
      int untold = 0;
      try (callers) {
        for (int kill = 0; kill < kills; kill++) {
          int more = ThreadLocalRandom.current().nextInt(LEAST_PUSHES, MOST_PUSHES);
          awaitPushes(callers, callers.answered() + more);
          server.close();
          server.exitCode();
          untold += receiver.undelivered();
          server = serve(environment, httpPort, gatewayPort);
        }
      }
      check(api, callers, devices);
      assertThat(untold).as("kills with callbacks to be made").isPositive();
      WebhookInvariants.check(receiver, devices, callers.pushed(), callers.recalled().keySet());
    } finally {
      server.close();
      for (CrashDevice device : devices) {
        device.close();
      }
    }
  }

  private static void awaitPushes(CrashClients callers, int count) {
    while (callers.answered() < count && callers.faults().isEmpty()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static void check(NativeApiClient api, CrashClients callers, List<CrashDevice> devices)
      throws Exception {
    assertThat(callers.faults()).isEmpty();
    var pushed = callers.pushed();
    var recalled = callers.recalled();
    var planned = callers.planned();
    System.out.printf(
        "crash: %d pushes, %d recalled, %d planned, %d calls made again%n",
        pushed.size(), recalled.size(), planned.size(), callers.repeated());
    assertThat(recalled).hasSizeGreaterThan(50);
    assertThat(callers.repeated()).as("kills in the middle of calls").isPositive();

    // First until everything is at rest, with the devices still there; then from their logs.
    var settling = new CrashInvariants(api, devices);
    for (var push : pushed) {
      settling.rest(push);
    }
    settling.awaitFired(planned);
    var verdict = new CrashInvariants(api, devices);
    verdict.once(pushed);
    verdict.durable(pushed, Set.copyOf(recalled.keySet()));
    verdict.fence(pushed, recalled);
    verdict.accounted(pushed, recalled);
    verdict.timely(planned);
  }

  private CommandProcess serve(Map<String, String> environment, int httpPort, int gatewayPort)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    // None lives long enough for what the second compiler makes, but all would pay for it.
    all.put("BOOMERANG_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    CommandProcess server =
        CommandProcess.run(
            folder,
            all,
            "--http-host=127.0.0.1",
            "--http-port=" + httpPort,
            "--gateway-host=127.0.0.1",
            "--gateway-port=" + gatewayPort,
            "--max-schedules=100000",
            "--webhook-private-addresses=yes",
            "--webhook-timeout=3s",
            "--log-level=error");
    server.awaitLine("ready http=");
    return server;
  }

  private static JsonNode register(NativeApiClient api, JsonNode demo)
      throws IOException, InterruptedException {
    return api.post(
        "/device/v1/registrations",
        Json.object()
            .put("appId", demo.path("appId").asText())
            .put("deviceKey", demo.path("deviceKey").asText())
            .put("platform", "android"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
