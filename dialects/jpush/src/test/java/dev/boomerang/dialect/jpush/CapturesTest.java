// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What JPush's Java client wrote to a socket, replayed. Ids of devices and messages that it made
/// up are ones that exist here, but for the cases named below.
class CapturesTest {

  /// What the vendor would refuse too, or what needs the vendor's own key or console.
  private static final Map<String, Integer> REFUSED =
      Map.of(
          "push.segment", 1003,
          "push.abtest", 1003,
          "push.liveActivity", 1003,
          "push.sm2", 1003,
          "push.sm2.tag", 1003,
          // It names no file that is here.
          "push.file", 1003,
          // Only for test devices, and there are none.
          "push.third_party_channel", 1003);

  private static final String[] TAGS = {"t1", "t2", "t3", "tag1", "深圳"};

  /// No line of the file is left out, and every refusal is that of some line.
  @Test
  void everyLine_isReplayed_hereOrAmongTheManagementCalls() {
    List<CapturedRequest> all = CapturedRequest.all();

    assertThat(Stream.concat(CapturedRequest.pushes(), CapturedRequest.management()))
        .containsExactlyInAnyOrderElementsOf(all);
    assertThat(all.stream().map(capturedRequest -> Integer.valueOf(capturedRequest.text("seq"))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 106).boxed().toList());
    assertThat(all.stream().map(CapturedRequest::step).toList())
        .containsAll(REFUSED.keySet())
        .containsAll(ManagementCapturesTest.REFUSED.keySet());
  }

  @ParameterizedTest
  @MethodSource("dev.boomerang.dialect.jpush.CapturedRequest#pushes")
  void request_isUnderstood(CapturedRequest capturedRequest) {
    try (var jpushFixture = new JpushFixture()) {
      reachedByAll(jpushFixture);
      Registration phone = jpushFixture.phone(Platform.ANDROID, Optional.of("u2"), TAGS);
      Registration watch = jpushFixture.phone(Platform.HARMONY, Optional.of("u2"), TAGS);
      String task =
          jpushFixture
              .pushed("{'platform':'all','audience':'all','message':{'msg_content':'old'}}")
              .toString();
      JsonNode request = capturedRequest.node();
      String target =
          request.path("method").asText().equals("DELETE")
              ? "/v3/push/" + task
              : capturedRequest.target();

      Reply reply =
          jpushFixture.call(
              request.path("method").asText(),
              target,
              capturedRequest.headers(),
              body(jpushFixture, request, phone, watch, task));

      int expected = REFUSED.getOrDefault(capturedRequest.step(), 0);
      String said = reply.status() + " " + reply.body().text();
      if (expected == 0) {
        assertThat(reply.status()).as(said).isEqualTo(200);
        assertThat(reply.body().text()).doesNotContain("error");
      } else {
        assertThat(JpushFixture.code(reply)).as(said).isEqualTo(expected);
      }
    }
  }

  /// Somebody on each platform, of every tag and alias that the captures name.
  private static void reachedByAll(JpushFixture jpushFixture) {
    for (Platform platform : Platform.values()) {
      for (String alias : List.of("u1", "al1", "alias1")) {
        jpushFixture.phone(platform, Optional.of(alias), TAGS);
      }
    }
  }

  private static byte[] body(
      JpushFixture jpushFixture,
      JsonNode request,
      Registration phone,
      Registration watch,
      String task) {
    JsonNode body = request.path("body");
    if (!(body instanceof ObjectNode object)) {
      return request.path("body_raw").asText("").getBytes(UTF_8);
    }
    JsonNode audience = object.path("audience");
    if (audience instanceof ObjectNode given && given.has("registration_id")) {
      boolean harmony = object.path("platform").path(0).asText().equals("hmos");
      given.putArray("registration_id").add((harmony ? watch : phone).id().value());
    }
    if (object.path("options") instanceof ObjectNode options && options.has("override_msg_id")) {
      options.put("override_msg_id", Long.parseLong(task));
    }
    if (object.has("cid")) {
      object.put("cid", jpushFixture.cid());
    }
    if (object.path("pushlist") instanceof ObjectNode given) {
      ObjectNode list = object.putObject("pushlist");
      for (JsonNode push : given) {
        if (push.path("target").asText().startsWith("rid")) {
          ((ObjectNode) push).put("target", phone.id().value());
        }
        list.set(jpushFixture.cid(), push);
      }
    }
    return Json.write(object).getBytes(UTF_8);
  }
}
