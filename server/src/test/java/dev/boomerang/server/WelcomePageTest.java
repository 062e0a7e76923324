// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.web.RequestRouter;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WelcomePageTest {
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  private final WelcomePage page = new WelcomePage(RequestRouter.of(_ -> Reply.json(400, "{}")));

  private Reply ask(String method, String path, String query, Headers headers) {
    var call = new Call(method, path, query, headers, Body.EMPTY, "127.0.0.1", Map.of());
    return switch (page.match(call)) {
      case RequestRouter.Match.Found(var endpoint, var _) -> endpoint.answer(call);
      case RequestRouter.Match.None(var refusal) -> page.refuse(refusal, call);
    };
  }

  @Test
  void browser_isToldWhatThisIs_andWhereToGoOn() {
    Reply reply = ask("GET", "/", "utm_source=x", Headers.of("accept", BROWSER));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().get("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(reply.body().text())
        .contains("Boomerang", "/api/v1/openapi.json", "/health/ready", "docs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | / | '' | text/html",
        "GET | / | Action=PushSimple | text/html",
        "GET | / | a=b&Action=PushSimple | text/html",
        "GET | / | '' | application/json",
        "GET | / | '' | */*",
        "GET | /api/v1/tasks | '' | text/html",
      })
  void dialects_getWhatIsTheirs(String method, String path, String query, String accept) {
    assertThat(ask(method, path, query, Headers.of("Accept", accept)).status()).isEqualTo(400);
  }

  @Test
  void acs3_namesItsActionInAHeader() {
    Headers headers = Headers.of("Accept", BROWSER).with("x-acs-action", "PushSimple");

    assertThat(ask("GET", "/", "", headers).status()).isEqualTo(400);
    assertThat(ask("GET", "/", "", Headers.NONE).status()).isEqualTo(400);
  }
}
