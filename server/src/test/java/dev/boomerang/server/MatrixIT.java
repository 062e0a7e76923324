// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// One message, all dialects: what is pushed through any of them, in each of its ways, is seen,
/// taken back and replaced through every other.
@Timeout(300)
class MatrixIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @TempDir private static Path folder;
  private static Optional<LocalServer> running = Optional.empty();
  private static Optional<House> house = Optional.empty();

  private record House(JsonNode demo, NativeApiClient api, List<Door> doors) {}

  private record Pushed(long task, JsonNode message) {
    String delivery() {
      return message.path("delivery").asText();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    var started = LocalServer.start(folder, Map.of());
    running = Optional.of(started);
    JsonNode demo = started.demo();
    NativeApiClient api = started.api();
    String server = started.url();
    var http = HttpClient.newHttpClient();
    String basic =
        demo.at("/jpush/appKey").asText() + ":" + demo.at("/jpush/masterSecret").asText();
    var jpush =
        new JsonCaller(
            http,
            server,
            Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8))));
    house =
        Optional.of(
            new House(
                demo,
                api,
                List.of(
                    new NativeDoor(api),
                    new MpaasDoor(new Aliyun(demo, started.httpPort())),
                    new JpushDoor(jpush),
                    GetuiDoor.logIn(http, server, demo.path("getui")),
                    VivoDoor.logIn(http, server, demo.path("vivo")))));
  }

  @AfterAll
  static void stop() {
    running.ifPresent(LocalServer::close);
  }

  private interface Cell {
    void check(Door.Way way, Door other, HiveDevice device) throws Exception;
  }

  /// Every way of pushing of each dialect, with every dialect.
  private static Stream<DynamicTest> matrix(String verb, Cell cell) {
    return matrix(verb, _ -> true, cell);
  }

  private static Stream<DynamicTest> matrix(String verb, Predicate<Door> can, Cell cell) {
    List<Door> doors = house.orElseThrow().doors();
    return doors.stream()
        .flatMap(
            door ->
                door.ways().entrySet().stream()
                    .flatMap(
                        way ->
                            doors.stream()
                                .filter(can)
                                .map(
                                    other ->
                                        DynamicTest.dynamicTest(
                                            "%s %s, %s through %s"
                                                .formatted(
                                                    door.name(), way.getKey(), verb, other.name()),
                                            inCell(cell, way.getValue(), other)))));
  }

  private static Executable inCell(Cell cell, Door.Way way, Door other) {
    return () -> {
      House it = house.orElseThrow();
      try (var device =
          HiveDevice.connect(it.api(), it.demo(), "matrix" + NUMBERS.incrementAndGet())) {
        cell.check(way, other, device);
      }
    };
  }

  private static Pushed push(Door.Way way, HiveDevice device) throws Exception {
    String title = "title " + NUMBERS.incrementAndGet();
    long task = way.push(device, title);
    return new Pushed(task, notified(device, title));
  }

  /// Earlier broadcasts come to every new device; they are not what we wait for.
  private static JsonNode notified(HiveDevice device, String title) throws InterruptedException {
    JsonNode message;
    do {
      message = device.next();
    } while (!message.path("title").asText().equals(title));
    return message;
  }

  private static JsonNode withdrawn(HiveDevice device) throws InterruptedException {
    JsonNode message;
    do {
      message = device.next();
    } while (!message.path("type").asText().equals("withdraw"));
    return message;
  }

  private static void counts(long task, String phase) throws Exception {
    house
        .orElseThrow()
        .api()
        .await("/api/v1/tasks/" + task, view -> view.at("/counts/" + phase).asInt() == 1);
  }

  @TestFactory
  Stream<DynamicTest> whatIsPushed_isSeen() {
    return matrix(
        "seen",
        (way, other, device) -> {
          Pushed pushed = push(way, device);
          assertThat(pushed.message().path("task").asLong()).isEqualTo(pushed.task());
          long end = System.nanoTime() + PATIENCE.toNanos();
          long arrived = other.arrivals().of(pushed.task());
          while (arrived == 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            arrived = other.arrivals().of(pushed.task());
          }
          assertThat(arrived).isEqualTo(1);
        });
  }

  @TestFactory
  Stream<DynamicTest> whatIsPushed_isTakenBack() {
    return matrix(
        "recalled",
        (way, other, device) -> {
          Pushed pushed = push(way, device);
          device.report(pushed.delivery(), "shown");

          other.recall().of(pushed.task(), device);

          assertThat(withdrawn(device).at("/deliveries/0").asText()).isEqualTo(pushed.delivery());
          device.report(pushed.delivery(), "withdrawn");
          counts(pushed.task(), "recalled");
        });
  }

  @TestFactory
  Stream<DynamicTest> whatIsPushed_isReplaced() {
    return matrix(
        "replaced",
        door -> door.override().isPresent(),
        (way, other, device) -> {
          Pushed older = push(way, device);
          device.report(older.delivery(), "shown");
          String title = "newer " + NUMBERS.incrementAndGet();
          long newer = other.override().orElseThrow().of(older.task(), device, title);

          JsonNode second = notified(device, title);
          assertThat(second.path("task").asLong()).isEqualTo(newer);
          assertThat(second.path("slot").asText()).isEqualTo(Long.toString(older.task()));
          device.report(older.delivery(), "replaced");
          counts(older.task(), "overridden");
        });
  }
}
