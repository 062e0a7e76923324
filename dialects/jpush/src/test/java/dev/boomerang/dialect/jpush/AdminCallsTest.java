// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminCallsTest {
  private static final String DEVELOPER = "d".repeat(24);
  private static final String SECRET = "5".repeat(24);
  private static final String APP = "{\"app_name\":\"应用\",\"android_package\":\"cn.app\"}";

  private final JpushFixture jpushFixture =
      new JpushFixture(new JpushConfigBuilder().developer(DEVELOPER, SECRET).get());

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private Reply ask(String method, String target, String body) {
    return jpushFixture.call(
        method, target, JpushFixture.basic(DEVELOPER, SECRET), body.getBytes(UTF_8));
  }

  @Test
  void app_created_canBeUsedAtOnce() {
    Reply reply = ask("POST", "/v1/app", APP);
    assertThat(reply.status()).isEqualTo(200);
    JsonNode app = JpushFixture.json(reply);
    String key = app.path("app_key").textValue();
    String secret = app.path("master_secret").textValue();

    assertThat(key).matches("[A-Za-z0-9]{24}");
    assertThat(secret).matches("[A-Za-z0-9]{24}");
    assertThat(app.path("is_new_created").booleanValue()).isTrue();
    assertThat(app.path("android_package").textValue()).isEqualTo("cn.app");
    assertThat(
            jpushFixture
                .call("GET", "/v3/tags", JpushFixture.basic(key, secret), new byte[0])
                .status())
        .isEqualTo(200);
    assertThat(jpushFixture.engine.apps().bearer(KeyKind.DEVICE, key))
        .map(it -> it.id())
        .contains(new AppId(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE"})
  void app_deleted_canBeUsedNoMore(String method) {
    JsonNode app = JpushFixture.json(ask("POST", "/v1/app", APP));
    String key = app.path("app_key").textValue();
    String secret = app.path("master_secret").textValue();

    Reply reply = ask(method, "/v1/app/" + key + "/delete", "");

    assertThat(reply.body().text()).isEqualTo("{\"success\":\"Synchronized success\"}");
    Reply after =
        jpushFixture.call("GET", "/v3/tags", JpushFixture.basic(key, secret), new byte[0]);
    assertThat(JpushFixture.code(after)).isEqualTo(7004);
    assertThat(jpushFixture.engine.apps().bearer(KeyKind.DEVICE, key)).isEmpty();
  }

  @Test
  void call_thatCannotBe_is4003() {
    assertThat(JpushFixture.code(ask("POST", "/v1/app", "{}"))).isEqualTo(4003);
    assertThat(JpushFixture.code(ask("POST", "/v1/app", "no json"))).isEqualTo(4003);
    assertThat(JpushFixture.code(ask("POST", "/v1/app/nobody/delete", ""))).isEqualTo(4003);
  }

  @Test
  void certificate_is2007() {
    Reply reply = ask("POST", "/v1/app/" + JpushFixture.KEY + "/certificate", "");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(JpushFixture.code(reply)).isEqualTo(2007);
  }

  @Test
  void credentials_ofAnAppOrNone_are4004() {
    byte[] body = APP.getBytes(UTF_8);

    for (Headers headers :
        new Headers[] {
          Headers.NONE,
          JpushFixture.basic(JpushFixture.KEY, JpushFixture.SECRET),
          JpushFixture.basic(DEVELOPER, "x")
        }) {
      Reply reply = jpushFixture.call("POST", "/v1/app", headers, body);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(JpushFixture.code(reply)).isEqualTo(4004);
    }
  }

  @Test
  void admin_withoutADeveloper_is2007() {
    try (var closed = new JpushFixture()) {
      Reply reply = closed.call("POST", "/v1/app", JpushFixture.basic("", ""), APP.getBytes(UTF_8));

      assertThat(JpushFixture.code(reply)).isEqualTo(2007);
    }
  }
}
