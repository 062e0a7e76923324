// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.server.http.RawClient;
import dev.boomerang.server.http.RawClient.Answer;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is refused before a dialect looks at a call has that dialect's shape.
@Timeout(60)
class RefusalsTest {
  @TempDir static Path folder;
  private static LocalServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        LocalServer.start(
            folder, Map.of("http-call-time", "2s", "device-origins", "https://app.example.com"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// A path of a dialect that takes POST, and what its answers to errors have.
  record Shape(String path, String number, String text) {}

  static Stream<Shape> shapes() {
    return Stream.of(
        new Shape("/?Format=JSON&Action=PushSimple", "", "/Code"),
        new Shape("/v3/push", "/error/code", "/error/message"),
        new Shape("/v3/devices/1", "/error/code", "/error/message"),
        new Shape("/v1/app/x", "/error/code", "/error/message"),
        new Shape("/v1/someApp/push_single", "", "/result"),
        new Shape("/v2/someApp/push/single/cid", "/code", "/msg"),
        new Shape("/apiex.htm", "", "/result"),
        new Shape("/message/send", "/result", "/desc"),
        new Shape("/tagGroup/add", "/result", "/desc"),
        new Shape("/api/v1/pushes", "", "/error/code"),
        new Shape("/device/v1/registrations", "", "/error/message"));
  }

  private static Answer ask(String text) throws IOException {
    try (var client = new RawClient(server.httpPort())) {
      return client.send(text).read();
    }
  }

  private static String head(String line, String... headers) {
    return line + " HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n";
  }

  private static void check(Shape shape, Answer answer) {
    JsonNode json = Json.read(answer.body()).orElseThrow(() -> new AssertionError(answer.body()));
    assertThat(json.at(shape.text()).isTextual()).as(answer.body()).isTrue();
    if (!shape.number().isEmpty()) {
      assertThat(json.at(shape.number()).isInt()).as(answer.body()).isTrue();
    }
    assertThat(answer.head()).containsIgnoringCase("\r\ndate: ");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void tooLarge_is413_inTheDialectsShape(Shape shape) throws Exception {
    Answer answer = ask(head("POST " + shape.path(), "Content-Length: 99999999\r\n"));

    assertThat(answer.status()).isEqualTo(shape.path().equals("/v1/app/x") ? 404 : 413);
    check(shape, answer);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void tooSlow_is408_inTheDialectsShape(Shape shape) throws Exception {
    if (!shape.path().equals("/v1/app/x")) {
      Answer answer = ask(head("POST " + shape.path(), "Content-Length: 9\r\n") + "half");

      assertThat(answer.status()).isEqualTo(408);
      check(shape, answer);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void headersTooLong_is431_inTheDialectsShape(Shape shape) throws Exception {
    Answer answer = ask(head("POST " + shape.path(), "X: " + "x".repeat(70_000) + "\r\n"));

    assertThat(answer.status()).isEqualTo(431);
    check(shape, answer);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v3/nothing, 404, /error/code",
    "GET, /v3/devicesx/1, 404, /error/code",
    "GET, /v3/nothing/detail, 404, /error/code",
    "PUT, /v3/push, 405, /error/code",
    "POST, /v1/app/x/nothing, 404, /error/code",
    "POST, /message/nothing, 404, /result",
    "GET, /message/send, 405, /result",
    "POST, /report/getStatistics, 405, /result",
    "POST, /v2/app/nothing, 404, /code",
    "PUT, /v2/app/push/all, 405, /code"
  })
  void unknownPathsAndMethods_haveANumber_whereClientsReadOne(
      String method, String path, int status, String number) throws Exception {
    Answer answer = ask(head(method + " " + path));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(Json.read(answer.body()).orElseThrow().at(number).isInt()).isTrue();
    if (status == 405) {
      assertThat(answer.head()).containsIgnoringCase("\r\nallow: ");
    }
  }

  @Test
  void mpaas_hasTheFormatThatTheCallAsksFor() throws Exception {
    String tooLong = "Content-Length: 99999999\r\n";

    Answer xml = ask(head("POST /?Action=PushSimple", tooLong));
    Answer json = ask(head("POST /", tooLong));

    assertThat(xml.body()).contains("<Code>RequestEntityTooLarge</Code>").contains("<RequestId>");
    assertThat(Json.read(json.body()).orElseThrow().path("Code").asText())
        .isEqualTo("RequestEntityTooLarge");
  }

  @ParameterizedTest
  @CsvSource({"/health/live", "/health/ready", "/metrics", "/api/v1/openapi.json", "/apiex.htm"})
  void head_isServed_whereverGetIs(String path) throws Exception {
    try (var client = new RawClient(server.httpPort())) {
      String answer = client.send(head("HEAD " + path)).readHead();

      assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: ");
      assertThat(client.send(head("GET " + path)).read().status()).isEqualTo(200);
    }
  }

  @Test
  void webPages_mayUseTheDeviceApi_andNothingElse() throws Exception {
    String one = "/device/v1/registrations/12345678901234567890123";
    String origin = "Origin: https://app.example.com\r\n";
    String wanted = "Access-Control-Request-Method: PATCH\r\n";

    for (String path : List.of("/device/v1/registrations", one)) {
      Answer preflight = ask(head("OPTIONS " + path, origin, wanted));
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.head())
          .containsIgnoringCase("\r\naccess-control-allow-origin: https://app.example.com\r\n")
          .containsIgnoringCase("\r\nvary: origin\r\n")
          .containsPattern("(?i)access-control-allow-methods: .*PATCH, DELETE")
          .containsPattern("(?i)access-control-allow-headers: Authorization, Content-Type");
    }
    for (String request :
        List.of(
            head("DELETE " + one, origin),
            head("POST /device/v1/registrations", origin, "Content-Length: 99999999\r\n"),
            head("GET /device/v1/nothing", origin))) {
      assertThat(ask(request).head())
          .containsIgnoringCase("\r\naccess-control-allow-origin: https://app.example.com\r\n")
          .containsIgnoringCase("\r\nvary: origin\r\n");
    }
    String stranger = "Origin: https://evil.example.com\r\n";
    assertThat(ask(head("OPTIONS " + one, stranger, wanted)).head())
        .doesNotContainIgnoringCase("access-control-")
        .containsIgnoringCase("\r\nvary: origin\r\n");
    for (String path : List.of("/api/v1/pushes", "/v3/push", "/", "/health/live")) {
      assertThat(ask(head("OPTIONS " + path, origin, wanted)).head())
          .doesNotContainIgnoringCase("access-control-");
      assertThat(ask(head("GET " + path, origin)).head())
          .doesNotContainIgnoringCase("access-control-");
    }
  }
}
