// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.auth;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.code;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.sign;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.vivo.base.AppNumber;
import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.app.AppId;
import dev.boomerang.web.http.Headers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokensTest {
  private static int config(VivoFixture fixture, Headers headers) {
    return code(fixture.call("GET", "/report/getAppConfig", headers, ""));
  }

  private static String fresh(VivoFixture fixture) {
    return requireSuccess(fixture.authenticate()).path("authToken").asText();
  }

  @Test
  void severalTokens_areValidAtOnce_eachForADay() {
    try (var fixture = new VivoFixture()) {
      String first = fixture.token();
      fixture.clock.advance(Duration.ofHours(12));
      String second = fresh(fixture);
      assertThat(second).isNotEqualTo(first);
      assertThat(config(fixture, Headers.of("authToken", first))).isZero();
      assertThat(config(fixture, Headers.of("authToken", second))).isZero();

      fixture.clock.advance(Duration.ofHours(12));

      assertThat(config(fixture, Headers.of("authToken", first))).isEqualTo(10000);
      assertThat(config(fixture, Headers.of("authToken", second))).isZero();
    }
  }

  @Test
  void token_isValidAfterARestart() {
    var store = new MemoryStore();
    String token;
    try (var before = new VivoFixture(VivoConfig.DEFAULT, store)) {
      token = before.token();
    }
    try (var after = new VivoFixture(VivoConfig.DEFAULT, store)) {
      assertThat(config(after, Headers.of("authToken", token))).isZero();
    }
  }

  @Test
  void token_changedInAnyPlace_isInvalid() {
    try (var fixture = new VivoFixture()) {
      String token = fixture.token();
      for (int i = 0; i < token.length(); i++) {
        char other = token.charAt(i) == 'A' ? 'B' : 'A';
        String changed = token.substring(0, i) + other + token.substring(i + 1);
        assertThat(config(fixture, Headers.of("authToken", changed))).as(changed).isEqualTo(10000);
      }
      String bank = fixture.bankToken().split("\\.", 2)[0];
      assertThat(config(fixture, Headers.of("authToken", bank + "." + VivoFixture.KEY)))
          .isEqualTo(10000);
    }
  }

  @Test
  void header_inAnyCase_withBlanks_isAccepted() {
    try (var fixture = new VivoFixture()) {
      assertThat(config(fixture, Headers.of("Authtoken", " " + fixture.token()))).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"-600000,0", "600000,0", "-600001,10207", "600001,10207"})
  void clocks_mayDifferByTenMinutes(long millis, int code) {
    try (var fixture = new VivoFixture()) {
      long at = fixture.clock.millis() + millis;
      String sign = sign(VivoFixture.NUMBER + VivoFixture.KEY + at + VivoFixture.SECRET);

      assertThat(
              code(
                  fixture.call(
                      "POST",
                      "/message/auth",
                      Headers.NONE,
                      "{\"appId\":\"%s\",\"appKey\":\"%s\",\"timestamp\":\"%d\",\"sign\":\"%s\"}"
                          .formatted(VivoFixture.NUMBER, VivoFixture.KEY, at, sign))))
          .isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({"ONEX570DA89281533,89281533", "app007,7", "10004,10004", "shop,''"})
  void appNumber_isTheDigitsAtTheEndOfTheId(String id, String number) {
    assertThat(AppNumber.of(new AppId(id))).isEqualTo(number);
  }
}
