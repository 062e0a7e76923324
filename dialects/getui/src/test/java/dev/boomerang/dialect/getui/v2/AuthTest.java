// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.World;
import dev.boomerang.dialect.getui.access.GetuiKeyKind;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuthTest {

  @Test
  void logIn_givesAToken_forADay() {
    try (var api = new Api()) {
      JsonNode answer = World.json(api.auth());

      assertThat(answer.path("code").asInt()).isZero();
      assertThat(answer.path("msg").asText()).isEqualTo("success");
      assertThat(answer.at("/data/token").asText()).hasSizeGreaterThan(20);
      assertThat(answer.at("/data/expire_time").isTextual()).isTrue();
      assertThat(answer.at("/data/expire_time").asLong())
          .isEqualTo(api.world.clock.instant().plus(Duration.ofDays(1)).toEpochMilli());
    }
  }

  @Test
  void timestamp_mayBeANumber() {
    try (var api = new Api()) {
      long now = api.world.clock.millis();
      String sign = World.sign("SHA-256", World.KEY, Long.toString(now), World.SECRET);

      Reply reply =
          api.world.call(
              "POST",
              Api.BASE + "/auth",
              Headers.NONE,
              "{'sign':'" + sign + "','timestamp':" + now + ",'appkey':'appKeyX'}");

      assertThat(Api.code(reply)).isZero();
    }
  }

  @Test
  void everyToken_isGood_untilItsTimeIsOver() {
    try (var api = new Api()) {
      String second = api.logIn();
      assertThat(second).isNotEqualTo(api.token);
      assertThat(status(api, api.token)).isEqualTo(200);
      assertThat(status(api, second)).isEqualTo(200);

      api.world.clock.advance(Duration.ofDays(1));

      assertThat(status(api, api.token)).isEqualTo(401);
      assertThat(status(api, second)).isEqualTo(401);
    }
  }

  private static int status(Api api, String token) {
    return api.world
        .call("GET", Api.BASE + "/report/online_user", Headers.of("token", token), "")
        .status();
  }

  @Test
  void token_survivesARestart() {
    var store = new MemoryStore();
    String token;
    try (var before = new Api(store)) {
      token = before.token;
    }
    try (var after = new Api(store)) {
      assertThat(status(after, token)).isEqualTo(200);
    }
  }

  @Test
  void logOut_endsOneToken() {
    try (var api = new Api()) {
      String other = api.logIn();

      assertThat(api.call("DELETE", "/auth/" + other, "null").status()).isEqualTo(200);

      assertThat(status(api, other)).isEqualTo(401);
      assertThat(status(api, api.token)).isEqualTo(200);
    }
  }

  @Test
  void badLogIns_sayWhy() {
    try (var api = new Api()) {
      String now = Long.toString(api.world.clock.millis());
      String good = World.sign("SHA-256", World.KEY, now, World.SECRET);
      String old = Long.toString(api.world.clock.millis() - Duration.ofMinutes(16).toMillis());

      Reply wrongSign = api.auth(World.KEY, now, "0".repeat(64));
      assertThat(wrongSign.status()).isEqualTo(400);
      assertThat(Api.code(wrongSign)).isEqualTo(20001);
      assertThat(Api.message(wrongSign)).isEqualTo("sign is invalid");

      Reply late = api.auth(World.KEY, old, World.sign("SHA-256", World.KEY, old, World.SECRET));
      assertThat(Api.message(late)).isEqualTo("sign is invalid");

      assertThat(Api.message(api.auth("nobody", now, good))).startsWith("appkey is invalid");
      assertThat(Api.message(api.auth(World.BANK_KEY, now, good))).startsWith("appkey is invalid");
      assertThat(Api.message(api.auth("", now, good))).startsWith("appkey can not be empty");
      assertThat(Api.message(api.auth(World.KEY, "", good)))
          .startsWith("timestamp can not be empty");
    }
  }

  @Test
  void otherAppsToken_opensNothing() {
    try (var api = new Api()) {
      Reply reply =
          api.world.call("GET", "/v2/bank/report/online_user", Headers.of("token", api.token), "");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(Api.code(reply)).isEqualTo(10001);
    }
  }

  @Test
  void switchedOffKey_isBlacklisted() {
    try (var api = new Api()) {
      api.world.engine.apps().activate(GetuiKeyKind.KIND, World.KEY, false);

      Reply reply = api.get("/report/online_user");
      assertThat(reply.status()).isEqualTo(401);
      assertThat(Api.code(reply)).isEqualTo(10002);
      assertThat(Api.code(api.auth())).isEqualTo(10002);
    }
  }
}
