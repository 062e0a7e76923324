// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @TempDir private static Path folder;
  private static Optional<LocalServer> running = Optional.empty();
  private static Optional<Fixture> fixture = Optional.empty();

  private record Fixture(JsonNode demo, NativeApiClient api, List<ApiClient> apiClients) {}

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
    fixture =
        Optional.of(
            new Fixture(
                demo,
                api,
                List.of(
                    new NativeApiCaller(api),
                    new MpaasApiClient(new AliyunClient(demo, started.httpPort())),
                    JpushApiClient.of(http, server, demo.path("jpush")),
                    GetuiApiClient.logIn(http, server, demo.path("getui")),
                    GetuiV1ApiClient.logIn(http, server, demo.path("getui")),
                    GetuiWireApiClient.logIn(http, server, demo.path("getui")),
                    VivoApiClient.logIn(http, server, demo.path("vivo")))));
  }

  @AfterAll
  static void stop() {
    running.ifPresent(LocalServer::close);
  }

  private interface Cell {
    void check(ApiClient.Way way, ApiClient other, HiveMqttDevice device) throws Exception;
  }

  private interface Check {
    void on(HiveMqttDevice device) throws Exception;
  }

  private static List<ApiClient> apiClients() {
    return fixture.orElseThrow().apiClients();
  }

  private static DynamicTest cell(String name, Check check) {
    Executable inCell =
        () -> {
          Fixture it = fixture.orElseThrow();
          String user = "matrix" + NUMBERS.incrementAndGet();
          try (var device = HiveMqttDevice.connect(it.api(), it.demo(), user)) {
            check.on(device);
          }
        };
    return DynamicTest.dynamicTest(name, inCell);
  }

  private interface EachWay {
    Stream<DynamicTest> of(String name, ApiClient.Way way);
  }

  /// Every way of pushing of each dialect.
  private static Stream<DynamicTest> ways(EachWay each) {
    return apiClients().stream()
        .flatMap(
            apiClient ->
                apiClient.ways().entrySet().stream()
                    .flatMap(
                        way -> each.of(apiClient.name() + " " + way.getKey(), way.getValue())));
  }

  /// The same with every dialect that can.
  private static Stream<DynamicTest> matrix(String verb, Predicate<ApiClient> can, Cell cell) {
    return ways(
        (name, way) ->
            apiClients().stream()
                .filter(can)
                .map(
                    other ->
                        cell(
                            "%s, %s through %s".formatted(name, verb, other.name()),
                            device -> cell.check(way, other, device))));
  }

  private static Pushed push(ApiClient.Way way, HiveMqttDevice device) throws Exception {
    String title = "title " + NUMBERS.incrementAndGet();
    long task = way.push(device, title);
    JsonNode message = notified(device, title);
    long told = message.path("task").asLong();
    assertThat(task).isIn(told, ApiClient.Way.UNNUMBERED);
    return new Pushed(told, message);
  }

  /// Earlier broadcasts come to every new device; they are not what we wait for.
  private static JsonNode notified(HiveMqttDevice device, String title)
      throws InterruptedException {
    JsonNode message;
    do {
      message = device.next();
    } while (!message.path("title").asText().equals(title));
    return message;
  }

  private static JsonNode withdrawn(HiveMqttDevice device) throws InterruptedException {
    JsonNode message;
    do {
      message = device.next();
    } while (!message.path("type").asText().equals("withdraw"));
    return message;
  }

  private static void counts(long task, String phase) throws Exception {
    fixture
        .orElseThrow()
        .api()
        .await("/api/v1/tasks/" + task, view -> view.at("/counts/" + phase).asInt() == 1);
  }

  @TestFactory
  Stream<DynamicTest> whatIsPushed_isCountedAlikeEverywhere() {
    return ways(
        (name, way) ->
            Stream.of(
                cell(
                    name,
                    device -> {
                      Pushed pushed = push(way, device);
                      device.report(pushed.delivery(), "opened");
                      counts(pushed.task(), "opened");
                      for (ApiClient other : apiClients()) {
                        seen(pushed.task(), device, other);
                      }
                    })));
  }

  private static void seen(long task, HiveMqttDevice device, ApiClient other) throws Exception {
    assertThat(other.report().of(task))
        .as(other.name())
        .matches(new ApiClient.Counts(1, 1, 1)::agreesWith);
    if (other.arrival().isPresent()) {
      assertThat(other.arrival().get().of(task, device)).as(other.name()).isTrue();
    }
  }

  @TestFactory
  Stream<DynamicTest> whatIsPushed_isTakenBack() {
    return matrix(
        "recalled",
        apiClient -> apiClient.recall().isPresent(),
        (way, other, device) -> {
          Pushed pushed = push(way, device);
          device.report(pushed.delivery(), "shown");

          other.recall().orElseThrow().of(pushed.task(), device);

          assertThat(withdrawn(device).at("/deliveries/0").asText()).isEqualTo(pushed.delivery());
          device.report(pushed.delivery(), "withdrawn");
          counts(pushed.task(), "recalled");
        });
  }

  @TestFactory
  Stream<DynamicTest> whatIsPushed_isReplaced() {
    return matrix(
        "replaced",
        apiClient -> apiClient.override().isPresent(),
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

  /// The id of a notification is the app's own, whichever dialect says it.
  @TestFactory
  Stream<DynamicTest> notificationOfTheSameId_isReplaced() {
    List<ApiClient> numbered =
        apiClients().stream().filter(apiClient -> apiClient.numbered().isPresent()).toList();
    return numbered.stream()
        .flatMap(
            first ->
                numbered.stream()
                    .map(
                        second ->
                            cell(
                                first.name() + ", then " + second.name(),
                                device -> replaced(first, second, device))));
  }

  private static void replaced(ApiClient first, ApiClient second, HiveMqttDevice device)
      throws Exception {
    int id = NUMBERS.incrementAndGet();
    Pushed older = push((to, title) -> first.numbered().orElseThrow().push(id, to, title), device);
    device.report(older.delivery(), "shown");

    Pushed newer = push((to, title) -> second.numbered().orElseThrow().push(id, to, title), device);

    assertThat(newer.message().path("slot")).isEqualTo(older.message().path("slot"));
    device.report(older.delivery(), "replaced");
    counts(older.task(), "overridden");
  }
}
