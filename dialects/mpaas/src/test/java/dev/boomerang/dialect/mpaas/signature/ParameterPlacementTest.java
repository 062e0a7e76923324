// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.request.RequestParams;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where clients put their parameters, and how they sign them.
class ParameterPlacementTest {
  private final MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, true, false",
    "POST, false, false",
    "POST, true, true",
    "GET, true, true",
  })
  void parameters_areTakenFromQueryAndForm(String method, boolean common, boolean rest) {
    SignedRequest push = fixture.pushSimple().param("Title", "测试 a+b*c~d/e&f=g%h!'()");

    var answer = push.send(push.rpc(method, common, rest));

    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    assertThat(fixture.task(answer.data()).content())
        .hasFieldOrPropertyWithValue("title", "测试 a+b*c~d/e&f=g%h!'()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2019-08-21", "2020-07-10", "2020-10-28"})
  void version_makesNoDifference(String version) {
    assertThat(fixture.pushSimple().param("Version", version).send().outcome())
        .isEqualTo("OK SUCCESS");
  }

  @Test
  void hmacSha256_isTakenToo() {
    assertThat(fixture.pushSimple().param("SignatureMethod", "HMAC-SHA256").send().outcome())
        .isEqualTo("OK SUCCESS");
  }

  @Test
  void otherCommonParameters_areSignedAndIgnored() {
    SignedRequest push =
        fixture
            .pushSimple()
            .param("RegionId", "cn-hangzhou")
            .param("SignatureType", "")
            .param("SecurityToken", "sts")
            .param("BearerToken", "b");

    assertThat(push.send().outcome()).isEqualTo("OK SUCCESS");
  }

  @Test
  void acs3_signsTheHeadersItLists_inItsOwnOrder() {
    SignedRequest push = fixture.pushSimple();
    var withoutHost =
        push.acs3(
            List.of(
                "x-acs-version",
                "x-acs-security-token",
                "x-acs-signature-nonce",
                "x-acs-date",
                "x-acs-action"),
            Map.of("x-acs-security-token", " sts "));

    assertThat(push.send(withoutHost).outcome()).isEqualTo("OK SUCCESS");
  }

  @Test
  void acs3_withAHostOtherThanTheSignedOne_doesNotMatch() {
    SignedRequest push = fixture.pushSimple();
    Call call = push.acs3();
    var moved =
        Headers.of(
            call.headers().fields().stream()
                .map(f -> f.getKey().equals("host") ? Map.entry("host", "push.example.com") : f)
                .toList());

    var answer = push.send(new Call("POST", "/", "", moved, call.body(), call.remote(), Map.of()));

    assertThat(answer.outcome()).isEqualTo("400 SignatureDoesNotMatch");
  }

  @Test
  void brokenEscapes_standForThemselves() {
    var call =
        new Call(
            "POST",
            "/",
            "a=%&b=%4&c=%zz&=x&d&&e=%41%",
            Headers.NONE,
            Body.of("f=1=2"),
            "",
            Map.of());

    RequestParams requestParams = RequestParams.of(call);

    assertThat(requestParams.text("a")).hasValue("%");
    assertThat(requestParams.text("b")).hasValue("%4");
    assertThat(requestParams.text("c")).hasValue("%zz");
    assertThat(requestParams.text("d")).hasValue("");
    assertThat(requestParams.text("e")).hasValue("A%");
    assertThat(requestParams.text("f")).hasValue("1=2");
  }

  @Test
  void bodyOfAnotherType_isNoForm() {
    var call =
        new Call(
            "POST",
            "/",
            "a=1",
            Headers.of("Content-Type", "application/json"),
            Body.of("b=2"),
            "",
            Map.of());

    assertThat(RequestParams.of(call).has("a")).isTrue();
    assertThat(RequestParams.of(call).has("b")).isFalse();
  }
}
