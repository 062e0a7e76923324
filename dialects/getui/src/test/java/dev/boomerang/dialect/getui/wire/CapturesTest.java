// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// Replays the 39 requests that the V1 library for Java wrote to a socket, in their order. Ids that
/// the recording server made up are replaced by those that ours gave out.
class CapturesTest {
  private static final String CLIENT = "java-gexin-rp-sdk-http-4.1.0.5";
  private static final int COUNT = 39;

  /// Is the request with a push time of its own, long after the others.
  private static final int SCHEDULED = 13;

  private static final Instant BEFORE_PUSH_TIME = Instant.parse("2029-12-28T00:00:00Z");

  /// Lists the results that are not `ok`. The first push comes before the log-in.
  private static final Map<Integer, String> RESULTS =
      Map.of(
          2,
          "sign_error",
          3,
          "success",
          // One of its conditions is about the vendor's own knowledge of people: `age`.
          SCHEDULED,
          "TagInvalidOrNoAuth",
          18,
          "Success",
          19,
          "Success",
          21,
          "Offline");

  private static final Set<String> LIBRARY_HEADERS =
      Set.of("Content-Type", "Gt-Action", "Content-Encoding", "Accept-Encoding", "Host");

  private final WireFixture wire = new WireFixture();
  private final Map<String, String> ours = new HashMap<>();

  static List<JsonNode> captures() {
    try (var in = GetuiFixture.class.getResourceAsStream("captures.jsonl")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> Json.read(line).orElseThrow())
          .filter(capture -> capture.path("client").asText().equals(CLIENT))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyRequest_isAnswered() {
    Registration phone = wire.fixture.phone(Platform.ANDROID, Optional.of("alias-1"), "t1");
    Registration other = wire.fixture.phone(Platform.IOS, Optional.of("alias-1"));
    ours.put("cid-0001", phone.id().value());
    ours.put("cid-0002", other.id().value());
    ours.put("OSS-1121_old", wire.push(phone, WireFixture.text("old")).path("taskId").asText());
    ours.put("OSL-1121_x", wire.list(WireFixture.text("x")));
    var seen = new ArrayList<Integer>();

    for (JsonNode capture : captures()) {
      int number = capture.path("seq").asInt();
      if (number == SCHEDULED) {
        advanceTo(BEFORE_PUSH_TIME);
      }
      seen.add(number);

      JsonNode answer = replay(capture);

      assertThat(answer.path("result").asText())
          .as(number + " " + answer)
          .isEqualTo(RESULTS.getOrDefault(number, "ok"));
      remember(number, capture, answer);
    }

    assertThat(seen).hasSize(COUNT).doesNotHaveDuplicates();
    wire.close();
  }

  /// Moves the clock on and logs in again, since the log-in has expired by then.
  private void advanceTo(Instant later) {
    wire.fixture.clock.advance(Duration.between(wire.fixture.clock.instant(), later));
    ours.put(ours("theirToken"), wire.logIn());
  }

  private String ours(String theirs) {
    return ours.getOrDefault(theirs, theirs);
  }

  private JsonNode replay(JsonNode capture) {
    boolean isCompressed = capture.path("gzip_request").asBoolean();
    ObjectNode body = (ObjectNode) translated(capture.path("body"));
    if (body.path("action").asText().equals("connect")) {
      String now = Long.toString(wire.fixture.clock.millis());
      String signed = body.path("timeStamp").asText();
      // The captured signature is good for the captured time.
      assertThat(GetuiFixture.sign("MD5", GetuiFixture.KEY, signed, GetuiFixture.SECRET))
          .isEqualTo(body.path("sign").asText());
      body.put("timeStamp", Long.parseLong(now));
      body.put("sign", GetuiFixture.sign("MD5", GetuiFixture.KEY, now, GetuiFixture.SECRET));
    }
    byte[] bytes = Json.write(body).getBytes(UTF_8);

    Reply reply = wire.send(isCompressed ? zip(bytes) : bytes, headers(capture), WireFixture.HERE);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().get("Content-Encoding").isPresent()).isEqualTo(isCompressed);
    return Json.read(isCompressed ? Gzip.decompress(reply.body()) : reply.body()).orElseThrow();
  }

  private static Headers headers(JsonNode capture) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (JsonNode header : capture.path("headers")) {
      if (LIBRARY_HEADERS.contains(header.get(0).asText())) {
        headers.add(Map.entry(header.get(0).asText(), header.get(1).asText()));
      }
    }
    return Headers.of(headers);
  }

  private static byte[] zip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void remember(int number, JsonNode capture, JsonNode answer) {
    JsonNode theirs = capture.path("response").path("json");
    if (number == 3) {
      ours.put("theirToken", theirs.path("authtoken").asText());
      ours.put(theirs.path("authtoken").asText(), answer.path("authtoken").asText());
    }
    if (number == SCHEDULED) {
      String content = withoutAgeCondition(capture);
      ours.put("OSA-1121_x", content);
      ours.put(theirs.path("contentId").asText(), content);
    } else if (theirs.has("contentId")) {
      ours.put(theirs.path("contentId").asText(), answer.path("contentId").asText());
    }
  }

  /// Returns the same request without the condition that nobody can meet here.
  private String withoutAgeCondition(JsonNode capture) {
    ObjectNode known = capture.deepCopy();
    ((ArrayNode) known.path("body").path("conditions")).remove(3);
    return replay(known).path("contentId").asText();
  }

  /// Returns the request with our ids in the place of theirs, also in what is encoded.
  private JsonNode translated(JsonNode theirs) {
    String text = Json.write(theirs);
    for (var entry : ours.entrySet()) {
      text = text.replace(entry.getKey(), entry.getValue());
    }
    ObjectNode body = (ObjectNode) Json.read(text).orElseThrow();
    for (String name : new String[] {"clientData", "singleDatas"}) {
      if (body.has(name)) {
        body.put(name, RecodedCapture.with(name, body.path(name).asText(), ours));
      }
    }
    return body;
  }

  @Test
  void hostsAnswer_isTheCallersOwnUrl() {
    JsonNode capture = captures().getFirst();

    JsonNode answer = replay(capture);

    assertThat(answer).isEqualTo(capture.path("response").path("json"));
    assertThat(Body.of(Json.write(answer)).text()).contains("http://127.0.0.1:46783/apiex.htm");
    wire.close();
  }
}
