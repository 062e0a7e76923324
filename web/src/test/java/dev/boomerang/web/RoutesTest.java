// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  private final Routes routes =
      new Routes(
          List.of(new Shouting()),
          List.of(
              said("GET", "/a/{id}"),
              said("POST", "/a/{other}"),
              said("GET", "/a/fixed"),
              said(Route.ANY, "/any"),
              said("GET", "/any"),
              said("OPTIONS", "/own"),
              new Route("GET", "/own405", _ -> Reply.empty(405)),
              said("GET", "/loud/near")));

  /// Owns /loud, and writes in capitals.
  private static final class Shouting implements Dialect {
    @Override
    public String name() {
      return "shouting";
    }

    @Override
    public List<String> prefixes() {
      return List.of("/loud", "/");
    }

    @Override
    public List<Route> routes() {
      return List.of(said("GET", "/loud/thing"), said("GET", "/"));
    }

    @Override
    public Reply refuse(Refusal refusal, Call head) {
      return Reply.of(refusal.status(), "text/plain", "NO " + refusal.status());
    }

    @Override
    public Reply finish(Call head, Reply reply) {
      return reply.with("X-Loud", head.path());
    }
  }

  private static Route said(String method, String pattern) {
    return new Route(
        method,
        pattern,
        call -> Reply.of(200, "text/plain", method + " " + pattern + " " + call.params()));
  }

  private static Call call(String method, String path) {
    return new Call(method, path, "", Headers.NONE, Body.EMPTY, "10.0.0.1", Map.of());
  }

  private String answer(String method, String path) {
    return routes.answer(call(method, path)).body().text();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /a/7, GET /a/{id} {id=7}",
    "GET, //a/7/, GET /a/{id} {id=7}",
    "GET, /a/x%2Fy%20z, GET /a/{id} {id=x/y z}",
    "GET, /a/1+1, GET /a/{id} {id=1+1}",
    "GET, /a/%zz, GET /a/{id} {id=%zz}",
    "POST, /a/7, POST /a/{other} {other=7}",
    "GET, /a/fixed, GET /a/fixed {}",
    "HEAD, /a/7, GET /a/{id} {id=7}",
    "GET, /any, GET /any {}",
    "PUT, /any, * /any {}",
    "HEAD, /any, * /any {}",
    "OPTIONS, /own, OPTIONS /own {}",
    "GET, /, GET / {}"
  })
  void path_andMethod_findTheirRoute(String method, String path, String answer) {
    assertThat(answer(method, path)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /a/7, 405, 'GET, HEAD, OPTIONS, POST'",
    "POST, /a/fixed, 405, 'GET, HEAD, OPTIONS'",
    "GET, /own405, 405, 'GET, HEAD, OPTIONS'",
    "OPTIONS, /a/7, 204, 'GET, HEAD, OPTIONS, POST'",
    "OPTIONS, /any, 204, 'GET, HEAD, OPTIONS, POST'",
    "OPTIONS, *, 204, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'"
  })
  void allow_saysWhatThePathTakes(String method, String path, int status, String allow) {
    Reply reply = routes.answer(call(method, path));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Allow")).contains(allow);
  }

  @Test
  void refusals_areWordedByTheOwner_ofTheLongestPrefix() {
    assertThat(answer("GET", "/loud/nothing")).isEqualTo("NO 404");
    assertThat(answer("PUT", "/loud/near")).isEqualTo("NO 405");
    assertThat(answer("PUT", "/")).isEqualTo("NO 405");
    assertThat(answer("GET", "/louder")).contains("\"code\":\"not-found\"");
    assertThat(answer("GET", "/nothing")).contains("\"code\":\"not-found\"");
  }

  @Test
  void everyAnswerBelowAPrefix_isFinished() {
    for (String method : List.of("GET", "PUT", "OPTIONS", "HEAD")) {
      assertThat(routes.answer(call(method, "/loud/thing")).header("X-Loud"))
          .contains("/loud/thing");
    }
    assertThat(routes.answer(call("GET", "/a/7")).header("X-Loud")).isEmpty();
  }

  @Test
  void match_asksTheRoutesAuthenticator_withWhatThePathCaught() {
    var guarded =
        new Routes(
            List.of(
                new Route(
                    "POST",
                    "/of/{who}",
                    _ -> Reply.empty(200),
                    head -> new HeadResult.Authenticated(head.param("who")))));

    assertThat(guarded.match(call("POST", "/of/ada")))
        .isInstanceOfSatisfying(
            RequestRouter.Match.Found.class,
            found ->
                assertThat(found.authenticator().check(call("POST", "/of/ada")))
                    .isEqualTo(new HeadResult.Authenticated("ada")));
  }

  @Test
  void site_ofAnEndpoint_hasItEverywhere() {
    RequestRouter requestRouter = RequestRouter.of(_ -> Reply.empty(200));

    assertThat(requestRouter.match(call("GET", "/x")))
        .isInstanceOf(RequestRouter.Match.Found.class);
    Reply busy = requestRouter.refuse(new Refusal.Overloaded(), call("GET", "/x"));
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.header("Retry-After")).contains("1");
    assertThat(HeadAuthenticator.NONE.check(call("GET", "/")))
        .isEqualTo(new HeadResult.Undecided());
  }

  @Test
  void refusals_haveTheHeadersTheirStatusAsksFor() {
    for (var refusal :
        List.of(
            new Refusal.Malformed(414),
            new Refusal.Malformed(431),
            new Refusal.Malformed(400),
            new Refusal.TooSlow())) {
      assertThat(refusal.withHeaders(refusal.plain()).header("Connection")).contains("close");
      assertThat(refusal.plain().body().text()).contains(refusal.code(), refusal.message());
    }
    var failed = new Refusal.Failed("77");
    assertThat(failed.withHeaders(failed.plain()).header("X-Request-Id")).contains("77");
    var timedOut = new Refusal.TimedOut();
    assertThat(
            timedOut.withHeaders(timedOut.plain().with("Retry-After", "9")).header("Retry-After"))
        .contains("9");
    var large = new Refusal.TooLarge("too much");
    assertThat(large.withHeaders(large.plain()).headers().fields())
        .isEqualTo(large.plain().headers().fields());
    assertThat(large.status()).isEqualTo(413);
  }

  @Test
  void guarded_wordsWhatTheLookThrows() {
    ErrorHandler<Reply> faults =
        new ErrorHandler<>() {
          @Override
          public Optional<Reply> refused(RuntimeException fault) {
            return Optional.of(Reply.empty(401));
          }

          @Override
          public Reply unavailable() {
            return Reply.empty(503);
          }

          @Override
          public Reply broken() {
            return Reply.empty(500);
          }
        };

    HeadResult result =
        HeadResult.guarded(
            faults,
            "test",
            () -> {
              throw new IllegalArgumentException("who");
            });

    assertThat(result)
        .isInstanceOfSatisfying(
            HeadResult.Refused.class, it -> assertThat(it.reply().status()).isEqualTo(401));
    assertThat(HeadResult.guarded(faults, "test", () -> new HeadResult.Authenticated("a")))
        .isEqualTo(new HeadResult.Authenticated("a"));
  }

  @Test
  void param_thatTheRouteDoesNotHave_isAFaultOfTheRoute() {
    assertThatThrownBy(() -> call("GET", "/").param("id"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
