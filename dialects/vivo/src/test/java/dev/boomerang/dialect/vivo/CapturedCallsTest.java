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

/// What vivo's own Java client 2.2 wrote to a socket: all 18 calls it has, replayed one after the
/// other. Ids of devices and tasks that it made up, its token, and its signature, are exchanged for
/// ones that are good here; all else is as it was.
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
  void everyCall_isAnsweredAsTheClientReadsIt() {
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
      // Two single ones, the list, to all, by tags; the list's first batch, and all.
      assertThat(titles(fixture, one)).containsExactly("标题1", "t", "list", "list");
      assertThat(titles(fixture, two)).containsExactly("list", "list");
      assertThat(fixture.tags(one)).containsExactlyInAnyOrder("test-device", "sz");
      assertThat(fixture.tags(two)).containsExactly("test-device");
    }
  }

  /// Its members are those that the client was answered with, in their order, each of the same kind
  /// and each of its own members too; of arrays, the first entry stands for all.
  private static void sameShape(JsonNode canned, JsonNode ours, String as) {
    assertThat(ours.getNodeType()).as(as).isEqualTo(canned.getNodeType());
    assertThat(ours.fieldNames()).toIterable().as(as).containsExactlyElementsOf(names(canned));
    canned
        .properties()
        .forEach(
            member ->
                sameShape(
                    member.getValue(), ours.path(member.getKey()), as + " " + member.getKey()));
    if (canned.isArray() && !canned.isEmpty()) {
      assertThat(ours).as(as).isNotEmpty();
      ours.forEach(each -> sameShape(canned.get(0), each, as));
    } else if (canned.isArray()) {
      assertThat(ours).as(as).isEmpty();
    }
  }

  private static List<String> names(JsonNode json) {
    return json.properties().stream().map(Map.Entry::getKey).toList();
  }

  /// Tag calls say less than the stand-in that was recorded.
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
