// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Calls the V1 wire of the running server over the JDK's own connection, as Getui's V1 library for
/// Java does; the library is not on Maven Central.
@Timeout(120)
class GetuiWireIT {
  /// Is a message of `templateId` 4, a transmission, and nothing else.
  private static final String TRANSMISSION = "UAQ=";

  private final Clock clock = Clock.systemUTC();

  @TempDir private Path folder;
  private LocalServer server;
  private JsonNode demo;
  private HiveMqttDevice device;
  private String url;
  private String token = "";

  @BeforeEach
  void start() throws Exception {
    server = LocalServer.start(folder, Map.of(), clock);
    demo = server.demo();
    device = HiveMqttDevice.connect(server.api(), demo, "ada");
    url = server.url() + "/apiex.htm";
  }

  @AfterEach
  void stop() {
    device.close();
    server.close();
  }

  private HttpURLConnection connection(String method) throws IOException {
    var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setRequestProperty("Content-Type", "text/html;charset=UTF-8");
    return connection;
  }

  private JsonNode call(String action, ObjectNode fields, boolean compressed) throws IOException {
    fields
        .put("action", action)
        .put("appkey", demo.at("/getui/appKey").asText())
        .put("appId", demo.at("/getui/appId").asText())
        .put("version", "4.1.0.4");
    if (!token.isEmpty()) {
      fields.put("authToken", token);
    }
    HttpURLConnection connection = connection("POST");
    connection.setRequestProperty("Gt-Action", action);
    byte[] body = Json.write(fields).getBytes(UTF_8);
    if (compressed) {
      connection.setRequestProperty("Content-Encoding", "gzip");
      connection.setRequestProperty("Accept-Encoding", "gzip");
    }
    connection.setDoOutput(true);
    try (var out = connection.getOutputStream()) {
      out.write(compressed ? zip(body) : body);
    }
    assertThat(connection.getResponseCode()).isEqualTo(200);
    try (InputStream in = connection.getInputStream()) {
      byte[] answer = in.readAllBytes();
      boolean isCompressed = "gzip".equals(connection.getContentEncoding());
      assertThat(isCompressed).isEqualTo(compressed);
      return Json.read(new String(isCompressed ? unzip(answer) : answer, UTF_8)).orElseThrow();
    }
  }

  private static byte[] zip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] unzip(byte[] bytes) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private void connect() throws Exception {
    String now = Long.toString(clock.millis());
    String signed =
        demo.at("/getui/appKey").asText() + now + demo.at("/getui/masterSecret").asText();
    String sign =
        HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(signed.getBytes(UTF_8)));
    JsonNode answer =
        call(
            "connect",
            Json.object().put("timeStamp", Long.parseLong(now)).put("sign", sign),
            false);
    assertThat(answer.path("result").asText()).isEqualTo("success");
    token = answer.path("authtoken").asText();
  }

  private ObjectNode message(String text) {
    return Json.object()
        .put("clientData", TRANSMISSION)
        .put("transmissionContent", text)
        .put("isOffline", true)
        .put("offlineExpireTime", 3_600_000);
  }

  @Test
  void probes_areAnswered() throws IOException {
    for (String method : new String[] {"HEAD", "GET", "POST"}) {
      HttpURLConnection probe = connection(method);

      assertThat(probe.getResponseCode()).as(method).isEqualTo(200);
      probe.disconnect();
    }
  }

  @Test
  void library_starts_connects_andReachesADevice() throws Exception {
    JsonNode hosts = call("getOSPushDomailUrlListAction", Json.object(), false);
    ObjectNode push = message("透传 😀").put("clientId", device.id()).put("requestId", "r-1");
    JsonNode stranger = call("pushMessageToSingleAction", push, false);
    connect();

    JsonNode sent = call("pushMessageToSingleAction", push, false);
    JsonNode again = call("pushMessageToSingleAction", push, false);

    assertThat(hosts.path("osList").get(0).asText()).isEqualTo(url);
    assertThat(stranger.path("result").asText()).isEqualTo("sign_error");
    assertThat(sent.path("status").asText()).isEqualTo("successed_online");
    assertThat(again).isEqualTo(sent);
    assertThat(device.next().toString()).contains("透传 😀");
  }

  @Test
  void list_isReached_byCompressedCalls() throws Exception {
    connect();
    String content =
        call("getContentIdAction", message("to many").put("contentType", 1), false)
            .path("contentId")
            .asText();
    ObjectNode list = Json.object().put("contentId", content).put("needDetails", true);
    list.putArray("clientIdList").add(device.id());

    JsonNode sent = call("pushMessageToListAction", list, true);

    assertThat(sent.path("details").path(device.id()).asText()).isEqualTo("successed_online");
    assertThat(device.next().toString()).contains("to many");
    assertThat(
            call("stopTaskAction", Json.object().put("contentId", content), false)
                .path("result")
                .asText())
        .isEqualTo("ok");
  }
}
