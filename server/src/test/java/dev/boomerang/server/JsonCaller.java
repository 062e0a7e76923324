// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// Calls that send JSON and get JSON with status 200, each with the same headers.
record JsonCaller(HttpClient http, String server, Map<String, String> headers) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  JsonNode call(String method, String path, ObjectNode body) throws Exception {
    return call(method, path, "application/json", Json.write(body));
  }

  JsonNode call(String method, String path, String type, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(PATIENCE)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(method + " " + path + ": " + answer.statusCode() + answer.body());
    }
    return Json.read(answer.body()).orElseThrow(() -> new AssertionError(answer.body()));
  }
}
