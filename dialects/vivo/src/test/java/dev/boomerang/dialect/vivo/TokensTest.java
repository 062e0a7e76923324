// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.vivo.access.AppNumber;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.app.AppId;
import dev.boomerang.web.http.Headers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
  private static int config(World world, Headers headers) {
    return World.code(world.call("GET", "/report/getAppConfig", headers, ""));
  }

  private static String fresh(World world) {
    return World.good(world.auth(World.NUMBER, World.KEY, World.SECRET)).path("authToken").asText();
  }

  @Test
  void severalAreGoodAtOnce_eachForADay() {
    try (var world = new World()) {
      String first = world.token();
      world.clock.advance(Duration.ofHours(12));
      String second = fresh(world);
      assertThat(second).isNotEqualTo(first);
      assertThat(config(world, Headers.of("authToken", first))).isZero();
      assertThat(config(world, Headers.of("authToken", second))).isZero();

      world.clock.advance(Duration.ofHours(12));

      assertThat(config(world, Headers.of("authToken", first))).isEqualTo(10000);
      assertThat(config(world, Headers.of("authToken", second))).isZero();
    }
  }

  @Test
  void token_outlivesTheProcess() {
    var store = new MemoryStore();
    String token;
    try (var before = new World(VivoConfig.DEFAULT, store)) {
      token = before.token();
    }
    try (var after = new World(VivoConfig.DEFAULT, store)) {
      assertThat(config(after, Headers.of("authToken", token))).isZero();
    }
  }

  @Test
  void token_changedInAnyPlace_isNone() {
    try (var world = new World()) {
      String token = world.token();
      for (int i = 0; i < token.length(); i++) {
        char other = token.charAt(i) == 'A' ? 'B' : 'A';
        String changed = token.substring(0, i) + other + token.substring(i + 1);
        assertThat(config(world, Headers.of("authToken", changed))).as(changed).isEqualTo(10000);
      }
      String bank = world.bankToken().split("\\.", 2)[0];
      assertThat(config(world, Headers.of("authToken", bank + "." + World.KEY))).isEqualTo(10000);
    }
  }

  @Test
  void header_inAnyCase_withBlanks_isTaken() {
    try (var world = new World()) {
      assertThat(config(world, Headers.of("Authtoken", " " + world.token()))).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"-600000,0", "600000,0", "-600001,10207", "600001,10207"})
  void clocks_mayDifferByTenMinutes(long millis, int code) {
    try (var world = new World()) {
      long at = world.clock.millis() + millis;
      String sign = World.sign(World.NUMBER + World.KEY + at + World.SECRET);

      assertThat(
              World.code(
                  world.call(
                      "POST",
                      "/message/auth",
                      Headers.NONE,
                      "{\"appId\":\"%s\",\"appKey\":\"%s\",\"timestamp\":\"%d\",\"sign\":\"%s\"}"
                          .formatted(World.NUMBER, World.KEY, at, sign))))
          .isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({"ONEX570DA89281533,89281533", "app007,7", "10004,10004", "shop,''"})
  void number_isWhatTheAppsIdEndsWith(String id, String number) {
    assertThat(AppNumber.of(new AppId(id))).isEqualTo(number);
  }
}
