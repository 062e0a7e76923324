// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

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

/// Tests what RestAPI V2 answers before it has read the body of a call.
class GetuiRestV2Test {
  private final V2ApiFixture api = new V2ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private static Call head(String path, Headers headers) {
    return new Call(
        "POST", V2ApiFixture.BASE + path, "", headers, Body.of(new byte[0]), "127.0.0.1", Map.of());
  }

  private HeadResult check(String path, Headers headers) {
    Call head = head(path, headers);
    var routes = new Routes(List.of(new GetuiRestV2(api.fixture.getui)), List.of());
    return ((Match.Found) routes.match(head)).authenticator().check(head);
  }

  private static Reply refused(HeadResult headResult) {
    return ((HeadResult.Refused) headResult).reply();
  }

  @Test
  void callerWithAToken_isKnown_byItsApp() {
    assertThat(check("/push/all", Headers.of("token", api.token)))
        .isEqualTo(new HeadResult.Authenticated("getui appIdX"));
  }

  @Test
  void callWithoutAToken_isRefused_beforeItsBodyIsRead() {
    Reply reply = refused(check("/push/all", Headers.NONE));

    assertThat(V2ApiFixture.code(reply)).isEqualTo(10001);
    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void switchedOffKey_isRefused_beforeTheBodyIsRead() {
    api.fixture.engine.apps().activate(GetuiKeyKind.KIND, GetuiFixture.KEY, false);

    Reply reply = refused(check("/push/all", Headers.of("token", api.token)));

    assertThat(V2ApiFixture.code(reply)).isEqualTo(10002);
    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void logIn_isKnownByItsBodyOnly() {
    assertThat(check("/auth", Headers.NONE)).isEqualTo(new HeadResult.Undecided());
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(new Refusal.UnknownPath(), 404, 404),
        Arguments.of(new Refusal.WrongMethod("PUT", new TreeSet<>()), 405, 405),
        Arguments.of(new Refusal.TooLarge("the body is too large"), 20001, 413),
        Arguments.of(new Refusal.Malformed(431), 20001, 431),
        Arguments.of(new Refusal.TooSlow(), 1, 408),
        Arguments.of(new Refusal.Overloaded(), 30019, 503),
        Arguments.of(new Refusal.TimedOut(), 1, 503),
        Arguments.of(new Refusal.Failed("r1"), 1, 500));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_hasACode_andItsReason(Refusal refusal, int code, int status) {
    Reply reply = new GetuiRestV2(api.fixture.getui).refuse(refusal, head("/x", Headers.NONE));

    assertThat(V2ApiFixture.code(reply)).isEqualTo(code);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(V2ApiFixture.message(reply)).isEqualTo(refusal.message());
  }
}
