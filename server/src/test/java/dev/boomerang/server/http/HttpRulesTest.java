// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.server.http.HttpConfig.Limits;
import dev.boomerang.server.http.HttpConfig.MaxConnections;
import dev.boomerang.server.http.RawClient.Answer;
import dev.boomerang.web.ApiError;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.RequestRouter;
import dev.boomerang.web.Route;
import dev.boomerang.web.Routes;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What HTTP asks of any server, and what a server owes itself.
@Timeout(60)
class HttpRulesTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2026-11-08T08:49:37.5Z");

  private final AtomicInteger served = new AtomicInteger();
  private final RequestRouter requestRouter =
      new Routes(
          List.of(
              new Route("GET", "/thing", _ -> Reply.of(200, "text/plain", "a thing")),
              new Route("DELETE", "/thing", _ -> Reply.empty(204)),
              new Route("POST", "/only-post", call -> Reply.json(200, call.body().text())),
              new Route(
                  "POST",
                  "/members",
                  call -> {
                    served.incrementAndGet();
                    return Reply.json(200, "\"" + call.body().bytes().length + "\"");
                  },
                  call ->
                      call.header("Token").isPresent()
                          ? new HeadResult.Authenticated("member")
                          : new HeadResult.Refused(ApiError.of(401, "who", "are you"))),
              new Route("GET", "/health/live", _ -> Reply.json(200, "{}"))));
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private HttpServer start(Limits limits, TimeSource time) throws IOException {
    var config = new HttpConfig("127.0.0.1", 0, Optional.empty(), limits);
    HttpServer server = HttpServer.open(config, requestRouter, HttpServerListener.NONE, time);
    open.add(server);
    return server;
  }

  private HttpServer start() throws IOException {
    return start(
        limits(new MaxConnections(100, 100), LONG),
        new TimeSource(Clock.fixed(NOW, ZoneOffset.UTC), System::nanoTime));
  }

  private static Limits limits(MaxConnections connections, Duration callTime) {
    return new Limits(100_000, 100, SystemTime.MEMORY, connections, callTime, LONG, LONG);
  }

  private RawClient client(HttpServer server) throws IOException {
    var client = new RawClient(server.port());
    open.add(client);
    return client;
  }

  private static String head(String line, String... headers) {
    return line + " HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n";
  }

  private static String header(Answer answer, String name) {
    return answer
        .head()
        .lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  @Test
  void head_hasTheHeadersOfGet_andNoBody() throws Exception {
    RawClient client = client(start());

    Answer get = client.send(head("GET /thing")).read();
    client.send(head("HEAD /thing") + head("DELETE /thing"));
    String head = client.readHead();

    assertThat(head).isEqualTo(get.head());
    assertThat(header(get, "Content-Length")).isEqualTo("7");
    // What follows on the connection is the next answer, and no body.
    assertThat(client.read().status()).isEqualTo(204);
  }

  @Test
  void everyAnswer_hasADate() throws Exception {
    RawClient client = client(start());

    for (String request : List.of("GET /thing", "GET /nothing", "PUT /thing", "OPTIONS /thing")) {
      assertThat(header(client.send(head(request)).read(), "Date"))
          .isEqualTo("Sun, 08 Nov 2026 08:49:37 GMT");
    }
    assertThat(header(client.send("no http\r\n\r\n").read(), "Date")).isNotEmpty();
  }

  @Test
  void otherMethod_is405_andSaysWhichAreAllowed() throws Exception {
    RawClient client = client(start());

    Answer ofThing = client.send(head("PUT /thing")).read();
    Answer ofPost = client.send(head("GET /only-post")).read();

    assertThat(ofThing.status()).isEqualTo(405);
    assertThat(header(ofThing, "Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
    assertThat(ofPost.status()).isEqualTo(405);
    assertThat(header(ofPost, "Allow")).isEqualTo("OPTIONS, POST");
    assertThat(client.send(head("HEAD /only-post")).readHead()).startsWith("HTTP/1.1 405");
  }

  @Test
  void options_saysWhatAPathTakes() throws Exception {
    RawClient client = client(start());

    Answer answer = client.send(head("OPTIONS /thing")).read();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(header(answer, "Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
    assertThat(client.send(head("OPTIONS /nothing")).read().status()).isEqualTo(404);
  }

  @Test
  void refusal_ofAShortBody_keepsTheConnection() throws Exception {
    RawClient client = client(start());

    client.send(head("POST /nothing", "Content-Length: 5\r\n") + "12345" + head("GET /thing"));

    assertThat(client.read().status()).isEqualTo(404);
    assertThat(client.read().body()).isEqualTo("a thing");
  }

  @Test
  void unknownPathWithALongBody_isRefusedAtItsHead() throws Exception {
    RawClient client = client(start());

    client.send(head("POST /nothing", "Content-Length: 99999\r\n"));

    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(404);
    assertThat(header(answer, "Connection")).isEqualTo("close");
  }

  @Test
  void strangerWithALongBody_isRefusedAtItsHead() throws Exception {
    HttpServer server = start();

    for (String length : List.of("Content-Length: 20000\r\n", "Transfer-Encoding: chunked\r\n")) {
      assertThat(client(server).send(head("POST /members", length)).read().status()).isEqualTo(401);
    }
    assertThat(served).hasValue(0);
  }

  @Test
  void callerWhoseHeadIsGood_isServed_howeverLongTheBody() throws Exception {
    RawClient client = client(start());

    client.send(head("POST /members", "Token: x\r\n", "Content-Length: 70000\r\n"));
    client.send("x".repeat(70_000));
    assertThat(client.read().body()).isEqualTo("\"70000\"");

    client.send(head("POST /members", "Token: x\r\n", "Transfer-Encoding: chunked\r\n"));
    client.send("3\r\nabc\r\n0\r\n\r\n");
    assertThat(client.read().body()).isEqualTo("\"3\"");
  }

  @Test
  void headThatNeverEnds_is408_thoughBytesKeepComing() throws Exception {
    var nanos = new AtomicLong();
    HttpServer server =
        start(
            limits(new MaxConnections(100, 100), Duration.ofSeconds(1)),
            new TimeSource(Clock.systemUTC(), nanos::get));
    RawClient fresh = client(server);
    RawClient kept = client(server);
    assertThat(kept.send(head("GET /thing")).read().status()).isEqualTo(200);

    for (RawClient client : List.of(fresh, kept)) {
      client.send("GET /thing HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    }
    awaitBytes(server, fresh, kept);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());

    for (RawClient client : List.of(fresh, kept)) {
      assertThat(client.read().status()).isEqualTo(408);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  /// Another connection's answer comes after the one event loop has read what was sent before.
  private void awaitBytes(HttpServer server, RawClient... clients) throws IOException {
    for (RawClient client : clients) {
      client.send("a");
    }
    for (int i = 0; i < 3; i++) {
      assertThat(client(server).send(head("GET /thing")).read().status()).isEqualTo(200);
    }
  }

  @Test
  void stepOfTheClock_endsNoCall() throws Exception {
    var clock = new ManualClock(NOW);
    // A sweep each 10 ms, and no time that passes by the monotonic clock.
    HttpServer server =
        start(
            limits(new MaxConnections(100, 100), Duration.ofMillis(40)),
            new TimeSource(clock, () -> 0));
    RawClient client = client(server);
    client.send(head("POST /only-post", "Content-Length: 2\r\n") + "1");
    RawClient other = client(server);
    assertThat(other.send(head("GET /thing")).read().status()).isEqualTo(200);

    clock.advance(Duration.ofHours(1));
    for (int i = 0; i < 500; i++) {
      assertThat(other.send(head("GET /thing")).read().status()).isEqualTo(200);
    }

    assertThat(client.send("2").read().body()).isEqualTo("12");
  }

  @Test
  void silentConnections_giveWay_toThoseThatSpeak() throws Exception {
    HttpServer server = start(limits(new MaxConnections(1_000, 20), LONG), SystemTime.SYSTEM);
    for (int i = 0; i < 200; i++) {
      client(server);
    }

    for (String path : List.of("/health/live", "/thing")) {
      assertThat(client(server).send(head("GET " + path)).read().status()).isEqualTo(200);
    }
  }

  @Test
  void healthChecks_haveAPlace_whenEverybodyElseSpeaks() throws Exception {
    HttpServer server = start(limits(new MaxConnections(10, 10), LONG), SystemTime.SYSTEM);
    for (int i = 0; i < 10; i++) {
      assertThat(client(server).send(head("GET /thing")).read().status()).isEqualTo(200);
    }

    assertThat(client(server).send(head("GET /health/live")).read().status()).isEqualTo(200);
    Answer other = client(server).send(head("GET /thing")).read();
    assertThat(other.status()).isEqualTo(503);
    assertThat(header(other, "Retry-After")).isEqualTo("1");
  }

  @Test
  void headsThatStall_holdNoMoreThanTheirShare_andKeepNobodyOut() throws Exception {
    var limits =
        new Limits(100_000, 100, 1 << 20, new MaxConnections(1_000, 1_000), LONG, LONG, LONG);
    HttpServer server = start(limits, SystemTime.SYSTEM);
    var stalled = new ArrayList<RawClient>();
    for (int i = 0; i < 30; i++) {
      RawClient slow = client(server);
      slow.send("GET /thing HTTP/1.1\r\nX: " + "x".repeat(30_000));
      stalled.add(slow);
    }

    assertThat(client(server).send(head("GET /thing")).read().status()).isEqualTo(200);
    assertThat(stalled.getLast().isClosedByServer()).isTrue();
  }

  @Test
  void bodiesThatStall_giveWay_toThoseThatCome() throws Exception {
    var limits =
        new Limits(100_000, 100, 1 << 20, new MaxConnections(1_000, 1_000), LONG, LONG, LONG);
    HttpServer server = start(limits, SystemTime.SYSTEM);
    var stalled = new ArrayList<RawClient>();
    for (int i = 0; i < 30; i++) {
      RawClient slow = client(server);
      slow.send(head("POST /only-post", "Content-Length: 90000\r\n"));
      slow.send("x".repeat(89_999));
      stalled.add(slow);
    }

    RawClient honest = client(server);
    honest.send(head("POST /only-post", "Content-Length: 90000\r\n") + "y".repeat(90_000));

    assertThat(honest.read().status()).isEqualTo(200);
    Answer cutOff = stalled.getFirst().read();
    assertThat(cutOff.status()).isEqualTo(503);
    assertThat(cutOff.body()).contains("too-busy");
  }
}
