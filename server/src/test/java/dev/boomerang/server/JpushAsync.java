// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.kit.fixture.NodeJs;
import dev.boomerang.web.field.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;

/// jpush-async in Node.js, made to find the vendor's hosts at the server under test. Calls are JSON
/// with single quotes; `jpush.mjs` says how they look.
final class JpushAsync implements AutoCloseable {
  private final Process node;
  private final BufferedReader said;
  private final Writer tell;

  private JpushAsync(Process node) {
    this.node = node;
    this.said = node.inputReader(UTF_8);
    this.tell = node.outputWriter(UTF_8);
  }

  static JpushAsync start(String version, JpushServer server) throws IOException {
    return new JpushAsync(
        NodeJs.with("jpush-async", version, JpushAsync.class, "jpush.mjs")
            .start(Integer.toString(server.httpPort()), server.key(), server.secret()));
  }

  /// What the client hands to its caller.
  JsonNode answer(String call) throws IOException {
    JsonNode came = say(call);
    assertThat(came.has("answer")).as(came.toString()).isTrue();
    return came.path("answer");
  }

  /// `name`, `message`, and where the client has them `status` and `response`.
  JsonNode error(String call) throws IOException {
    JsonNode came = say(call);
    assertThat(came.has("error")).as(came.toString()).isTrue();
    return came.path("error");
  }

  private JsonNode say(String call) throws IOException {
    ObjectNode line = (ObjectNode) Json.read(call.replace('\'', '"')).orElseThrow();
    if (!line.has("flavour")) {
      line.put("flavour", "JPushAsync");
    }
    tell.write(Json.write(line) + "\n");
    tell.flush();
    return Json.read(said.readLine()).orElseThrow();
  }

  @Override
  public void close() {
    node.destroy();
  }
}
