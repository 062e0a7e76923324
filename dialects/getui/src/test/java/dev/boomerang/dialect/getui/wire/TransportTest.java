// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests what holds for every request, whatever its action.
class TransportTest {
  private static final String HOSTS =
      "{'action':'getOSPushDomailUrlListAction','appkey':'appKeyX'}";

  private final WireFixture wire = new WireFixture();

  @AfterEach
  void close() {
    wire.close();
  }

  private Reply call(String method, String path, String body, Headers headers) {
    return wire.fixture.answer(
        new Call(
            method,
            path,
            "",
            headers,
            Body.of(body.replace('\'', '"')),
            WireFixture.HERE,
            Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD, /apiex.htm",
    "GET, /apiex.htm",
    "POST, /apiex.htm",
    "HEAD, /serviceex",
    "GET, /serviceex",
    "POST, /serviceex"
  })
  void emptyBody_isAnswered(String method, String path) {
    assertThat(call(method, path, "", Headers.NONE).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html;charset=UTF-8", "application/x-www-form-urlencoded", "image/png", ""})
  void contentType_isIgnored(String type) {
    Headers headers = Headers.of("Host", "h").with("Content-Type", type);

    assertThat(
            GetuiFixture.json(call("POST", "/serviceex", HOSTS, headers)).path("result").asText())
        .isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource({
    "http, push.test:7300, '', '', http://push.test:7300/apiex.htm",
    "http, push.test:80, '', '', http://push.test/apiex.htm",
    "https, push.test:443, '', https, https://push.test/apiex.htm",
    "https, 10.0.0.1:7300, push.test, https, https://push.test/apiex.htm",
    "https, 10.0.0.1:7300, 'push.test:8443, inner', 'https, http', https://push.test:8443/apiex.htm"
  })
  void hosts_areTheCallersOwn(
      String name, String host, String forwarded, String proto, String url) {
    Headers headers =
        Headers.of("Host", host)
            .with("X-Forwarded-Host", forwarded)
            .with("X-Forwarded-Proto", proto);

    var answer = GetuiFixture.json(call("POST", "/apiex.htm", HOSTS, headers));

    assertThat(answer.path("osList")).as(name).hasSize(1);
    assertThat(answer.path("osList").get(0).asText()).isEqualTo(url);
  }

  @Test
  void hosts_namePathThatWasAsked() {
    assertThat(call("POST", "/serviceex", HOSTS, Headers.of("Host", "h:1")).body().text())
        .contains("http://h:1/serviceex");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "null", "1", "{}", "{'action':null}", "\u001f\u008b"})
  void nonsense_isAnError_with200(String body) {
    Reply reply = call("POST", "/apiex.htm", body, Headers.NONE);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(GetuiFixture.json(reply).path("result").asText()).isEqualTo("Error");
  }

  /// Compresses the answer also where a proxy has decompressed the request.
  @Test
  void compressed_isAnsweredCompressed() {
    byte[] body = HOSTS.replace('\'', '"').getBytes(UTF_8);
    byte[] zipped = Gzip.compress(Reply.json(200, new String(body, UTF_8))).body().bytes();
    Headers asked = Headers.of("Host", "h").with("Content-Encoding", "gzip");

    for (Reply reply :
        new Reply[] {
          wire.send(zipped, asked, WireFixture.HERE),
          wire.send(zipped, Headers.of("Host", "h"), WireFixture.HERE),
          wire.send(body, asked, WireFixture.HERE)
        }) {
      assertThat(reply.headers().get("Content-Encoding")).contains("gzip");
      assertThat(reply.body().text()).doesNotContain("osList");
      assertThat(Gzip.decompress(reply.body()).text()).contains("osList");
    }
    assertThat(wire.send(body, Headers.of("Host", "h"), WireFixture.HERE).body().text())
        .contains("osList");
  }

  @Test
  void brokenGzip_isRefused() {
    byte[] broken = {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3};

    Reply reply = wire.send(broken, Headers.of("Content-Encoding", "gzip"), WireFixture.HERE);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(Gzip.decompress(reply.body()).text()).contains("\"Error\"");
  }

  @Test
  void decompressionBomb_isRefused() {
    Reply huge = Reply.json(200, " ".repeat(Gzip.MAX_BYTES + 1));

    Reply reply = wire.send(Gzip.compress(huge).body().bytes(), Headers.NONE, WireFixture.HERE);

    assertThat(Gzip.decompress(reply.body()).text()).contains("\"Error\"");
  }

  /// Checks the answers in which the C# library looks for `ok` anywhere.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "stopTaskAction, \"\"",
        "stopTaskAction, \"'contentId':'OSL-0101_ok'\"",
        "cancleContentIdAction, \"'contentId':'token'\"",
        "getContentIdAction, \"\"",
        "getContentIdAction, \"'contentType':1,'clientData':'ok ok!'\"",
        "getContentIdAction, \"'contentType':'ok'\""
      })
  void failure_containsNoOk_whereLibrariesLookForIt(String action, String fields) {
    String text = wire.reply(action, fields).body().text();

    assertThat(text).contains("result").doesNotContain("ok");
  }

  @Test
  void failureCodeWithOk_isReplaced_whereLibrariesLookForIt() {
    Failure failure = Failure.of(WireResult.UNKNOWN_USER);

    assertThat(WireReplies.failed("stopTaskAction", failure).toString()).doesNotContain("ok");
    assertThat(WireReplies.failed("pushMessageToSingleAction", failure).path("result").asText())
        .isEqualTo("TokenMD5NoUsers");
  }

  @Test
  void reason_neverContainsWhatLibrariesLookFor() {
    assertThat(WireReplies.failed("x", new Failure("Error", "a domain_error it is")).toString())
        .isEqualTo("{\"result\":\"Error\"}");
    assertThat(WireReplies.failed("x", new Failure("Error", "must be shorter")).toString())
        .isEqualTo("{\"result\":\"Error\",\"desc\":\"must be shorter\"}");
  }

  @Test
  void aliasFailure_hasItsOwnFields() {
    assertThat(WireReplies.failed("alias_bind", new Failure("Error", "too long")).toString())
        .isEqualTo("{\"result\":\"Error\",\"error_code\":\"Error\",\"error_msg\":\"too long\"}");
  }
}
