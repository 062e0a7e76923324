// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.access.GetuiKeyKind;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.RequestRouter.Match;
import dev.boomerang.web.Routes;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests what REST V1 answers before it has read the body of a call.
class GetuiRestV1Test {
  private final V1ApiFixture api = new V1ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private static Call head(String path, Headers headers) {
    return new Call(
        "POST", V1ApiFixture.BASE + path, "", headers, Body.of(new byte[0]), "127.0.0.1", Map.of());
  }

  private HeadResult check(String path, Headers headers) {
    Call head = head(path, headers);
    var routes = new Routes(List.of(new GetuiRestV1(api.fixture.getui)), List.of());
    return ((Match.Found) routes.match(head)).authenticator().check(head);
  }

  private static Reply refused(HeadResult headResult) {
    return ((HeadResult.Refused) headResult).reply();
  }

  @Test
  void callerWithAToken_isKnown_byItsApp() {
    assertThat(check("/push_app", Headers.of("authtoken", api.token)))
        .isEqualTo(new HeadResult.Authenticated("getui appIdX"));
  }

  @Test
  void callWithoutAToken_isRefused_beforeItsBodyIsRead() {
    Reply reply = refused(check("/push_app", Headers.NONE));

    assertThat(V1ApiFixture.result(reply)).isEqualTo("not_auth");
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void switchedOffKey_isRefused_beforeTheBodyIsRead() {
    api.fixture.engine.apps().activate(GetuiKeyKind.KIND, GetuiFixture.KEY, false);

    Reply reply = refused(check("/push_app", Headers.of("authtoken", api.token)));

    assertThat(V1ApiFixture.result(reply)).isEqualTo("black_appid");
  }

  @Test
  void logIn_isKnownByItsBodyOnly() {
    assertThat(check("/auth_sign", Headers.NONE)).isEqualTo(new HeadResult.Undecided());
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(new Refusal.UnknownPath(), "other_error", 200),
        Arguments.of(new Refusal.WrongMethod("PUT", new TreeSet<>()), "other_error", 200),
        Arguments.of(new Refusal.TooLarge("the body is too large"), "invalid_param", 413),
        Arguments.of(new Refusal.Malformed(431), "invalid_param", 431),
        Arguments.of(new Refusal.TooSlow(), "other_error", 408),
        Arguments.of(new Refusal.Overloaded(), "other_error", 503),
        Arguments.of(new Refusal.TimedOut(), "other_error", 503),
        Arguments.of(new Refusal.Failed("r1"), "other_error", 500));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_hasAResult_andItsReason(Refusal refusal, String result, int status) {
    Reply reply = new GetuiRestV1(api.fixture.getui).refuse(refusal, head("/x", Headers.NONE));

    assertThat(V1ApiFixture.result(reply)).isEqualTo(result);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(GetuiFixture.json(reply).path("desc").asText())
        .isEqualTo(status == 200 ? "there is no such call" : refusal.message());
  }
}
