// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.text.TrustedProxies;
import dev.boomerang.server.http.HttpConfig.Limits;
import dev.boomerang.web.RequestRouter;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who called, as the endpoints are told.
class ForwardedHeadersTest {
  private static Reply told(Call call) {
    return Reply.of(
        200,
        "text/plain",
        call.remote()
            + " "
            + call.header("X-Forwarded-For").orElse("-")
            + " "
            + call.header("X-Forwarded-Proto").orElse("-")
            + " "
            + call.header("X-Forwarded-Host").orElse("-"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                    | X-Forwarded-For: 192.0.2.1                          | 127.0.0.1 - - -
          ''                    | X-Forwarded-Proto: https;X-Forwarded-Host: evil     | 127.0.0.1 - - -
          10.0.0.0/8            | X-Forwarded-For: 192.0.2.1                          | 127.0.0.1 - - -
          127.0.0.1             | X-Forwarded-Proto: https;X-Forwarded-Host: a.test   | 127.0.0.1 - https a.test
          127.0.0.1             | X-Forwarded-For: 192.0.2.1                          | 192.0.2.1 - - -
          127.0.0.1             | X-Forwarded-For: 10.9.9.9, 192.0.2.1                | 192.0.2.1 - - -
          127.0.0.1, 10.0.0.0/8 | X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.1.2.3       | 192.0.2.1 - - -
          127.0.0.1, 10.0.0.0/8 | X-Forwarded-For: 192.0.2.1;X-Forwarded-For: 10.0.0.9 | 192.0.2.1 - - -
          127.0.0.1, 10.0.0.0/8 | X-Forwarded-For: 10.0.0.1, 10.0.0.2                 | 10.0.0.1 - - -
          127.0.0.1             | X-Forwarded-For: 192.0.2.1:40000                    | 192.0.2.1 - - -
          127.0.0.1             | X-Forwarded-For: [2001:db8::1]:40000                | 2001:db8:0:0:0:0:0:1 - - -
          127.0.0.1             | X-Forwarded-For: ::ffff:192.0.2.1                   | 192.0.2.1 - - -
          127.0.0.1             | X-Forwarded-For: unknown                            | 127.0.0.1 - - -
          127.0.0.1, 10.0.0.0/8 | X-Forwarded-For: 6.6.6.6, _hidden, 10.0.0.2         | 10.0.0.2 - - -
          127.0.0.1             | X-Forwarded-For: localhost                          | 127.0.0.1 - - -
          127.0.0.1             | X-Forwarded-For:                                    | 127.0.0.1 - - -
          """)
  void caller_isWhomTrustedProxiesTell(String proxies, String headers, String expected)
      throws IOException {
    var config =
        new HttpConfig(
            "127.0.0.1",
            0,
            Optional.empty(),
            Limits.DEFAULT,
            TrustedProxies.parse(proxies).orElseThrow());
    try (HttpServer server =
            HttpServer.open(
                config,
                RequestRouter.of(ForwardedHeadersTest::told),
                HttpServerListener.NONE,
                new TimeSource(Clock.systemUTC(), System::nanoTime));
        var client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n" + headers.replace(";", "\r\n") + "\r\n\r\n");

      assertThat(client.read().body()).isEqualTo(expected);
    }
  }
}
