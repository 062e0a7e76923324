// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.server.http.RawClient.Answer;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.Route;
import dev.boomerang.web.Routes;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What JPush's own clients send, as it was captured, is understood; see points 16 to 23 of the
/// wire reference.
@Timeout(60)
class ToleranceTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    var routes =
        new Routes(
            List.of(
                new Route(Route.ANY, "/", said("root")),
                new Route("GET", "/v3/devices/{id}", said("device")),
                new Route("POST", "/v3/devices/{id}", said("device")),
                new Route("POST", "/v3/devices/status", said("status")),
                new Route("GET", "/v3/push/cid", said("cid")),
                new Route("DELETE", "/v3/push/{id}", said("recall")),
                new Route("POST", "/v3/push", said("push")),
                new Route("GET", "/v3/aliases/{alias}", said("alias")),
                new Route("GET", "/v3/tags", said("tags")),
                new Route("DELETE", "/v3/tags/{tag}", said("tag")),
                new Route("GET", "/v3/tags/{tag}/registration_ids/{id}", said("member"))));
    server =
        HttpServer.open(
            new HttpConfig("127.0.0.1", 0, Optional.empty(), HttpConfig.Limits.DEFAULT),
            routes,
            HttpServerListener.NONE,
            SystemTime.SYSTEM);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /// Which route it was, and what it understood.
  private static Endpoint said(String route) {
    return call -> Reply.of(200, "text/plain", route + describe(call));
  }

  private static String describe(Call call) {
    return " " + new TreeMap<>(call.params()) + " " + call.query() + "|" + call.body().text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json;charset:utf-8",
        "application/json; charset=utf-8",
        "application/x-www-form-urlencoded",
        "text/plain",
        ";;;",
        "multipart/form-data"
      })
  void contentType_whateverItSays_theBodyArrivesAsItWas(String contentType) throws Exception {
    Answer answer =
        ask(
            "POST /v3/push",
            "Content-Type: " + contentType + "\r\nContent-Length: 7\r\n",
            "{\"a\":1}");

    assertThat(answer.body()).isEqualTo("push {} |{\"a\":1}");
  }

  @Test
  void body_ofAGetOrDelete_isRead_andTheConnectionGoesOn() throws Exception {
    try (var client = new RawClient(server.port())) {
      for (int i = 0; i < 3; i++) {
        client.send(request("GET /v3/tags", "Content-Length: 4\r\n", "null"));
        assertThat(client.read().body()).isEqualTo("tags {} |null");
        client.send(request("DELETE /v3/tags/t1", "Content-Length: 4\r\n", "null"));
        assertThat(client.read().body()).isEqualTo("tag {tag=t1} |null");
      }
    }
  }

  @Test
  void body_ofADelete_inChunks_isRead() throws Exception {
    Answer answer =
        ask("DELETE /v3/tags/t1", "Transfer-Encoding: chunked\r\n", "4\r\nnull\r\n0\r\n\r\n");

    assertThat(answer.body()).isEqualTo("tag {tag=t1} |null");
  }

  @Test
  void body_inSingleByteChunksAndPackets_isPutTogether() throws Exception {
    try (var client = new RawClient(server.port())) {
      client.send(request("POST /v3/push", "Transfer-Encoding: chunked\r\n", ""));
      for (byte one : "推送".getBytes(UTF_8)) {
        client.send("1\r\n").send(new byte[] {one}).send("\r\n");
      }
      client.send("0\r\n\r\n");

      assertThat(client.read().body()).isEqualTo("push {} |推送");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v3/tags", "/v3/tags/", "/v3//tags", "//v3/tags//"})
  void slashes_atTheEndOrDoubled_doNotCount(String path) throws Exception {
    assertThat(ask("GET " + path).body()).isEqualTo("tags {} |");
  }

  @Test
  void slashes_doubledBeforeAName_doNotCount() throws Exception {
    assertThat(ask("DELETE /v3/tags//t1").body()).isEqualTo("tag {tag=t1} |");
    assertThat(ask("GET /v3/tags//t1/registration_ids/r").body())
        .isEqualTo("member {id=r, tag=t1} |");
    assertThat(ask("GET /v3/aliases/a/?platform=x").body())
        .isEqualTo("alias {alias=a} platform=x|");
  }

  @Test
  void slash_escaped_belongsToTheName() throws Exception {
    assertThat(ask("DELETE /v3/tags/a%2Fb").body()).isEqualTo("tag {tag=a/b} |");
  }

  @Test
  void root_isStillFound() throws Exception {
    assertThat(ask("POST /").body()).isEqualTo("root {} |");
    assertThat(ask("POST /?a=b").body()).isEqualTo("root {} a=b|");
  }

  @ParameterizedTest
  @ValueSource(strings = {"深圳", "%E6%B7%B1%E5%9C%B3", "%e6%b7%b1圳"})
  void name_inRawUtf8_isTheSameAsEscaped(String tag) throws Exception {
    assertThat(ask("DELETE /v3/tags/" + tag).body()).isEqualTo("tag {tag=深圳} |");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@!#$&*+=.|￥", "a{b}^c", "100%", "%zz", "😀"})
  void name_ofCharactersThatAliasesMayHave_isTaken(String alias) throws Exception {
    assertThat(ask("GET /v3/aliases/" + alias).body()).isEqualTo("alias {alias=" + alias + "} |");
  }

  /// RFC 9112, section 3.2: such a line should be refused, not put right, because it may be made to
  /// slip past a filter before us. A client has to write `%20`.
  @Test
  void name_withARawSpace_is400() throws Exception {
    assertThat(ask("GET /v3/aliases/a b").status()).isEqualTo(400);
    assertThat(ask("GET /v3/aliases/a%20b").body()).isEqualTo("alias {alias=a b} |");
  }

  @Test
  void fixedPart_winsOverAName_whateverTheOrderOfTheRoutes() throws Exception {
    assertThat(ask("POST /v3/devices/status").body()).isEqualTo("status {} |");
    assertThat(ask("POST /v3/devices/status/").body()).isEqualTo("status {} |");
    assertThat(ask("POST /v3/devices/other").body()).isEqualTo("device {id=other} |");
    assertThat(ask("GET /v3/push/cid").body()).isEqualTo("cid {} |");
  }

  @Test
  void fixedPart_winsOverAName_evenIfItDoesNotTakeTheMethod() throws Exception {
    assertThat(ask("DELETE /v3/push/cid").status()).isEqualTo(405);
    assertThat(ask("DELETE /v3/push/18").body()).isEqualTo("recall {id=18} |");
  }

  @Test
  void path_thatNobodyHas_is404() throws Exception {
    assertThat(ask("GET /v3/devices").status()).isEqualTo(404);
    assertThat(ask("GET /v3/tags/t/more").status()).isEqualTo(404);
    assertThat(ask("PUT /v3/tags").status()).isEqualTo(405);
  }

  /// `jpush-async` 4.2.0 parses whatever one read of its socket gives.
  @Test
  void reply_comesInOneWrite() throws Exception {
    String body = "x".repeat(2_000);
    byte[] request = request("POST /v3/push", "Content-Length: 2000\r\n", body).getBytes(UTF_8);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      for (int i = 0; i < 100; i++) {
        socket.getOutputStream().write(request);
        var packet = new byte[65_536];
        int length = socket.getInputStream().read(packet);

        assertThat(new String(packet, 0, length, UTF_8)).startsWith("HTTP/1.1 200").endsWith(body);
      }
    }
  }

  private Answer ask(String start) throws IOException {
    return ask(start, "", "");
  }

  private Answer ask(String start, String headers, String body) throws IOException {
    try (var client = new RawClient(server.port())) {
      return client.send(request(start, headers, body)).read();
    }
  }

  private static String request(String start, String headers, String body) {
    return start + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
  }
}
