// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// A caller of the native API.
final class NativeApiClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String server;
  private final String token;

  NativeApiClient(int httpPort, String token) {
    this.server = "http://127.0.0.1:" + httpPort;
    this.token = token;
  }

  HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    return call(method, path, "Bearer " + token, body);
  }

  /// As a device, or as nobody.
  HttpResponse<String> call(String method, String path, String authorization, String body)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(server + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(
        request.timeout(PATIENCE).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return Json.read(call("GET", path, "").body()).orElseThrow();
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return post(path, "Bearer " + token, body);
  }

  JsonNode post(String path, String authorization, JsonNode body)
      throws IOException, InterruptedException {
    return Json.read(call("POST", path, authorization, Json.write(body)).body()).orElseThrow();
  }

  /// Asks until the answer is as wished.
  JsonNode await(String path, Predicate<JsonNode> wished) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      JsonNode answer = get(path);
      if (wished.test(answer)) {
        return answer;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new AssertionError("still " + get(path));
  }
}
