// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.server.http.HttpConfig.Limits;
import dev.boomerang.server.http.HttpConfig.MaxConnections;
import dev.boomerang.server.http.RawClient.Answer;
import dev.boomerang.web.Endpoint;
import dev.boomerang.web.RequestRouter;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpServerTest {
  private static final String EMPTY_POST =
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";

  /// Says what it understood.
  private static final Endpoint ECHO =
      call ->
          Reply.of(
              200,
              "text/plain",
              String.join("|", call.method(), call.path(), call.query(), call.body().text()));

  private final List<HttpServer> open = new ArrayList<>();

  @AfterEach
  void closeAll() {
    open.forEach(HttpServer::close);
  }

  @Test
  void call_hasWhatTheRequestSaid() throws Exception {
    var seen = new CompletableFuture<Call>();
    HttpServer server =
        start(
            call -> {
              seen.complete(call);
              return Reply.empty(204);
            });

    try (var client = new RawClient(server.port())) {
      client.send("PATCH /a%20b?c=%2B&d HTTP/1.1\r\nHost: here\r\n");
      client.send("X-One: 1\r\nx-one: 2\r\nContent-Length: 2\r\n\r\nhi");

      assertThat(client.read().status()).isEqualTo(204);
    }
    Call call = seen.get();
    assertThat(call.method()).isEqualTo("PATCH");
    assertThat(call.path()).isEqualTo("/a%20b");
    assertThat(call.query()).isEqualTo("c=%2B&d");
    assertThat(call.headers().all("x-ONE")).containsExactly("1", "2");
    assertThat(call.body().text()).isEqualTo("hi");
    assertThat(call.remote()).isEqualTo("127.0.0.1");
  }

  @Test
  void requestLine_rawUtf8_arrivesPercentEncoded() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send("GET /v3/tags/标签?t=值 HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(client.read().body()).isEqualTo("GET|/v3/tags/%E6%A0%87%E7%AD%BE|t=%E5%80%BC|");
    }
  }

  @Test
  void requestLine_oddCharacters_areTaken() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send("GET /a{b}|c^d?e=\"f\"&g=<h>&i=%zz HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(client.read().body()).isEqualTo("GET|/a{b}|c^d|e=\"f\"&g=<h>&i=%zz|");
    }
  }

  @Test
  void requestLine_absoluteForm_losesSchemeAndHost() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send("GET http://push.example.com/a?b=c HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("GET|/a|b=c|");

      client.send("GET http://push.example.com?b=c HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("GET|/|b=c|");
    }
  }

  @Test
  void requestLine_thatIsNone_gets400AndHarmsNobody() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send("\u0016\u0003\u0001 nonsense\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(400);
    }
    assertThat(get(server, "/").status()).isEqualTo(200);
  }

  @Test
  void body_chunked_isPutTogether() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      client.send("4\r\ndefg\r\n0\r\n\r\n");

      assertThat(client.read().body()).isEqualTo("POST|/||abcdefg");
    }
  }

  @Test
  void contentEncoding_utf8_disturbsNothing() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: UTF-8\r\nContent-Length: 6\r\n\r\n推送");

      assertThat(client.read().body()).isEqualTo("POST|/||推送");
    }
  }

  @Test
  void body_declaredTooLarge_gets413BeforeItIsSent() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1025\r\n\r\n");

      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).contains("body-too-large").contains("1024 bytes");
      client.send("x".repeat(1025));
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void body_chunkedTooLarge_gets413AndIsCutOff() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("800\r\n" + "x".repeat(0x800) + "\r\n");

      assertThat(client.read().status()).isEqualTo(413);
      client.send("0\r\n\r\n");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void body_ofExactlyTheLimit_isTaken() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1024\r\n\r\n" + "x".repeat(1024));

      assertThat(client.read().body()).endsWith("x".repeat(1024));
    }
  }

  @Test
  void expectContinue_isToldToGoOn() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(100);
      client.send("ok");

      assertThat(client.read().body()).isEqualTo("POST|/||ok");
    }
  }

  @Test
  void requests_pipelined_areAnsweredInOrder() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      var all = new StringBuilder();
      for (int i = 1; i <= 3; i++) {
        all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
      }
      client.send(all.toString());

      assertThat(client.read().body()).isEqualTo("GET|/1||");
      assertThat(client.read().body()).isEqualTo("GET|/2||");
      assertThat(client.read().body()).isEqualTo("GET|/3||");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 129, 1_000})
  void requests_pipelinedByTheHundred_allGetTheirAnswer(int count) throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send(
          IntStream.range(0, count)
              .mapToObj(i -> "GET /" + i + " HTTP/1.1\r\nHost: x\r\n\r\n")
              .collect(Collectors.joining()));

      for (int i = 0; i < count; i++) {
        assertThat(client.read().body()).isEqualTo("GET|/" + i + "||");
      }
    }
  }

  @Test
  void connection_ofHttp10_isClosedAfterTheAnswer() throws Exception {
    HttpServer server = start(ECHO);

    try (var client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.0\r\n\r\n");

      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void slowClient_thatNeverFinishes_gets408() throws Exception {
    HttpServer server = start(ECHO, limits(10, Duration.ofMillis(200)));

    try (var client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");

      assertThat(client.read().status()).isEqualTo(408);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void endpoint_thatTakesTooLong_gets503() throws Exception {
    var release = new CountDownLatch(1);
    HttpServer server =
        start(
            _ -> {
              await(release);
              return Reply.empty(200);
            },
            limits(10, Duration.ofMillis(200)));

    try (var client = new RawClient(server.port())) {
      client.send(EMPTY_POST);

      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("timeout");
      release.countDown();
      assertThat(client.send(EMPTY_POST).read().status()).isEqualTo(200);
    }
  }

  @Test
  void calls_beyondTheLimit_get503WithRetryAfter() throws Exception {
    var running = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    HttpServer server =
        start(
            _ -> {
              running.countDown();
              await(release);
              return Reply.empty(200);
            },
            limits(2, Duration.ofSeconds(30)));

    try (var one = new RawClient(server.port());
        var two = new RawClient(server.port());
        var three = new RawClient(server.port())) {
      one.send(EMPTY_POST);
      two.send(EMPTY_POST);
      await(running);

      Answer refused = three.send(EMPTY_POST).read();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.head()).containsIgnoringCase("retry-after: 1");
      release.countDown();
      assertThat(one.read().status()).isEqualTo(200);
      assertThat(two.read().status()).isEqualTo(200);
    }
  }

  @Test
  void endpoint_thatThrows_gets500WithoutItsMessage() throws Exception {
    HttpServer server =
        start(
            _ -> {
              throw new IllegalStateException("inner workings");
            });

    Answer answer = get(server, "/");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).contains("internal-error").doesNotContain("inner workings");
    assertThat(answer.head()).containsIgnoringCase("x-request-id: ");
  }

  @Test
  void client_thatHangsUp_breaksNothing() throws Exception {
    var entered = new Semaphore(0);
    var release = new CountDownLatch(1);
    HttpServer server =
        start(
            call -> {
              entered.release();
              if (call.path().equals("/wait")) {
                await(release);
              }
              return Reply.of(200, "text/plain", "x".repeat(100_000));
            });

    for (int i = 0; i < 20; i++) {
      try (var client = new RawClient(server.port())) {
        client.send("POST /wait HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
      }
      try (var client = new RawClient(server.port())) {
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
      }
    }
    assertThat(entered.tryAcquire(20, 10, TimeUnit.SECONDS)).isTrue();
    release.countDown();

    assertThat(get(server, "/").status()).isEqualTo(200);
  }

  @Test
  void manyClients_areServedAtOnce() throws Exception {
    HttpServer server = start(ECHO);

    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 64)
              .mapToObj(i -> pool.submit(() -> hundredCalls(server, "/" + i)))
              .toList();

      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(100);
      }
    }
  }

  @Test
  void connections_beyondTheLimit_areClosed() throws Exception {
    HttpServer server =
        start(
            ECHO,
            new Limits(
                1024,
                10,
                SystemTime.MEMORY,
                new MaxConnections(1, 1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5)));

    try (var first = new RawClient(server.port())) {
      assertThat(first.send(EMPTY_POST).read().status()).isEqualTo(200);
      try (var second = new RawClient(server.port())) {
        assertThat(second.isClosedByServer()).isTrue();
      }
      assertThat(first.send(EMPTY_POST).read().status()).isEqualTo(200);
    }
  }

  @Test
  void connection_idle_isClosed() throws Exception {
    HttpServer server =
        start(
            ECHO,
            new Limits(
                1024,
                10,
                SystemTime.MEMORY,
                new MaxConnections(10, 10),
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                Duration.ofSeconds(5)));

    try (var client = new RawClient(server.port())) {
      assertThat(client.send(EMPTY_POST).read().status()).isEqualTo(200);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void close_letsTheCallInFlightEnd() throws Exception {
    var running = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    HttpServer server =
        start(
            _ -> {
              running.countDown();
              await(release);
              return Reply.of(200, "text/plain", "done");
            });

    try (var client = new RawClient(server.port())) {
      client.send(EMPTY_POST);
      await(running);
      Thread closing = Thread.ofVirtual().start(server::close);
      awaitRefusal(server.port());
      release.countDown();

      assertThat(client.read().body()).isEqualTo("done");
      assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void close_doesNotWaitForeverForACall() throws Exception {
    var running = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    HttpServer server =
        start(
            _ -> {
              running.countDown();
              await(release);
              return Reply.empty(200);
            },
            new Limits(
                1024,
                10,
                SystemTime.MEMORY,
                new MaxConnections(10, 10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMillis(100)));

    try (var client = new RawClient(server.port())) {
      client.send(EMPTY_POST);
      await(running);
      Thread closing = Thread.ofVirtual().start(server::close);

      assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
      release.countDown();
    }
  }

  @Test
  void open_onATakenPort_saysWhich() throws Exception {
    try (var taken = new ServerSocket(0)) {
      var config =
          new HttpConfig("0.0.0.0", taken.getLocalPort(), Optional.empty(), Limits.DEFAULT);

      assertThatThrownBy(
              () ->
                  HttpServer.open(
                      config, RequestRouter.of(ECHO), HttpServerListener.NONE, SystemTime.SYSTEM))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 0.0.0.0:" + taken.getLocalPort());
    }
  }

  @Test
  void listener_hearsOfAnswersAndConnections() throws Exception {
    var statuses = new java.util.concurrent.LinkedBlockingQueue<Integer>();
    var connections = new AtomicInteger();
    var listener =
        new HttpServerListener() {
          @Override
          public void answered(int status, Duration took) {
            statuses.add(status);
          }

          @Override
          public void connections(int now) {
            connections.set(now);
          }
        };
    HttpServer server =
        HttpServer.open(
            new HttpConfig("127.0.0.1", 0, Optional.empty(), limits(10, Duration.ofSeconds(30))),
            RequestRouter.of(ECHO),
            listener,
            SystemTime.SYSTEM);
    open.add(server);

    try (var client = new RawClient(server.port())) {
      client.send(EMPTY_POST).read();

      assertThat(statuses.poll(10, TimeUnit.SECONDS)).isEqualTo(200);
      assertThat(connections).hasValue(1);
    }
  }

  private static int hundredCalls(HttpServer server, String path) throws IOException {
    int good = 0;
    try (var client = new RawClient(server.port())) {
      for (int i = 0; i < 100; i++) {
        byte[] body = ("body " + i).getBytes(UTF_8);
        client.send(
            "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n");
        Answer answer = client.send(body).read();
        if (answer.body().equals("POST|" + path + "||body " + i)) {
          good++;
        }
      }
    }
    return good;
  }

  private static Answer get(HttpServer server, String path) throws IOException {
    try (var client = new RawClient(server.port())) {
      return client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").read();
    }
  }

  /// Until nobody listens there any more.
  private static void awaitRefusal(int port) throws IOException {
    while (true) {
      try (var probe = new RawClient(port)) {
        if (probe.isClosedByServer()) {
          return;
        }
      } catch (java.net.ConnectException _) {
        return;
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Limits limits(int maxInFlight, Duration callTime) {
    return new Limits(
        1024,
        maxInFlight,
        SystemTime.MEMORY,
        new MaxConnections(1_000, 1_000),
        callTime,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  private HttpServer start(Endpoint endpoint) throws IOException {
    return start(endpoint, limits(100, Duration.ofSeconds(30)));
  }

  private HttpServer start(Endpoint endpoint, Limits limits) throws IOException {
    var server =
        HttpServer.open(
            new HttpConfig("127.0.0.1", 0, Optional.empty(), limits),
            RequestRouter.of(endpoint),
            HttpServerListener.NONE,
            SystemTime.SYSTEM);
    open.add(server);
    return server;
  }
}
