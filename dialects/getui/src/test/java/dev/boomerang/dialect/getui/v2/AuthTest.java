// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.access.GetuiKeyKind;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuthTest {

  @Test
  void logIn_givesAToken_forADay() {
    try (var api = new V2ApiFixture()) {
      JsonNode answer = GetuiFixture.json(api.auth());

      assertThat(answer.path("code").asInt()).isZero();
      assertThat(answer.path("msg").asText()).isEqualTo("success");
      assertThat(answer.at("/data/token").asText()).hasSizeGreaterThan(20);
      assertThat(answer.at("/data/expire_time").isTextual()).isTrue();
      assertThat(answer.at("/data/expire_time").asLong())
          .isEqualTo(api.fixture.clock.instant().plus(Duration.ofDays(1)).toEpochMilli());
    }
  }

  @Test
  void timestamp_mayBeANumber() {
    try (var api = new V2ApiFixture()) {
      long now = api.fixture.clock.millis();
      String sign =
          GetuiFixture.sign("SHA-256", GetuiFixture.KEY, Long.toString(now), GetuiFixture.SECRET);

      Reply reply =
          api.fixture.call(
              "POST",
              V2ApiFixture.BASE + "/auth",
              Headers.NONE,
              "{'sign':'" + sign + "','timestamp':" + now + ",'appkey':'appKeyX'}");

      assertThat(V2ApiFixture.code(reply)).isZero();
    }
  }

  @Test
  void everyToken_isValid_untilItExpires() {
    try (var api = new V2ApiFixture()) {
      String second = api.logIn();
      assertThat(second).isNotEqualTo(api.token);
      assertThat(status(api, api.token)).isEqualTo(200);
      assertThat(status(api, second)).isEqualTo(200);

      api.fixture.clock.advance(Duration.ofDays(1));

      assertThat(status(api, api.token)).isEqualTo(401);
      assertThat(status(api, second)).isEqualTo(401);
    }
  }

  private static int status(V2ApiFixture api, String token) {
    return api.fixture
        .call("GET", V2ApiFixture.BASE + "/report/online_user", Headers.of("token", token), "")
        .status();
  }

  @Test
  void token_survivesARestart() {
    var store = new MemoryStore();
    String token;
    try (var before = new V2ApiFixture(store)) {
      token = before.token;
    }
    try (var after = new V2ApiFixture(store)) {
      assertThat(status(after, token)).isEqualTo(200);
    }
  }

  @Test
  void logOut_endsOneToken() {
    try (var api = new V2ApiFixture()) {
      String other = api.logIn();

      assertThat(api.call("DELETE", "/auth/" + other, "null").status()).isEqualTo(200);

      assertThat(status(api, other)).isEqualTo(401);
      assertThat(status(api, api.token)).isEqualTo(200);
    }
  }

  @Test
  void badLogIns_sayWhy() {
    try (var api = new V2ApiFixture()) {
      String now = Long.toString(api.fixture.clock.millis());
      String good = GetuiFixture.sign("SHA-256", GetuiFixture.KEY, now, GetuiFixture.SECRET);
      String old = Long.toString(api.fixture.clock.millis() - Duration.ofMinutes(16).toMillis());

      Reply wrongSign = api.auth(GetuiFixture.KEY, now, "0".repeat(64));
      assertThat(wrongSign.status()).isEqualTo(400);
      assertThat(V2ApiFixture.code(wrongSign)).isEqualTo(20001);
      assertThat(V2ApiFixture.message(wrongSign)).isEqualTo("sign is invalid");

      Reply late =
          api.auth(
              GetuiFixture.KEY,
              old,
              GetuiFixture.sign("SHA-256", GetuiFixture.KEY, old, GetuiFixture.SECRET));
      assertThat(V2ApiFixture.message(late)).isEqualTo("sign is invalid");

      assertThat(V2ApiFixture.message(api.auth("nobody", now, good)))
          .startsWith("appkey is invalid");
      assertThat(V2ApiFixture.message(api.auth(GetuiFixture.BANK_KEY, now, good)))
          .startsWith("appkey is invalid");
      assertThat(V2ApiFixture.message(api.auth("", now, good)))
          .startsWith("appkey can not be empty");
      assertThat(V2ApiFixture.message(api.auth(GetuiFixture.KEY, "", good)))
          .startsWith("timestamp can not be empty");
    }
  }

  @Test
  void tokenOfAnotherApp_isRefused() {
    try (var api = new V2ApiFixture()) {
      Reply reply =
          api.fixture.call(
              "GET", "/v2/bank/report/online_user", Headers.of("token", api.token), "");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(V2ApiFixture.code(reply)).isEqualTo(10001);
    }
  }

  @Test
  void switchedOffKey_isBlacklisted() {
    try (var api = new V2ApiFixture()) {
      api.fixture.engine.apps().activate(GetuiKeyKind.KIND, GetuiFixture.KEY, false);

      Reply reply = api.get("/report/online_user");
      assertThat(reply.status()).isEqualTo(401);
      assertThat(V2ApiFixture.code(reply)).isEqualTo(10002);
      assertThat(V2ApiFixture.code(api.auth())).isEqualTo(10002);
    }
  }
}
