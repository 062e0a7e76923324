// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiConfig;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.web.http.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests log-ins with tokens, and without them for the oldest libraries.
class SessionTest {
  private static final String OLD = "4.0.1.7";
  private static final String ASK = "getLast24HoursOnlineUser";

  private WireFixture wire = new WireFixture(GetuiConfig.DEFAULT.addressSessions(true));

  @AfterEach
  void close() {
    wire.close();
  }

  private String asks(String token, String remote) {
    String body = WireFixture.body(ASK, token, "'appId':'appIdX'");
    return GetuiFixture.json(wire.raw(body, remote)).path("result").asText();
  }

  @Test
  void token_isRequired_thenIssued_thenValid() {
    assertThat(asks("'authToken':null", WireFixture.THERE)).isEqualTo("sign_error");

    JsonNode answer = wire.connect("4.1.0.4", WireFixture.THERE);

    assertThat(answer.path("result").asText()).isEqualTo("success");
    String token = answer.path("authtoken").asText();
    assertThat(asks("'authToken':'" + token + "'", WireFixture.THERE)).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x':1", "'authToken':null", "'authToken':''", "'authToken':'wrong'"})
  void invalidToken_isASignError(String token) {
    wire.connect("4.1.0.4", WireFixture.THERE);

    assertThat(asks(token, WireFixture.THERE)).isEqualTo("sign_error");
  }

  @Test
  void token_expires_afterADay() {
    String token = wire.connect("4.1.0.4", WireFixture.THERE).path("authtoken").asText();

    wire.fixture.clock.advance(Duration.ofHours(25));

    assertThat(asks("'authToken':'" + token + "'", WireFixture.THERE)).isEqualTo("sign_error");
  }

  @Test
  void token_isValidForItsAppOnly() {
    String token = wire.connect("4.1.0.4", WireFixture.THERE).path("authtoken").asText();
    String body =
        "{'action':'"
            + ASK
            + "','appkey':'"
            + GetuiFixture.BANK_KEY
            + "','authToken':'"
            + token
            + "'}";

    assertThat(GetuiFixture.json(wire.raw(body, WireFixture.THERE)).path("result").asText())
        .isEqualTo("sign_error");
  }

  /// Accepts the time as a text, as PHP sends it.
  @Test
  void connect_takesItsTimeAsText() {
    String body = wire.connecting(GetuiFixture.KEY, GetuiFixture.SECRET, "4.1.0.0");
    String time = Long.toString(wire.fixture.clock.millis());

    String quoted = body.replace("'timeStamp':" + time, "'timeStamp':'" + time + "'");

    assertThat(quoted).isNotEqualTo(body);
    assertThat(GetuiFixture.json(wire.raw(quoted, WireFixture.HERE)).path("result").asText())
        .isEqualTo("success");
  }

  @ParameterizedTest
  @CsvSource({"appKeyX, wrong, sign_error", "unknown, masterX, appkey_error"})
  void connect_withWrongSecretOrKey_fails(String key, String secret, String result) {
    String body = wire.connecting(key, secret, "4.1.0.4");

    assertThat(GetuiFixture.json(wire.raw(body, WireFixture.HERE)).path("result").asText())
        .isEqualTo(result);
  }

  @Test
  void connect_withOldTimestamp_fails() {
    String body = wire.connecting(GetuiFixture.KEY, GetuiFixture.SECRET, "4.1.0.4");

    wire.fixture.clock.advance(Duration.ofMinutes(16));

    assertThat(GetuiFixture.json(wire.raw(body, WireFixture.HERE)).path("result").asText())
        .isEqualTo("sign_error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"authToken", "authtoken"})
  void close_endsTheToken(String spelling) {
    String token = wire.connect("4.1.0.4", WireFixture.THERE).path("authtoken").asText();

    String body = WireFixture.body("close", "'" + spelling + "':'" + token + "'", "");

    assertThat(GetuiFixture.json(wire.raw(body, WireFixture.THERE)).path("result").asText())
        .isEqualTo("ok");
    assertThat(asks("'authToken':'" + token + "'", WireFixture.THERE)).isEqualTo("sign_error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0.1", OLD, "3.3", "", "none"})
  void oldLibrary_isKnownByItsAddress(String version) {
    assertThat(asks("'x':1", WireFixture.THERE)).isEqualTo("sign_error");
    wire.connect(version, WireFixture.THERE);

    assertThat(asks("'x':1", WireFixture.THERE)).isEqualTo("ok");
    assertThat(asks("'authToken':''", WireFixture.THERE)).isEqualTo("ok");
    assertThat(asks("'x':1", "203.0.113.9")).isEqualTo("sign_error");
    assertThat(asks("'authToken':'wrong'", WireFixture.THERE)).isEqualTo("sign_error");
  }

  @Test
  void addressSession_endsAfterADay_orWhenClosed() {
    wire.connect(OLD, WireFixture.THERE);
    wire.fixture.clock.advance(Duration.ofHours(23));
    assertThat(asks("'x':1", WireFixture.THERE)).isEqualTo("ok");

    wire.fixture.clock.advance(Duration.ofHours(2));
    assertThat(asks("'x':1", WireFixture.THERE)).isEqualTo("sign_error");

    wire.connect(OLD, WireFixture.THERE);
    wire.raw(WireFixture.body("close", "'x':1", ""), WireFixture.THERE);
    assertThat(asks("'x':1", WireFixture.THERE)).isEqualTo("sign_error");
  }

  /// Checks that the id of an address session is no token, since it can be guessed.
  @Test
  void addressSessionId_isNoToken() {
    wire.connect(OLD, WireFixture.THERE);

    for (String guess : new String[] {"appKeyX 198.51.100.7 ", "address-appKeyX 198.51.100.7 "}) {
      assertThat(asks("'authToken':'" + guess + "'", WireFixture.HERE)).isEqualTo("sign_error");
      assertThat(wire.fixture.getui.tokens().key(GetuiFixture.SHOP, guess)).isEmpty();
    }
  }

  @Test
  void oldLibraries_behindOneProxy_areDistinguished() {
    Headers ada = Headers.of("X-Forwarded-For", "10.0.0.1");
    Headers bob = Headers.of("X-Forwarded-For", "10.0.0.1, 10.0.0.2");
    byte[] ask = bytes(WireFixture.body(ASK, "'x':1", "'appId':'appIdX'"));

    wire.send(
        bytes(wire.connecting(GetuiFixture.KEY, GetuiFixture.SECRET, OLD)), ada, WireFixture.THERE);

    assertThat(GetuiFixture.json(wire.send(ask, ada, WireFixture.THERE)).path("result").asText())
        .isEqualTo("ok");
    assertThat(GetuiFixture.json(wire.send(ask, bob, WireFixture.THERE)).path("result").asText())
        .isEqualTo("sign_error");
  }

  private static byte[] bytes(String body) {
    return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  /// Refuses a caller who has the app key but no token, although a library connected from there.
  @Test
  void addressSession_isRefused_unlessTheSettingsAllowIt() {
    wire.close();
    wire = new WireFixture(GetuiConfig.DEFAULT);

    assertThat(wire.connect(OLD, WireFixture.THERE).path("result").asText()).isEqualTo("success");
    assertThat(asks("'x':1", WireFixture.THERE)).isEqualTo("sign_error");
  }

  @Test
  void refusedLibraryWithoutToken_isLoggedOnceForItsApp() {
    wire.close();
    wire = new WireFixture(GetuiConfig.DEFAULT);
    var logger = Logger.getLogger(LoginSessions.class.getName());
    var lines = new ArrayList<String>();
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      // No library of this kind has connected yet: everyone asks without a token first.
      asks("'x':1", WireFixture.THERE);
      wire.connect("4.1.0.4", WireFixture.THERE);
      asks("'x':1", WireFixture.THERE);
      assertThat(lines).isEmpty();

      wire.connect(OLD, WireFixture.THERE);
      asks("'authToken':'wrong'", WireFixture.THERE);
      assertThat(lines).isEmpty();
      asks("'x':1", WireFixture.THERE);
      asks("'x':1", WireFixture.THERE);
      wire.connect(OLD, WireFixture.THERE);
      asks("'x':1", WireFixture.THERE);
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(lines).singleElement().asString().contains("appIdX", "getui-address-sessions=yes");
  }
}
