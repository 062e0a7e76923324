// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nothing secret and nothing that is pushed reaches a log, down to the finest level.
@Timeout(60)
class LoggedTest {
  private static final Logger OURS = Logger.getLogger("dev.boomerang");
  private static final String CONTENT = "between you and me";
  private static final String ADDRESS_KEY = "key-of-the-callback";
  private static final String WRONG_TOKEN = "adm_nobody-has-this";

  @TempDir private Path folder;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(new SimpleFormatter().format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    OURS.setLevel(Level.ALL);
    OURS.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    OURS.removeHandler(handler);
    OURS.setLevel(null);
  }

  @Test
  void logs_holdNoKeysNoTokensAndNoContent() throws Exception {
    var logged = new ArrayList<String>();
    List<String> secrets;
    try (JpushServer server =
        JpushServer.start(folder, Map.of("webhook-private-addresses", "yes"))) {
      secrets = secrets(server.demo());
      var stranger = new NativeApiClient(server.httpPort(), WRONG_TOKEN);
      assertThat(stranger.call("GET", "/api/v1/tasks/1", "").statusCode()).isEqualTo(401);
      push(server);
      assertThat(server.next("notify").path("body").asText()).isEqualTo(CONTENT);
      while (logged.stream().noneMatch(line -> line.contains("event=callback-failed"))) {
        logged.add(next());
      }
    }
    lines.drainTo(logged);

    assertThat(secrets).hasSizeGreaterThan(8);
    assertThat(String.join("", logged))
        .contains("gateway closed")
        .doesNotContain(CONTENT, ADDRESS_KEY, WRONG_TOKEN)
        .doesNotContain(secrets);
  }

  @Test
  void keyFilesThatOthersMayRead_areToldWithTheirMode() throws Exception {
    LocalServer.start(folder, Map.of()).close();
    Path demo = folder.resolve("demo.json");
    Files.setPosixFilePermissions(demo, PosixFilePermissions.fromString("rw-r--r--"));
    lines.clear();

    LocalServer.start(folder, Map.of()).close();

    assertThat(lines)
        .filteredOn(line -> line.contains("event=secret-file-is-readable"))
        .singleElement()
        .asString()
        .contains("file=" + demo, "mode=rw-r--r--");
  }

  /// To the device, and to a callback that nobody answers.
  private static void push(JpushServer server) throws Exception {
    ObjectNode push = Json.object();
    push.putObject("audience").putArray("users").add("ada");
    push.putObject("notification").put("title", CONTENT).put("body", CONTENT);
    push.putObject("callback").put("url", "http://127.0.0.1:1/told?key=" + ADDRESS_KEY);
    assertThat(server.api().post("/api/v1/pushes", push).path("total").asInt()).isEqualTo(1);
  }

  /// Every text of `demo.json` but the names of the app.
  private static List<String> secrets(JsonNode demo) {
    var secrets = new ArrayList<String>();
    demo.properties()
        .forEach(
            member -> {
              if (member.getValue().isObject()) {
                secrets.addAll(secrets(member.getValue()));
              } else if (!List.of("appId", "workspaceId").contains(member.getKey())) {
                secrets.add(member.getValue().asText());
              }
            });
    return secrets;
  }

  private String next() throws InterruptedException {
    String line = lines.poll(20, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing more is logged");
    }
    return line;
  }
}
