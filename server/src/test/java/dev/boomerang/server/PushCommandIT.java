// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.server.cli.PushCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `boomerang push` against the running server: whom it reaches and what it replaces.
@Timeout(120)
class PushCommandIT {
  @TempDir private Path folder;
  private JpushServer server;

  @BeforeEach
  void start() throws Exception {
    server = JpushServer.start(folder, Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int push(String... options) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--server", server.url(), "--token", server.demo().path("adminToken").asText()));
    arguments.addAll(List.of(options));
    return new CommandLine(new PushCommand()).execute(arguments.toArray(String[]::new));
  }

  @Test
  void tag_reachesThoseWhoHaveIt() throws Exception {
    assertThat(push("--tag", "nobody", "--title", "t")).isNotZero();
    assertThat(push("--tag", "nobody", "--tag", "tag_ada", "--title", "tagged")).isZero();

    assertThat(server.next("notify").path("title").asText()).isEqualTo("tagged");
  }

  @Test
  void replace_takesTheOlderTasksPlace() throws Exception {
    assertThat(push("--user", "ada", "--title", "old")).isZero();
    JsonNode old = server.next("notify");

    assertThat(push("--user", "ada", "--title", "new", "--replace", old.path("task").asText()))
        .isZero();

    JsonNode shown = server.next("notify");
    assertThat(shown.path("title").asText()).isEqualTo("new");
    assertThat(shown.path("slot")).isEqualTo(old.path("task"));
    assertThat(push("--user", "ada", "--title", "t", "--replace", "77")).isNotZero();
  }

  @Test
  void tag_withAnotherAudience_isAnUnknownUse() {
    assertThat(push("--tag", "t", "--user", "ada", "--title", "t")).isEqualTo(2);
  }
}
