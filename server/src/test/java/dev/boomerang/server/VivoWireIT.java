// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.server.http.RawClient;
import dev.boomerang.server.http.RawClient.Answer;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Checks vivo's API over the wire, byte for byte as its clients write it. The official client has
/// no setting for the host, and no client that has one is on Maven Central or npm.
@Timeout(120)
class VivoWireIT {
  private static final Path CAPTURES =
      Path.of("../dialects/vivo/src/test/resources/dev/boomerang/dialect/vivo/captures.jsonl");

  private static final int CALLS = 18;
  private static final String MADE_UP_TASK = "656079923690082304";
  private static final String JSON = "Content-Type: application/json;charset=UTF-8\r\n";

  @TempDir private Path folder;
  private LocalServer server;
  private JsonNode demo;
  private HiveMqttDevice ada;
  private HiveMqttDevice bob;
  private String token = "";

  @BeforeEach
  void start() throws Exception {
    Path words = Files.writeString(folder.resolve("words.txt"), "# never\n赌博\n", UTF_8);
    server = open(words);
    demo = server.demo();
    connect();
    token = newToken();
  }

  private void connect() throws Exception {
    ada = HiveMqttDevice.connect(server.api(), demo, "ada");
    bob = HiveMqttDevice.connect(server.api(), demo, "bob");
  }

  private LocalServer open(Path words) throws StartupException, IOException {
    return LocalServer.start(
        folder, Map.of("sensitive-words", words.toString(), "vivo-test-tag", "tag_ada"));
  }

  @AfterEach
  void stop() {
    closeDevices();
    server.close();
  }

  private void closeDevices() {
    ada.close();
    bob.close();
  }

  private String vivo(String name) {
    return demo.at("/vivo/" + name).asText();
  }

  private String authBody() throws Exception {
    String now = Long.toString(System.currentTimeMillis());
    String plain = vivo("appId") + vivo("appKey") + now + vivo("appSecret");
    byte[] sign = MessageDigest.getInstance("MD5").digest(plain.getBytes(UTF_8));
    return "{\"sign\":\"%s\",\"appKey\":\"%s\",\"appId\":%s,\"timestamp\":%s}"
        .formatted(HexFormat.of().formatHex(sign), vivo("appKey"), vivo("appId"), now);
  }

  private String newToken() throws Exception {
    return requireSuccess(write("POST", "/message/auth", JSON, authBody()))
        .path("authToken")
        .asText();
  }

  private Answer write(String method, String target, String headers, String body)
      throws IOException {
    try (var client = new RawClient(server.httpPort())) {
      return client
          .send(
              "%s %s HTTP/1.1\r\nHost: api-push.vivo.com.cn\r\n%sContent-Length: %d\r\n\r\n%s"
                  .formatted(method, target, headers, body.getBytes(UTF_8).length, body))
          .read();
    }
  }

  private Answer post(String path, String body) throws IOException {
    return write("POST", path, JSON + "authToken: " + token + "\r\n", body.replace('\'', '"'));
  }

  private static JsonNode requireSuccess(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.head().toLowerCase(java.util.Locale.ROOT)).contains("application/json");
    JsonNode json = Json.read(answer.body()).orElseThrow();
    assertThat(json.path("result").asInt(-1)).as(answer.body()).isZero();
    return json;
  }

  private static String message(String requestId, String more) {
    return "{'notifyType':4,'title':'标题','content':'内容','skipType':1,'requestId':'%s'%s}"
        .formatted(requestId, more);
  }

  @Test
  void officialClient_getsAResponseToEveryCall() throws Exception {
    // The client makes no call for an id of another length.
    assertThat(ada.id()).hasSize(23);
    String task = "";
    List<Integer> replayed = new ArrayList<>();
    for (String line : Files.readAllLines(CAPTURES, UTF_8)) {
      JsonNode request = Json.read(line).orElseThrow();
      String body = body(request, task);
      var headers = new StringBuilder();
      for (JsonNode header : request.path("headers")) {
        String name = header.get(0).asText();
        if (!name.equals("Content-Length") && !name.equals("Host")) {
          String value = name.equals("authToken") ? token : header.get(1).asText();
          headers.append(name).append(": ").append(value).append("\r\n");
        }
      }

      JsonNode reply =
          requireSuccess(
              write(
                  request.path("method").asText(),
                  request.path("target").asText().replace(MADE_UP_TASK, task),
                  headers.toString(),
                  body));

      assertThat(reply.fieldNames())
          .toIterable()
          .containsExactlyElementsOf(() -> request.path("reply").fieldNames());
      task = reply.path("taskId").asText(task);
      replayed.add(request.path("n").asInt());
    }
    assertThat(replayed).hasSize(CALLS).doesNotHaveDuplicates();
    assertThat(ada.next().path("title").asText()).isEqualTo("标题1");
  }

  private String body(JsonNode request, String task) throws Exception {
    if (request.path("json") instanceof ObjectNode json && json.has("sign")) {
      return authBody();
    }
    return request
        .path("body")
        .asText()
        .replace("12345678901234567890123", ada.id())
        .replace("12345678901234567890321", bob.id())
        .replace("\"user-1\"", "\"" + ada.alias() + "\"")
        .replace("\"a1\"", "\"" + ada.alias() + "\"")
        .replace("\"a2\"", "\"" + bob.alias() + "\"")
        .replace(MADE_UP_TASK, task);
  }

  @Test
  void recycle_withdrawsAShownNotification() throws Exception {
    String task =
        requireSuccess(post("/message/send", message("r", ",'regId':'" + ada.id() + "'")))
            .path("taskId")
            .asText();
    JsonNode shown = ada.next();
    assertThat(shown.path("body").asText()).isEqualTo("内容");
    ada.report(shown.path("delivery").asText(), "shown");

    JsonNode answer =
        requireSuccess(
            post(
                "/message/recycle",
                "{'taskId':%s,'userIds':['%s','15762048080021000000008'],'userType':1}"
                    .formatted(task, ada.id())));

    assertThat(answer.path("invalidUsers").toString())
        .isEqualTo("[{\"status\":1,\"userid\":\"15762048080021000000008\"}]");
    JsonNode withdraw = ada.next();
    assertThat(withdraw.path("type").asText()).isEqualTo("withdraw");
    assertThat(withdraw.at("/deliveries/0")).isEqualTo(shown.path("delivery"));
    Answer unknown =
        post("/message/recycle", "{'taskId':" + MADE_UP_TASK + ",'userIds':['1'],'userType':1}");
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(unknown.body()).contains("10151");
  }

  /// Sends requests as the Go, PHP, Node.js and TypeScript clients write them.
  @Test
  void otherClients_areUnderstood() throws Exception {
    String task =
        requireSuccess(post("/message//all", message("17952196977860001", "")))
            .path("taskId")
            .asText();
    String query = "?taskIds=" + task + "%2C" + task;
    requireSuccess(
        write("GET", "/report/getStatistics%20" + query, "Authtoken: " + token + "\r\n", ""));
    requireSuccess(
        write(
            "POST",
            "/message/tagPush",
            "0: Content-Type: application/json\r\nauthtoken: " + token + "\r\n",
            "{\"notifyType\":\"2\",\"title\":\"\\u6807\\u9898\",\"content\":\"a\\/b\","
                + "\"skipType\":\"1\",\"requestId\":17952196977860001,"
                + "\"tagExpression\":{\"andTags\":[\""
                + ada.tag()
                + "\"]}}"));
    requireSuccess(
        write(
            "GET",
            "/search/msgStatus?taskIds=" + task,
            JSON + "authToken:  " + token + "\r\n",
            "{\"x\":1}"));
    assertThat(ada.next().path("title").asText()).isEqualTo("标题");
    assertThat(ada.next().path("body").asText()).isEqualTo("a/b");
  }

  @Test
  void tokensAndRequestIds_areValidAfterARestart() throws Exception {
    String once = message("once", ",'alias':'" + bob.alias() + "'");
    JsonNode first = requireSuccess(post("/message/send", once));
    bob.next();
    stop();

    server = open(folder.resolve("words.txt"));
    connect();

    assertThat(requireSuccess(post("/message/send", once))).isEqualTo(first);
  }

  @Test
  void messageWithSensitiveWords_isNotSent_andHasAReviewStatus() throws Exception {
    String bad = message("bad", ",'regId':'" + ada.id() + "'").replace("内容", "网上赌博");
    String task = requireSuccess(post("/message/send", bad)).path("taskId").asText();
    String fine =
        requireSuccess(post("/message/send", message("good", ",'regId':'" + ada.id() + "'")))
            .path("taskId")
            .asText();

    assertThat(ada.next().path("task").asText()).isEqualTo(fine);
    JsonNode reviewStatus =
        requireSuccess(
            write(
                "GET",
                "/search/msgStatus?taskIds=" + task + "," + fine,
                "authToken: " + token + "\r\n",
                ""));
    assertThat(reviewStatus.at("/data/0/desc").asText()).isEqualTo("消息包含敏感词");
    assertThat(reviewStatus.at("/data/1/desc").asText()).isEqualTo("消息状态未知");
    assertThat(post("/message/all", bad).body()).contains("10104");
  }
}
