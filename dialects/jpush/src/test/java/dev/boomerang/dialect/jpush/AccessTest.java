// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.jpush.base.CallerAddresses;
import dev.boomerang.dialect.jpush.base.JpushKeyKind;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may call, how often, and what is said of it.
class AccessTest {
  private static final byte[] HELLO =
      "{\"platform\":\"all\",\"audience\":\"all\",\"message\":{\"msg_content\":\"m\"}}"
          .getBytes(UTF_8);

  @Test
  void credentials_missingOrWrong_are1004() {
    try (var jpushFixture = new JpushFixture()) {
      for (Headers headers :
          List.of(
              Headers.NONE,
              Headers.of("Authorization", "Basic !!!"),
              Headers.of("Authorization", "Bearer x"),
              JpushFixture.basic(JpushFixture.KEY, "wrong"),
              JpushFixture.basic("nobody", JpushFixture.SECRET))) {
        Reply reply = jpushFixture.call("POST", "/v3/push", headers, HELLO);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(JpushFixture.code(reply)).isEqualTo(1004);
        assertThat(JpushFixture.message(reply)).isEqualTo("Authen failed");
      }
    }
  }

  @Test
  void key_switchedOff_is1004() {
    try (var jpushFixture = new JpushFixture()) {
      jpushFixture.engine.apps().activate(JpushKeyKind.KIND, JpushFixture.KEY, false);

      assertThat(JpushFixture.code(jpushFixture.push("{}"))).isEqualTo(1004);
    }
  }

  @Test
  void rate_isToldOnEveryReply_andEnforcedByTheMinute() {
    try (var jpushFixture = new JpushFixture(new JpushConfigBuilder().pushesPerMinute(2).get())) {
      Reply first = jpushFixture.push("{}");
      assertThat(first.headers().get("X-Rate-Limit-Limit")).contains("2");
      assertThat(first.headers().get("X-Rate-Limit-Quota")).contains("2");
      assertThat(first.headers().get("X-Rate-Limit-Remaining")).contains("1");
      assertThat(first.headers().get("X-Rate-Limit-Reset")).contains("60");
      jpushFixture.clock.advance(Duration.ofSeconds(45));
      Reply second = jpushFixture.push("{}");
      assertThat(second.headers().get("X-Rate-Limit-Reset")).contains("15");

      Reply third = jpushFixture.push("{}");

      assertThat(third.status()).isEqualTo(429);
      assertThat(JpushFixture.code(third)).isEqualTo(2002);
      assertThat(third.headers().get("X-Rate-Limit-Remaining")).contains("0");
      assertThat(
              JpushFixture.code(jpushFixture.as(JpushFixture.BANK_KEY, "POST", "/v3/push", "{}")))
          .isEqualTo(1002);
      jpushFixture.clock.advance(Duration.ofSeconds(15));
      assertThat(JpushFixture.code(jpushFixture.push("{}"))).isEqualTo(1002);
    }
  }

  @Test
  void rate_isTold_alsoWithoutALimit_andToStrangers() {
    try (var jpushFixture = new JpushFixture();
        var limited = new JpushFixture(new JpushConfigBuilder().pushesPerMinute(2).get())) {
      Reply free = jpushFixture.push("{}");
      assertThat(free.headers().get("X-Rate-Limit-Limit")).contains("2147483647");
      assertThat(free.headers().get("X-Rate-Limit-Quota")).contains("2147483647");
      assertThat(free.headers().get("X-Rate-Limit-Remaining")).contains("2147483647");
      assertThat(free.headers().get("X-Rate-Limit-Reset")).contains("60");
      for (int i = 0; i < 5; i++) {
        Reply stranger = limited.as("nobody", "POST", "/v3/push", "{}");
        assertThat(JpushFixture.code(stranger)).isEqualTo(1004);
        assertThat(stranger.headers().get("X-Rate-Limit-Limit")).contains("2");
        assertThat(stranger.headers().get("X-Rate-Limit-Remaining")).contains("2");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v3/push",
    "PUT, /v3/push/validate",
    "POST, /v3/push/cid",
    "DELETE, /v3/push/cid",
    "GET, /v3/push/12345",
    "DELETE, /v3/grouppush",
    "PUT, /v3/tags/t1"
  })
  void otherMethod_is1001(String method, String path) {
    try (var jpushFixture = new JpushFixture()) {
      Reply reply = jpushFixture.as(JpushFixture.KEY, method, path, "{}");

      assertThat(reply.status()).isEqualTo(405);
      assertThat(JpushFixture.code(reply)).isEqualTo(1001);
      assertThat(reply.headers().get("X-Rate-Limit-Limit")).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v3/push_plan/create",
    "GET, /v3/push_plan/list",
    "POST, /v3/test/model/add",
    "DELETE, /v3/test/model/delete/1"
  })
  void callThatIsNotServed_is2007(String method, String path) {
    try (var jpushFixture = new JpushFixture()) {
      Reply reply = jpushFixture.as(JpushFixture.KEY, method, path, "{}");

      assertThat(reply.status()).isEqualTo(403);
      assertThat(JpushFixture.code(reply)).isEqualTo(2007);
      assertThat(JpushFixture.code(jpushFixture.as("nobody", method, path, "{}"))).isEqualTo(1004);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "'127.0.0.0/8', true",
    "'10.0.0.1, 127.0.0.1', true",
    "'::1', false",
    "'127.0.0.2/31', false",
    "'127.0.0.0/31', true",
    "'126.0.0.0/7', true",
    "'0.0.0.0/0', true"
  })
  void address_isLetIn_ifItIsInARange(String ranges, boolean isIn) {
    try (var jpushFixture = new JpushFixture(new JpushConfigBuilder().callers(ranges).get())) {
      Reply reply = jpushFixture.get("/v3/push/quota");

      assertThat(JpushFixture.code(reply)).isEqualTo(isIn ? 0 : 2004);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "::1/129", "10.0.0.0/x"})
  void rangeThatIsNone_isNotTaken(String range) {
    assertThat(CallerAddresses.parse(range)).isEmpty();
  }

  @Test
  void broadcasts_toSomePlatforms_count_refusedAndRepeatedOnesDoNot() {
    try (var jpushFixture = new JpushFixture(new JpushConfigBuilder().broadcastsPerDay(1).get())) {
      String ios = "{'platform':['ios','hmos'],'audience':'all','message':{'msg_content':'m'}%s}";
      assertThat(JpushFixture.code(jpushFixture.push(ios.formatted("")))).isEqualTo(1011);
      jpushFixture.phone(Platform.IOS, Optional.empty());
      String once = ios.formatted(",'cid':'" + jpushFixture.cid() + "'");
      assertThat(jpushFixture.push(once).status()).isEqualTo(200);

      assertThat(jpushFixture.push(once).status()).isEqualTo(200);
      assertThat(JpushFixture.code(jpushFixture.push(ios.formatted("")))).isEqualTo(2008);
      assertThat(jpushFixture.post("/v3/push/validate", ios.formatted("")).status()).isEqualTo(200);
    }
  }

  @Test
  void broadcasts_beyondTheDays_are2008_untilTheNextDay() {
    try (var jpushFixture = new JpushFixture(new JpushConfigBuilder().broadcastsPerDay(1).get())) {
      String all = "{'platform':'all','audience':'all','message':{'msg_content':'m'}}";
      assertThat(jpushFixture.push(all).status()).isEqualTo(200);

      Reply second = jpushFixture.push(all);

      assertThat(second.status()).isEqualTo(403);
      assertThat(JpushFixture.code(second)).isEqualTo(2008);
      jpushFixture.clock.advance(Duration.ofDays(1));
      assertThat(jpushFixture.push(all).status()).isEqualTo(200);
    }
  }

  @Test
  void unknownMember_is1009_whereThatIsAsked() {
    try (var jpushFixture = new JpushFixture(new JpushConfigBuilder().strict().get())) {
      Reply reply =
          jpushFixture.push(
              "{'platform':'all','audience':'all','message':{'msg_content':'m'},'plattform':1}");

      assertThat(JpushFixture.code(reply)).isEqualTo(1009);
      assertThat(JpushFixture.message(reply)).contains("plattform");
    }
  }

  @Test
  void emptyBodies_areEmpty_whereThatIsAsked() {
    try (var jpushFixture = new JpushFixture(new JpushConfigBuilder().emptyBodies().get())) {
      var task =
          jpushFixture.pushed("{'platform':'all','audience':'all','message':{'msg_content':'m'}}");

      Reply reply = jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/push/" + task, "null");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body().isEmpty()).isTrue();
      assertThat(reply.headers().get("Content-Type").orElseThrow()).contains("application/json");
    }
  }
}
