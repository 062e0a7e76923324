// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Replays what Getui's Java client wrote to a socket. Cids, aliases, tasks and days that it made
/// up are replaced by ones that exist here.
class CapturesTest {
  private static final Instant THEN = Instant.ofEpochMilli(1_795_219_598_600L);

  record Capture(JsonNode node) {
    @Override
    public String toString() {
      return node.path("seq").asText() + " " + node.path("target").asText();
    }
  }

  static Stream<Capture> captures() {
    try (var in = GetuiFixture.class.getResourceAsStream("captures.jsonl")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> new Capture(Json.read(line).orElseThrow()))
          .filter(capture -> capture.node().path("target").asText().startsWith("/v2/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("captures")
  void request_isUnderstood(Capture capture) {
    try (var api = new V2ApiFixture()) {
      JsonNode request = capture.node();
      Reply reply =
          request.path("target").asText().endsWith("/auth")
              ? logIn(api, request)
              : replayed(api, request);

      assertThat(reply.status()).as(reply.body().text()).isEqualTo(200);
      assertThat(V2ApiFixture.code(reply)).as(reply.body().text()).isZero();
      // The recording server also returned data where the documents say there is none.
      boolean isAsync = request.at("/body/is_async").asBoolean();
      assertThat(shape(GetuiFixture.json(reply)))
          .isEqualTo(isAsync ? "nothing" : shape(request.at("/response/json")));
    }
  }

  /// Logs in with a signature of our own secret in the place of the captured one.
  private static Reply logIn(V2ApiFixture api, JsonNode request) {
    api.fixture.clock.advance(Duration.between(api.fixture.clock.instant(), THEN));
    ObjectNode body = request.path("body").deepCopy();
    body.put(
        "sign",
        GetuiFixture.sign(
            "SHA-256", GetuiFixture.KEY, body.path("timestamp").asText(), GetuiFixture.SECRET));
    return api.fixture.call(
        "POST", request.path("target").asText(), headers(request, ""), Json.write(body));
  }

  private static Reply replayed(V2ApiFixture api, JsonNode request) {
    String first = registerCid(api, "a1");
    String second = registerCid(api, "alias-中文");
    registerCid(api, "al");
    registerCid(api, "别名1");
    api.fixture.phone(Platform.ANDROID, Optional.empty(), "tag1", "tagF", "t1");
    String list = api.opened("'group_name':'grp1'," + V2ApiFixture.TEXT);
    api.list(list, first, second);
    long later = api.fixture.clock.instant().plusSeconds(3_600).toEpochMilli();
    String scheduled =
        api.push("all", "'all'", "'settings':{'schedule_time':" + later + "}," + V2ApiFixture.TEXT)
            .path("taskid")
            .asText();
    Map<String, String> ours =
        Map.of(
            "cid-0001", first,
            "RASS_0101_old", list,
            "RASL_0101_x", list,
            "RASA_0101_x", scheduled,
            "2026-01-01", api.fixture.getui.reports().today().toString(),
            "1795223199220", Long.toString(later));
    String target = request.path("target").asText();
    String body = request.path("body").isObject() ? Json.write(request.path("body")) : "";
    for (Map.Entry<String, String> one : ours.entrySet()) {
      target = target.replace(one.getKey(), one.getValue());
      body = body.replace(one.getKey(), one.getValue());
    }
    target = target.replaceAll("\\bc1\\b", first).replaceAll("\\bc2\\b", second);
    target = target.replaceAll("\\bT1\\b", list).replaceAll("\\bT2\\b", bareTaskNumber(list));
    body = body.replace("\"c1\"", "\"" + first + "\"").replace("\"c2\"", "\"" + second + "\"");
    if (target.contains("/custom_tag/batch/") && request.path("method").asText().equals("DELETE")) {
      api.data("PUT", "/user/custom_tag/batch/t1", "{'cid':['" + first + "']}");
    }
    return api.fixture.call(
        request.path("method").asText(), target, headers(request, api.token), body);
  }

  /// Returns another name of the same list, since two names of one task get two answers.
  private static String bareTaskNumber(String list) {
    return V2ApiFixture.number(list).toString();
  }

  private static String registerCid(V2ApiFixture api, String alias) {
    return api.fixture.android(alias).id().value();
  }

  private static Headers headers(JsonNode request, String token) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    request
        .path("headers")
        .forEach(
            header -> {
              String name = header.get(0).asText();
              headers.add(
                  Map.entry(name, name.equalsIgnoreCase("token") ? token : header.get(1).asText()));
            });
    return Headers.of(headers);
  }

  /// Returns the shape of an answer: whether it has data, and the types of its members' values,
  /// whatever their names.
  private static String shape(JsonNode answer) {
    JsonNode data = answer.path("data");
    if (data.isMissingNode()) {
      return "nothing";
    }
    return data.isObject() && !data.isEmpty()
        ? "object of " + data.elements().next().getNodeType()
        : data.getNodeType().toString();
  }
}
