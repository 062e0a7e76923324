// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static org.assertj.core.api.Assertions.assertThat;

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
class PlacementTest {
  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, true, false",
    "POST, false, false",
    "POST, true, true",
    "GET, true, true",
  })
  void parameters_areTakenFromQueryAndForm(String method, boolean common, boolean rest) {
    Caller push = world.push().with("Title", "测试 a+b*c~d/e&f=g%h!'()");

    var answer = push.answered(push.rpc(method, common, rest));

    assertThat(answer.verdict()).isEqualTo("OK SUCCESS");
    assertThat(world.task(answer.data()).content())
        .hasFieldOrPropertyWithValue("title", "测试 a+b*c~d/e&f=g%h!'()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2019-08-21", "2020-07-10", "2020-10-28"})
  void version_makesNoDifference(String version) {
    assertThat(world.push().with("Version", version).send().verdict()).isEqualTo("OK SUCCESS");
  }

  @Test
  void hmacSha256_isTakenToo() {
    assertThat(world.push().with("SignatureMethod", "HMAC-SHA256").send().verdict())
        .isEqualTo("OK SUCCESS");
  }

  @Test
  void otherCommonParameters_areSignedAndIgnored() {
    Caller push =
        world
            .push()
            .with("RegionId", "cn-hangzhou")
            .with("SignatureType", "")
            .with("SecurityToken", "sts")
            .with("BearerToken", "b");

    assertThat(push.send().verdict()).isEqualTo("OK SUCCESS");
  }

  @Test
  void acs3_signsTheHeadersItLists_inItsOwnOrder() {
    Caller push = world.push();
    var withoutHost =
        push.acs3(
            List.of(
                "x-acs-version",
                "x-acs-security-token",
                "x-acs-signature-nonce",
                "x-acs-date",
                "x-acs-action"),
            Map.of("x-acs-security-token", " sts "));

    assertThat(push.answered(withoutHost).verdict()).isEqualTo("OK SUCCESS");
  }

  @Test
  void acs3_withAHostOtherThanTheSignedOne_doesNotMatch() {
    Caller push = world.push();
    Call call = push.acs3();
    var moved =
        Headers.of(
            call.headers().fields().stream()
                .map(f -> f.getKey().equals("host") ? Map.entry("host", "push.example.com") : f)
                .toList());

    var answer =
        push.answered(new Call("POST", "/", "", moved, call.body(), call.remote(), Map.of()));

    assertThat(answer.verdict()).isEqualTo("400 SignatureDoesNotMatch");
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

    Params params = Params.of(call);

    assertThat(params.text("a")).hasValue("%");
    assertThat(params.text("b")).hasValue("%4");
    assertThat(params.text("c")).hasValue("%zz");
    assertThat(params.text("d")).hasValue("");
    assertThat(params.text("e")).hasValue("A%");
    assertThat(params.text("f")).hasValue("1=2");
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

    assertThat(Params.of(call).has("a")).isTrue();
    assertThat(Params.of(call).has("b")).isFalse();
  }
}
