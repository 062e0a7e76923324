// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiConfig;
import dev.boomerang.dialect.getui.World;
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

/// Logging in: with tokens, and without for the oldest libraries.
class SessionTest {
  private static final String OLD = "4.0.1.7";
  private static final String ASK = "getLast24HoursOnlineUser";

  private Wire wire = new Wire(GetuiConfig.DEFAULT.addressSessions(true));

  @AfterEach
  void close() {
    wire.close();
  }

  private String asks(String token, String remote) {
    String body = Wire.body(ASK, token, "'appId':'appIdX'");
    return World.json(wire.raw(body, remote)).path("result").asText();
  }

  @Test
  void token_isAskedForFirst_thenGiven_thenGood() {
    assertThat(asks("'authToken':null", Wire.THERE)).isEqualTo("sign_error");

    JsonNode answer = wire.connect("4.1.0.4", Wire.THERE);

    assertThat(answer.path("result").asText()).isEqualTo("success");
    String token = answer.path("authtoken").asText();
    assertThat(asks("'authToken':'" + token + "'", Wire.THERE)).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x':1", "'authToken':null", "'authToken':''", "'authToken':'wrong'"})
  void withoutGoodToken_libraryIsToldToConnect(String token) {
    wire.connect("4.1.0.4", Wire.THERE);

    assertThat(asks(token, Wire.THERE)).isEqualTo("sign_error");
  }

  @Test
  void token_isOver_afterADay() {
    String token = wire.connect("4.1.0.4", Wire.THERE).path("authtoken").asText();

    wire.world.clock.advance(Duration.ofHours(25));

    assertThat(asks("'authToken':'" + token + "'", Wire.THERE)).isEqualTo("sign_error");
  }

  @Test
  void token_isTheOneAppsOnly() {
    String token = wire.connect("4.1.0.4", Wire.THERE).path("authtoken").asText();
    String body =
        "{'action':'" + ASK + "','appkey':'" + World.BANK_KEY + "','authToken':'" + token + "'}";

    assertThat(World.json(wire.raw(body, Wire.THERE)).path("result").asText())
        .isEqualTo("sign_error");
  }

  /// PHP sends the time as a text.
  @Test
  void connect_takesItsTimeAsText() {
    String body = wire.connecting(World.KEY, World.SECRET, "4.1.0.0");
    String time = Long.toString(wire.world.clock.millis());

    String quoted = body.replace("'timeStamp':" + time, "'timeStamp':'" + time + "'");

    assertThat(quoted).isNotEqualTo(body);
    assertThat(World.json(wire.raw(quoted, Wire.HERE)).path("result").asText())
        .isEqualTo("success");
  }

  @ParameterizedTest
  @CsvSource({"appKeyX, wrong, sign_error", "unknown, masterX, appkey_error"})
  void connect_withWrongSecretOrKey_fails(String key, String secret, String result) {
    String body = wire.connecting(key, secret, "4.1.0.4");

    assertThat(World.json(wire.raw(body, Wire.HERE)).path("result").asText()).isEqualTo(result);
  }

  @Test
  void connect_ofLongAgo_fails() {
    String body = wire.connecting(World.KEY, World.SECRET, "4.1.0.4");

    wire.world.clock.advance(Duration.ofMinutes(16));

    assertThat(World.json(wire.raw(body, Wire.HERE)).path("result").asText())
        .isEqualTo("sign_error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"authToken", "authtoken"})
  void close_endsTheToken(String spelling) {
    String token = wire.connect("4.1.0.4", Wire.THERE).path("authtoken").asText();

    String body = Wire.body("close", "'" + spelling + "':'" + token + "'", "");

    assertThat(World.json(wire.raw(body, Wire.THERE)).path("result").asText()).isEqualTo("ok");
    assertThat(asks("'authToken':'" + token + "'", Wire.THERE)).isEqualTo("sign_error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0.1", OLD, "3.3", "", "none"})
  void oldLibrary_isKnownByItsAddress(String version) {
    assertThat(asks("'x':1", Wire.THERE)).isEqualTo("sign_error");
    wire.connect(version, Wire.THERE);

    assertThat(asks("'x':1", Wire.THERE)).isEqualTo("ok");
    assertThat(asks("'authToken':''", Wire.THERE)).isEqualTo("ok");
    assertThat(asks("'x':1", "203.0.113.9")).isEqualTo("sign_error");
    assertThat(asks("'authToken':'wrong'", Wire.THERE)).isEqualTo("sign_error");
  }

  @Test
  void oldLibrary_isForgotten_afterADay_orWhenItCloses() {
    wire.connect(OLD, Wire.THERE);
    wire.world.clock.advance(Duration.ofHours(23));
    assertThat(asks("'x':1", Wire.THERE)).isEqualTo("ok");

    wire.world.clock.advance(Duration.ofHours(2));
    assertThat(asks("'x':1", Wire.THERE)).isEqualTo("sign_error");

    wire.connect(OLD, Wire.THERE);
    wire.raw(Wire.body("close", "'x':1", ""), Wire.THERE);
    assertThat(asks("'x':1", Wire.THERE)).isEqualTo("sign_error");
  }

  /// What they are known by can be guessed, so it must be no token.
  @Test
  void address_isNoToken() {
    wire.connect(OLD, Wire.THERE);

    for (String guess : new String[] {"appKeyX 198.51.100.7 ", "guest-appKeyX 198.51.100.7 "}) {
      assertThat(asks("'authToken':'" + guess + "'", Wire.HERE)).isEqualTo("sign_error");
      assertThat(wire.world.getui.tokens().key(World.SHOP, guess)).isEmpty();
    }
  }

  @Test
  void oldLibraries_behindOneProxy_areToldApart() {
    Headers ada = Headers.of("X-Forwarded-For", "10.0.0.1");
    Headers bob = Headers.of("X-Forwarded-For", "10.0.0.1, 10.0.0.2");
    byte[] ask = bytes(Wire.body(ASK, "'x':1", "'appId':'appIdX'"));

    wire.send(bytes(wire.connecting(World.KEY, World.SECRET, OLD)), ada, Wire.THERE);

    assertThat(World.json(wire.send(ask, ada, Wire.THERE)).path("result").asText()).isEqualTo("ok");
    assertThat(World.json(wire.send(ask, bob, Wire.THERE)).path("result").asText())
        .isEqualTo("sign_error");
  }

  private static byte[] bytes(String body) {
    return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  /// A stranger with the app key must not be let in because of where it calls from.
  @Test
  void addresses_areNobody_unlessTheSettingsAllowIt() {
    wire.close();
    wire = new Wire(GetuiConfig.DEFAULT);

    assertThat(wire.connect(OLD, Wire.THERE).path("result").asText()).isEqualTo("success");
    assertThat(asks("'x':1", Wire.THERE)).isEqualTo("sign_error");
  }

  @Test
  void refusedLibraryWithoutToken_isLoggedOnceForItsApp() {
    wire.close();
    wire = new Wire(GetuiConfig.DEFAULT);
    var logger = Logger.getLogger(Sessions.class.getName());
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
      asks("'x':1", Wire.THERE);
      wire.connect("4.1.0.4", Wire.THERE);
      asks("'x':1", Wire.THERE);
      assertThat(lines).isEmpty();

      wire.connect(OLD, Wire.THERE);
      asks("'authToken':'wrong'", Wire.THERE);
      assertThat(lines).isEmpty();
      asks("'x':1", Wire.THERE);
      asks("'x':1", Wire.THERE);
      wire.connect(OLD, Wire.THERE);
      asks("'x':1", Wire.THERE);
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(lines).singleElement().asString().contains("appIdX", "getui-address-sessions=yes");
  }
}
