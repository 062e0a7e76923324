// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.server.http.RawClient;
import dev.boomerang.web.field.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server with a heap of 256 MiB stays up whatever is sent to it, with a key or without one, and
/// serves honest callers from the same address meanwhile.
@Timeout(180)
class MemoryIT {
  private static final int MOST = 2 * 1024 * 1024;

  @TempDir static Path folder;
  private static CommandProcess server;
  private static int port;
  private static JsonNode demo;
  private static NativeApiClient api;

  @BeforeAll
  static void start() throws Exception {
    server =
        CommandProcess.server(
            folder,
            256,
            "--http-host=127.0.0.1",
            "--http-port=0",
            "--gateway-host=127.0.0.1",
            "--gateway-port=0",
            "--data-dir=" + folder.resolve("data"));
    port = Integer.parseInt(server.awaitLine("ready http=").replaceAll("^.*?:(\\d+) .*", "$1"));
    demo = Json.read(Files.readString(folder.resolve("data/demo.json"), UTF_8)).orElseThrow();
    api = new NativeApiClient(port, demo.path("adminToken").asText());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Sends as much of a request as the server takes; the status of the answer, 0 if there was none.
  private static int send(RawClient client, String head, byte[] body) throws IOException {
    try {
      client.send(head);
      client.send(body);
    } catch (java.net.SocketException _) {
      // Refused before it was whole; what the server said may still be there.
    }
    try {
      return client.read().status();
    } catch (IOException _) {
      return 0;
    }
  }

  private static String head(String path, int length, String... headers) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
        + length
        + "\r\n"
        + String.join("", headers)
        + "\r\n";
  }

  private static String basic(String user, String password) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8))
        + "\r\n";
  }

  private static String jpush() {
    return basic(demo.at("/jpush/appKey").asText(), demo.at("/jpush/masterSecret").asText());
  }

  private static String bearer() {
    return "Authorization: Bearer " + demo.path("adminToken").asText() + "\r\n";
  }

  /// Honest calls of several dialects; a 503 may be sent again, as it says.
  private static void serveHonestCallers() throws Exception {
    var aliyunClient = new AliyunClient(demo, port);
    for (int i = 0; i < 5; i++) {
      assertThat(api.call("GET", "/health/ready", "").statusCode()).isEqualTo(200);
      String push =
          "{\"platform\":\"all\",\"audience\":\"all\",\"message\":{\"msg_content\":\"m\"}}";
      assertThat(
              untilServed(() -> answer(head("/v3/push/validate", push.length(), jpush()) + push)))
          .isEqualTo(200);
      assertThat(untilServed(() -> api.call("GET", "/api/v1/tasks", "").statusCode()))
          .isEqualTo(200);
      assertThat(untilServed(() -> mpaas(aliyunClient))).isEqualTo(200);
    }
  }

  private static int mpaas(AliyunClient aliyunClient) throws Exception {
    try {
      return aliyunClient
              .answer("ListTemplatePage", Map.of("PageNum", "1", "PageSize", "10"))
              .isEmpty()
          ? 500
          : 200;
    } catch (com.aliyuncs.exceptions.ClientException e) {
      return e.getErrCode().equals("ServiceUnavailable") ? 503 : 500;
    }
  }

  private static int answer(String request) throws IOException {
    try (var client = new RawClient(port)) {
      return client.send(request).read().status();
    }
  }

  private static int untilServed(Callable<Integer> call) throws Exception {
    int status = call.call();
    for (int i = 0; i < 200 && status == 503; i++) {
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      status = call.call();
    }
    return status;
  }

  /// Sends a body so many times at once, with honest callers meanwhile; the statuses of the
  /// answers.
  private static List<Integer> attack(int times, String head, byte[] body) throws Exception {
    var statuses = new ArrayList<Integer>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Integer>>();
      for (int i = 0; i < times; i++) {
        answers.add(
            pool.submit(
                () -> {
                  try (var client = new RawClient(port)) {
                    return send(client, head, body);
                  }
                }));
      }
      serveHonestCallers();
      for (Future<Integer> each : answers) {
        statuses.add(each.get());
      }
    }
    assertThat(server.isAlive()).isTrue();
    return statuses;
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  /// The heaviest tree there is for its length.
  private static byte[] wide(String before, int length) {
    int count = (length - before.length() - 10) / 3;
    return (before + "[[]" + ",[]".repeat(count) + "]}").getBytes(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/apiex.htm",
        "/message/auth",
        "/v2/app/auth",
        "/device/v1/registrations",
        "/v3/push",
        "/nothing"
      })
  void bodiesThatNeverEnd_areCutOff(String path) throws Exception {
    var open = new ConcurrentLinkedQueue<RawClient>();
    byte[] most = new byte[MOST - 1];
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 300; i++) {
        var _ =
            pool.submit(
                () -> {
                  var client = new RawClient(port);
                  open.add(client);
                  return client.send(head(path, MOST)).send(most);
                });
      }
      serveHonestCallers();
    }
    serveHonestCallers();
    assertThat(server.isAlive()).isTrue();
    for (RawClient client : open) {
      client.close();
    }
  }

  @Test
  void packedBodies_areNotUnpackedForStrangers() throws Exception {
    byte[] bomb = gzip(wide("{\"action\":\"pushMessageToListAction\",\"x\":", 32 << 20));

    assertThat(attack(40, head("/apiex.htm", bomb.length), bomb)).contains(200).doesNotContain(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/apiex.htm",
        "/message/auth",
        "/v1/app/auth_sign",
        "/v2/app/auth",
        "/v3/push",
        "/api/v1/pushes",
        "/device/v1/registrations"
      })
  void packedBodies_harmNoDialect(String path) throws Exception {
    byte[] bomb = gzip(new byte[32 << 20]);

    attack(40, head(path, bomb.length, "Content-Encoding: gzip\r\n", jpush()), bomb);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apiex.htm",
        "/message/auth",
        "/v1/app/auth_sign",
        "/v2/app/auth",
        "/device/v1/registrations"
      })
  void wideJson_ofStrangers_isRefused(String path) throws Exception {
    byte[] body = wide("{\"x\":", MOST);

    assertThat(attack(40, head(path, body.length), body)).doesNotContain(500);
  }

  @Test
  void wideJson_ofThoseWithAKey_isRefused() throws Exception {
    byte[] body = wide("{\"x\":", MOST);

    assertThat(attack(40, head("/v3/push", body.length, jpush()), body))
        .isSubsetOf(413, 503, 0)
        .contains(413);
    assertThat(attack(40, head("/api/v1/pushes", body.length, bearer()), body))
        .isSubsetOf(413, 503, 0)
        .contains(413);
  }

  @Test
  void deepJson_isRefused() throws Exception {
    byte[] body = ("{\"x\":" + "[".repeat(MOST - 10)).getBytes(UTF_8);

    assertThat(attack(40, head("/message/auth", body.length), body)).doesNotContain(500);
    assertThat(attack(40, head("/api/v1/pushes", body.length, bearer()), body))
        .isSubsetOf(400, 413, 503, 0);
  }

  @Test
  void parametersByTheHundredThousand_areRefused() throws Exception {
    var body = new StringBuilder("Action=PushSimple&Format=JSON");
    for (int i = 0; body.length() < MOST - 20; i++) {
      body.append('&').append(Integer.toString(i, 36));
    }
    byte[] bytes = body.toString().getBytes(UTF_8);

    assertThat(attack(40, head("/", bytes.length), bytes)).doesNotContain(500);
  }

  @Test
  void templates_thatMultiplyTheirValues_areRefused() throws Exception {
    var template = Json.object().put("name", "bomb");
    template.putObject("notification").put("title", "t").put("body", "#a#".repeat(600));
    assertThat(api.call("POST", "/api/v1/templates", Json.write(template)).statusCode())
        .isEqualTo(201);
    var push = Json.object();
    var targets = push.putObject("audience").putArray("targets");
    push.putObject("template").put("name", "bomb").putObject("values").put("a", "");
    for (int i = 0; i < 1_000; i++) {
      targets.addObject().put("user", "u" + i).putObject("values").put("a", "x".repeat(1_900));
    }
    byte[] body = Json.write(push).getBytes(UTF_8);
    assertThat(body.length).isLessThan(MOST);

    assertThat(attack(10, head("/api/v1/pushes", body.length, bearer()), body))
        .isSubsetOf(400, 503, 0);
  }
}
