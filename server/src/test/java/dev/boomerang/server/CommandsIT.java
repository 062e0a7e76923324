// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `boomerang push` and `stop` against the running server: whom a push reaches, what it replaces,
/// what a stop keeps back.
@Timeout(120)
class CommandsIT {
  @TempDir private Path folder;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private JpushServer server;

  @BeforeEach
  void start() throws Exception {
    server = JpushServer.start(folder, Map.of());
    System.setOut(new PrintStream(output, true, UTF_8));
  }

  @AfterEach
  void stop() {
    System.setOut(out);
    server.close();
  }

  /// As the process does it; returns its exit code.
  private int run(String command, String... arguments) {
    var all =
        new ArrayList<>(
            List.of(
                command,
                "--server",
                server.url(),
                "--token",
                server.demo().path("adminToken").asText()));
    all.addAll(List.of(arguments));
    output.reset();
    return CommandLineRunner.run(all.toArray(String[]::new), Clock.systemUTC());
  }

  private String output() {
    return output.toString(UTF_8).strip();
  }

  @Test
  void tag_reachesThoseWhoHaveIt() throws Exception {
    assertThat(run("push", "--tag", "nobody", "--title", "t")).isNotZero();
    assertThat(run("push", "--tag", "nobody", "--tag", "tag_ada", "--title", "tagged")).isZero();

    assertThat(server.next("notify").path("title").asText()).isEqualTo("tagged");
  }

  @Test
  void replace_takesTheOlderTasksPlace() throws Exception {
    assertThat(run("push", "--user", "ada", "--title", "old")).isZero();
    JsonNode old = server.next("notify");

    assertThat(
            run("push", "--user", "ada", "--title", "new", "--replace", old.path("task").asText()))
        .isZero();

    JsonNode shown = server.next("notify");
    assertThat(shown.path("title").asText()).isEqualTo("new");
    assertThat(shown.path("slot")).isEqualTo(old.path("task"));
    assertThat(run("push", "--user", "ada", "--title", "t", "--replace", "77")).isNotZero();
  }

  @Test
  void tag_withAnotherAudience_isAnUnknownUse() {
    assertThat(run("push", "--tag", "t", "--user", "ada", "--title", "t")).isEqualTo(2);
  }

  @Test
  void stop_keepsBackWhatWaits_andSaysSo() throws Exception {
    HiveMqttDevice away = HiveMqttDevice.connect(server.api(), server.demo(), "ben");
    away.close();
    assertThat(run("push", "--user", "ben", "--title", "late")).isZero();
    String task = output();

    assertThat(run("stop", task)).isZero();

    assertThat(output()).isEqualTo("stopped task " + task + "  total=1 stopped=1");
    assertThat(run("push", "--user", "ben", "--title", "next")).isZero();
    try (HiveMqttDevice ben = away.again(server.api(), server.demo())) {
      assertThat(ben.next().path("title").asText()).isEqualTo("next");
    }
  }

  @Test
  void push_printsTheIdAlone_whereNobodyReadsAlong() {
    assertThat(run("push", "--user", "ada", "--title", "t")).isZero();

    assertThat(output()).matches("\\d+");
  }

  @Test
  void json_isOneValueInALine_ofEveryCommand() throws Exception {
    assertThat(run("push", "--user", "ada", "--title", "t", "--json")).isZero();
    JsonNode task = json();
    assertThat(task.path("total").asInt()).isEqualTo(1);
    String id = task.path("id").asText();

    assertThat(run("tail", id, "--once", "--json")).isZero();
    assertThat(json().path("id").asText()).isEqualTo(id);
    assertThat(run("tail", id, "--once", "--deliveries", "--json")).isZero();
    assertThat(json().path("task").asText()).isEqualTo(id);
    assertThat(run("recall", id, "--dry-run", "--json")).isZero();
    assertThat(json().path("dryRun").asBoolean()).isTrue();
    assertThat(run("recall", id, "--json")).isZero();
    assertThat(json().path("total").asInt()).isEqualTo(1);
    assertThat(run("stop", id, "--json")).isZero();
    assertThat(json().path("id").asText()).isEqualTo(id);
  }

  private JsonNode json() {
    return Json.read(Body.of(output())).orElseThrow();
  }

  @Test
  void stop_ofATaskNobodyHas_fails() {
    assertThat(run("stop", "77")).isEqualTo(1);
  }
}
