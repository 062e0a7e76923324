// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.web.ApiError;
import dev.boomerang.web.text.QueryParameters;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers, Basic authentication, queries and bodies.
class HttpTextsTest {

  @Test
  void headers_areFoundInAnyCase_inTheirOrder() {
    Headers headers = Headers.of("One", "1").with("two", "2").with("ONE", "3");

    assertThat(headers.get("one")).contains("1");
    assertThat(headers.all("One")).containsExactly("1", "3");
    assertThat(headers.get("three")).isEmpty();
    assertThat(headers.fields()).hasSize(3);
    assertThat(Headers.of(List.of(Map.entry("a", "b"))).get("A")).contains("b");
  }

  private static Call authorized(String value) {
    return new Call(
        "GET", "/", "", Headers.of("authorization", value), Body.EMPTY, "10.0.0.1", Map.of());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void basic_isUserAndPassword_splitAtTheFirstColon() {
    BasicAuth basicAuth = BasicAuth.of(authorized("bAsIc  " + base64("张三:a:b"))).orElseThrow();

    assertThat(basicAuth.user()).isEqualTo("张三");
    assertThat(basicAuth.password().reveal()).isEqualTo("a:b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer YTpi", "Basic !!!", "Basic YWI="})
  void basic_ofAnythingElse_isNone(String value) {
    assertThat(BasicAuth.of(authorized(value))).isEmpty();
  }

  @Test
  void query_takesTheFirstOfEachName() {
    assertThat(QueryParameters.parse("a=1&b=%E5%80%BC+x&a=2&c&d=&&=e&f=%zz"))
        .isEqualTo(Map.of("a", "1", "b", "值 x", "c", "", "d", "", "", "e", "f", "%zz"));
    assertThat(QueryParameters.parse("")).isEmpty();
  }

  @Test
  void body_isItsBytes() {
    assertThat(Body.of("值").bytes()).isEqualTo("值".getBytes(UTF_8));
    assertThat(Body.of(new byte[0])).isSameAs(Body.EMPTY);
    assertThat(Body.EMPTY.isEmpty()).isTrue();
    assertThat(Body.of("值").text()).isEqualTo("值");
    assertThat(Body.of("值")).hasToString("3 bytes");
  }

  @Test
  void replies_haveTheirTypeAndHeaders() {
    Reply reply =
        Reply.json(200, "{}").with("A", "b").withMissing("A", "c").withAllow(List.of("X"));

    assertThat(reply.header("content-type")).contains(Reply.JSON);
    assertThat(reply.headers().all("A")).containsExactly("b");
    assertThat(reply.header("Allow")).contains("X");
    assertThat(Reply.empty(204).body().isEmpty()).isTrue();
  }

  @Test
  void problems_nameTheirField_ifThereIsOne() {
    assertThat(ApiError.of(400, "c", "m").body().text())
        .isEqualTo("{\"error\":{\"code\":\"c\",\"message\":\"m\"}}");
    assertThat(ApiError.of(400, "c", "m", "f").body().text())
        .isEqualTo("{\"error\":{\"code\":\"c\",\"message\":\"m\",\"field\":\"f\"}}");
  }

  @Test
  void calls_canBeMadeIntoOthers() {
    Call call = authorized("x");

    assertThat(call.as("HEAD").method()).isEqualTo("HEAD");
    assertThat(call.with(Body.of("b")).body().text()).isEqualTo("b");
    assertThat(call.with(Map.of("id", "7")).param("id")).isEqualTo("7");
    assertThat(call.header("Authorization")).contains("x");
  }
}
