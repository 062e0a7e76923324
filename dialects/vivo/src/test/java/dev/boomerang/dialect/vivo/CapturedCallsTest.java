// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Replays, one after the other, all 18 calls that vivo's own Java client 2.2 has, as it wrote them
/// to a socket. Made-up ids of devices and tasks, the token and the signature are exchanged for
/// valid ones; everything else is as it was.
class CapturedCallsTest {
  private static final int CALLS = 18;

  private static List<JsonNode> captures() {
    try (var in = CapturedCallsTest.class.getResourceAsStream("captures.jsonl")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> Json.read(line).orElseThrow())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyCall_hasTheResponseThatTheClientReads() {
    try (var fixture = new VivoFixture()) {
      Registration one = fixture.phone("user-1", "test-device");
      Registration two = fixture.phone("a1", "test-device");
      fixture.phone("a2", "test-device", "深圳", "t2");
      String task = "";
      var replayed = new ArrayList<Integer>();
      for (JsonNode request : captures()) {
        String as = request.path("n").asText() + " " + request.path("target").asText();
        String body = body(fixture, request, one, two, task);

        Reply reply =
            fixture.call(
                request.path("method").asText(),
                request.path("target").asText().replace("656079923690082304", task),
                headers(request, fixture.token()),
                body);

        assertThat(reply.status()).as(as).isEqualTo(200);
        assertThat(reply.headers().get("Content-Type")).get().asString().contains("json");
        JsonNode json = json(reply);
        assertThat(json.path("result").asInt(-1)).as(as + " " + json).isZero();
        assertThat(json.path("desc").asText()).as(as).isEqualTo(desc(request));
        sameShape(request.path("reply"), json, as);
        task = json.path("taskId").asText(task);
        replayed.add(request.path("n").asInt());
      }
      assertThat(replayed).hasSize(CALLS).doesNotHaveDuplicates();
      // The list and the message to all have one title. The message to tags is for the third phone.
      assertThat(titles(fixture, one)).containsExactly("标题1", "t", "list", "list");
      assertThat(titles(fixture, two)).containsExactly("list", "list");
      assertThat(fixture.tags(one)).containsExactlyInAnyOrder("test-device", "sz");
      assertThat(fixture.tags(two)).containsExactly("test-device");
    }
  }

  /// Checks that a response has the same members as the recorded one, in the same order and of the
  /// same types, at every depth. The first entry of a recorded array stands for all entries.
  private static void sameShape(JsonNode recorded, JsonNode ours, String as) {
    assertThat(ours.getNodeType()).as(as).isEqualTo(recorded.getNodeType());
    assertThat(ours.fieldNames()).toIterable().as(as).containsExactlyElementsOf(names(recorded));
    recorded
        .properties()
        .forEach(
            member ->
                sameShape(
                    member.getValue(), ours.path(member.getKey()), as + " " + member.getKey()));
    if (recorded.isArray() && !recorded.isEmpty()) {
      assertThat(ours).as(as).isNotEmpty();
      ours.forEach(each -> sameShape(recorded.get(0), each, as));
    } else if (recorded.isArray()) {
      assertThat(ours).as(as).isEmpty();
    }
  }

  private static List<String> names(JsonNode json) {
    return json.properties().stream().map(Map.Entry::getKey).toList();
  }

  /// Returns the `desc` of a response. That of tag calls is shorter than the recorded one.
  ///
  /// Source: vivo "标签管理".
  private static String desc(JsonNode request) {
    return request.path("target").asText().startsWith("/tag")
        ? "成功"
        : request.at("/reply/desc").asText();
  }

  private static List<String> titles(VivoFixture fixture, Registration phone) {
    return fixture.mailbox(phone).stream()
        .map(each -> ((Content.Notification) each.content()).title())
        .toList();
  }

  private static Headers headers(JsonNode request, String token) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    request
        .path("headers")
        .forEach(
            header -> {
              String name = header.get(0).asText();
              headers.add(
                  Map.entry(name, name.equals("authToken") ? token : header.get(1).asText()));
            });
    return Headers.of(headers);
  }

  private static String body(
      VivoFixture fixture, JsonNode request, Registration one, Registration two, String task) {
    if (!(request.path("json") instanceof ObjectNode json)) {
      return "";
    }
    if (json.has("sign")) {
      assertThat(json.path("appId").asText()).isEqualTo(VivoFixture.NUMBER);
      return fixture.authBody(VivoFixture.NUMBER, VivoFixture.KEY, VivoFixture.SECRET);
    }
    return request
        .path("body")
        .asText()
        .replace("12345678901234567890123", one.id().value())
        .replace("12345678901234567890321", two.id().value())
        .replace("656079923690082304", task);
  }
}
