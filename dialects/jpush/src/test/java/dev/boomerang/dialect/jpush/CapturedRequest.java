// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A request that JPush's Java client wrote to a socket.
record CapturedRequest(JsonNode node) {

  /// Those of the file, in its order.
  static List<CapturedRequest> all() {
    try (var in = CapturedRequest.class.getResourceAsStream("captures.jsonl")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> new CapturedRequest(Json.read(line).orElseThrow()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<CapturedRequest> pushes() {
    return all().stream().filter(CapturedRequest::isPush);
  }

  /// All that are no pushes.
  static Stream<CapturedRequest> management() {
    return all().stream().filter(capturedRequest -> !capturedRequest.isPush());
  }

  private boolean isPush() {
    return path("path").startsWith("/v3/push") || path("path").startsWith("/v3/grouppush");
  }

  /// Without what a proxy has to take off: one request was sent to a base URL that has a path.
  String target() {
    return path("target");
  }

  private String path(String member) {
    return text(member).replaceFirst("^/prefix/", "/");
  }

  String text(String member) {
    return node.path(member).asText("");
  }

  String step() {
    return text("step");
  }

  Headers headers() {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    node.path("headers")
        .forEach(field -> headers.add(Map.entry(field.get(0).asText(), field.get(1).asText())));
    return Headers.of(headers);
  }

  @Override
  public String toString() {
    return text("seq") + " " + step();
  }
}
