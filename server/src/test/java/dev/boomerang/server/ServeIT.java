// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The process that `./boomerang` runs: what it prints, and how it ends.
@Timeout(180)
class ServeIT {
  @TempDir Path folder;

  @Test
  void server_saysReady_andLeavesWith0OnSigterm() throws Exception {
    try (CommandProcess server = serve()) {
      String ready = server.awaitLine("ready http=");
      assertThat(ready)
          .matches("ready http=http://127\\.0\\.0\\.1:\\d+ gateway=127\\.0\\.0\\.1:\\d+");
      var api = new NativeApiClient(httpPort(ready), "none");
      assertThat(api.call("GET", "/health/ready", "").statusCode()).isEqualTo(200);

      server.terminate();

      List<String> said = server.rest();
      assertThat(said).anyMatch(line -> line.contains("event=stopped"));
      // The demo app's keys are for whoever starts it, and for no log.
      String token = demo().path("adminToken").asText();
      assertThat(said).anyMatch(line -> line.contains(token));
      assertThat(said).noneMatch(line -> line.contains("event=") && line.contains(token));
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void phoneInTheTerminal_showsAPush_andItsWithdrawal() throws Exception {
    try (CommandProcess server = serve()) {
      String url = "http://127.0.0.1:" + httpPort(server.awaitLine("ready http="));
      try (CommandProcess phone =
          CommandProcess.run(folder, "device", "--user", "user1024", "--server", url)) {
        phone.closeInput();
        phone.awaitLine("connected");

        String task = push(url, "--user", "user1024", "--title", "标题", "--body", "正文");
        assertThat(phone.awaitLine("▶ shown")).isEqualTo("▶ shown #1 [标题] 正文");
        awaitCounts(url, task, "shown=1");

        assertThat(client("recall", task, "--dry-run", "--server", url))
            .anyMatch(line -> line.matches("  withdrawn +1"));
        assertThat(client("recall", task, "--server", url))
            .anyMatch(line -> line.matches("  total +1"));
        assertThat(phone.awaitLine("◀ withdrawn")).isEqualTo("◀ withdrawn #1 [标题]");
        assertThat(client("tail", task, "--every", "50", "--server", url).getLast())
            .endsWith("total=1 recalled=1");
        assertThat(client("tail", task, "--deliveries", "--server", url).getLast())
            .endsWith("recalled (withdrawn)");

        assertThat(phone.isAlive()).isTrue();
        phone.terminate();
        assertThat(phone.exitCode()).isZero();
      }
    }
  }

  @Test
  void phoneInTheTerminal_obeysAndRemembers() throws Exception {
    try (CommandProcess server = serve()) {
      String url = "http://127.0.0.1:" + httpPort(server.awaitLine("ready http="));
      String[] device = {"device", "--alias", "phone7", "--device-id", "p/7", "--server", url};
      String first;
      try (CommandProcess phone = CommandProcess.run(folder, device)) {
        phone.awaitLine("connected");
        first = push(url, "--alias", "phone7", "--title", "one");
        phone.awaitLine("▶ shown #1 [one]");
        push(url, "--device", "p/7", "--title", "two");
        phone.awaitLine("▶ shown #2 [two]");
        phone.type("open 3").awaitLine("no such notification");
        phone.type("open 1").awaitLine("opened #1 [one]");
        awaitCounts(url, first, "opened=1");
        phone.type("quit");
        assertThat(phone.exitCode()).isZero();
      }
      try (CommandProcess phone = CommandProcess.run(folder, device)) {
        phone.awaitLine("still shown: #2 [two]");
        phone.type("quit");
        assertThat(phone.exitCode()).isZero();
      }
      String[] json = Stream.concat(Stream.of(device), Stream.of("--json")).toArray(String[]::new);
      try (CommandProcess phone = CommandProcess.run(folder, json)) {
        phone.awaitLine("{\"event\":\"restored\",\"number\":2");
        phone.awaitLine("{\"event\":\"connected\"");
        phone.type("dismiss").awaitLine("{\"event\":\"dismissed\",\"number\":2");
        phone.type("open").awaitLine("{\"event\":\"notFound\"}");
      }
      assertThat(client("recall", first, "--server", url))
          .anyMatch(line -> line.matches("  tooLate +1"));
    }
  }

  @Test
  void aTakenPort_isOneLineAndExitCode1() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CommandProcess server =
            CommandProcess.run(
                folder,
                "--http-host=127.0.0.1",
                "--http-port=" + taken.getLocalPort(),
                "--gateway-port=0",
                "--log-level=error")) {
      assertThat(server.rest())
          .singleElement()
          .asString()
          .startsWith("boomerang: cannot listen on 127.0.0.1:" + taken.getLocalPort());
      assertThat(server.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aWrongSetting_isOneLineAndExitCode1() throws Exception {
    try (CommandProcess server =
        CommandProcess.run(folder, Map.of("BOOMERANG_HTTP_PORT", "http"), "--log-level=error")) {
      assertThat(server.rest())
          .containsExactly(
              "boomerang: http-port=http from environment BOOMERANG_HTTP_PORT:"
                  + " must be a whole number from 0 to 65535");
      assertThat(server.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void wrongArguments_areExitCode2() throws Exception {
    try (CommandProcess commandProcess = CommandProcess.run(folder, "--http-prt=1")) {
      assertThat(commandProcess.rest()).anyMatch(line -> line.contains("--http-prt"));
      assertThat(commandProcess.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void help_ofTheProcess_isShort() throws Exception {
    try (CommandProcess commandProcess = CommandProcess.run(folder, "serve", "--help")) {
      assertThat(String.join("\n", commandProcess.rest()))
          .contains("--http-port=", "boomerang settings")
          .doesNotContain("--mpaas-max-nonces=", "--master-key=", "--postgres-password=");
      assertThat(commandProcess.exitCode()).isZero();
    }
  }

  @Test
  void clients_failWithExitCode1() throws Exception {
    try (CommandProcess nobody =
        CommandProcess.run(folder, "recall", "1", "--token=x", "--server=http://127.0.0.1:1")) {
      assertThat(nobody.rest()).anyMatch(line -> line.contains("no server answers at"));
      assertThat(nobody.exitCode()).isEqualTo(1);
    }
    try (CommandProcess noKeys = CommandProcess.run(folder, "push", "--user=u", "--title=t")) {
      assertThat(noKeys.rest()).anyMatch(line -> line.contains("start the server first"));
      assertThat(noKeys.exitCode()).isEqualTo(1);
    }
  }

  private CommandProcess serve() throws Exception {
    return CommandProcess.run(
        folder,
        "--http-host=127.0.0.1",
        "--http-port=0",
        "--gateway-host=127.0.0.1",
        "--gateway-port=0");
  }

  private static int httpPort(String ready) {
    return URI.create(ready.split("[= ]")[2]).getPort();
  }

  private String push(String url, String... options) throws Exception {
    var arguments = new java.util.ArrayList<>(List.of("push", "--server", url));
    arguments.addAll(List.of(options));
    return client(arguments.toArray(String[]::new)).getLast();
  }

  private List<String> client(String... arguments) throws Exception {
    try (CommandProcess commandProcess = CommandProcess.run(folder, arguments)) {
      List<String> said = commandProcess.rest();
      assertThat(commandProcess.exitCode()).as(said.toString()).isZero();
      return said;
    }
  }

  private JsonNode demo() throws IOException {
    return Json.read(Files.readString(folder.resolve("data/demo.json"), UTF_8)).orElseThrow();
  }

  private void awaitCounts(String url, String task, String wished) throws Exception {
    String[] state = wished.split("=");
    new NativeApiClient(URI.create(url).getPort(), demo().path("adminToken").asText())
        .await(
            "/api/v1/tasks/" + task,
            view -> view.at("/counts/" + state[0]).asText().equals(state[1]));
  }
}
