// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests what the V1 wire answers to calls that no action answers.
class GetuiWireV1Test {
  private final WireFixture wire = new WireFixture();

  @AfterEach
  void close() {
    wire.close();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(new Refusal.UnknownPath(), "Error", 404),
        Arguments.of(new Refusal.WrongMethod("PUT", new TreeSet<>()), "Error", 405),
        Arguments.of(new Refusal.TooLarge("the body is too large"), "Error", 413),
        Arguments.of(new Refusal.Malformed(431), "Error", 431),
        Arguments.of(new Refusal.TooSlow(), "Error", 408),
        Arguments.of(new Refusal.Overloaded(), "ServiceError！", 503),
        Arguments.of(new Refusal.TimedOut(), "ServiceError！", 503),
        Arguments.of(new Refusal.Failed("r1"), "OtherError", 500));
  }

  /// Libraries look for some texts anywhere in an answer, such as the `ok` of "took"; a reason that
  /// contains one is left out.
  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_hasAResult_andItsReason(Refusal refusal, String result, int status) {
    var head =
        new Call(
            "POST",
            WireFixture.PATH,
            "",
            Headers.NONE,
            Body.of(new byte[0]),
            WireFixture.HERE,
            Map.of());

    Reply reply = new GetuiWireV1(wire.fixture.getui).refuse(refusal, head);

    JsonNode json = GetuiFixture.json(reply);
    assertThat(json.path("result").asText()).isEqualTo(result);
    assertThat(json.path("desc").asText())
        .isEqualTo(refusal instanceof Refusal.TimedOut ? "" : refusal.message());
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body().text()).doesNotContain("ok", "success", "sign_error", "domain_error");
  }

  /// A library goes on at the URL that it is given, so a call that names no host gets none.
  @Test
  void hosts_withoutAHostInTheHead_areNotGuessed() {
    byte[] body =
        "{\"action\":\"getOSPushDomailUrlListAction\",\"appkey\":\"appKeyX\"}".getBytes(UTF_8);

    JsonNode json = GetuiFixture.json(wire.send(body, Headers.NONE, WireFixture.HERE));

    assertThat(json.path("result").asText()).isEqualTo("Error");
    assertThat(json.path("desc").asText()).isEqualTo("Host must be in the header");
    assertThat(json.has("osList")).isFalse();
  }
}
