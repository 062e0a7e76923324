// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MainTest {
  private static final String USER = "user1024";

  @TempDir Path folder;

  @Test
  void aMessage_goesOutAndComesBack() throws Exception {
    try (Main main = start()) {
      JsonNode demo = demo();
      var api = new NativeApiClient(main.httpPort(), demo.path("adminToken").asText());
      var aliyunClient = new AliyunClient(demo, main.httpPort());

      try (var device = HiveMqttDevice.connect(api, demo, USER)) {
        String task = aliyunClient.push(USER, "m1", "标题");
        JsonNode shown = device.next();
        assertThat(shown.path("type").asText()).isEqualTo("notify");
        assertThat(shown.path("title").asText()).isEqualTo("标题");
        assertThat(shown.path("body").asText()).isEqualTo("内容 a+b*c~d");
        device.report(shown.path("delivery").asText(), "shown");
        api.await("/api/v1/tasks/" + task, view -> view.at("/counts/shown").asInt() == 1);

        String recall = aliyunClient.recall(USER, "m1");
        JsonNode withdraw = device.next();
        assertThat(withdraw.path("type").asText()).isEqualTo("withdraw");
        assertThat(withdraw.at("/deliveries/0")).isEqualTo(shown.path("delivery"));
        device.report(shown.path("delivery").asText(), "withdrawn");

        JsonNode report =
            api.await("/api/v1/recalls/" + recall, answer -> answer.path("withdrawn").asInt() == 1);
        assertThat(report.path("total").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void firstStart_writesTheDemoAppsKeys_forTheOwnerOnly() throws Exception {
    try (Main main = start()) {
      JsonNode demo = demo();

      assertThat(main.firstKeys().orElseThrow().json()).isEqualTo(demo);
      assertThat(demo.path("appId").asText()).matches("ONEX\\d{9}");
      assertThat(demo.at("/jpush/appKey").asText()).matches("[0-9a-f]{24}");
      assertThat(demo.at("/vivo/appId").asInt()).isPositive();
      assertThat(demo.properties().stream().map(Map.Entry::getKey))
          .containsExactly(
              "appId",
              "workspaceId",
              "deviceKey",
              "adminToken",
              "identitySecret",
              "mpaas",
              "jpush",
              "getui",
              "vivo");
      for (String file : new String[] {"demo.json", "master.key"}) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void secondStart_keepsAppKeysAndMessages() throws Exception {
    String task;
    String before;
    HiveMqttDevice phone;
    try (Main main = start()) {
      before = Files.readString(folder.resolve("demo.json"), UTF_8);
      var api = new NativeApiClient(main.httpPort(), demo().path("adminToken").asText());
      phone = HiveMqttDevice.connect(api, demo(), USER);
      phone.close();
      task = new AliyunClient(demo(), main.httpPort()).push(USER, "m1", "kept");
    }

    try (Main main = start()) {
      assertThat(main.firstKeys()).isEmpty();
      assertThat(Files.readString(folder.resolve("demo.json"), UTF_8)).isEqualTo(before);
      var api = new NativeApiClient(main.httpPort(), demo().path("adminToken").asText());
      try (var device = phone.again(api, demo())) {
        assertThat(device.id()).isEqualTo(phone.id());
        JsonNode message = device.next();
        assertThat(message.path("title").asText()).isEqualTo("kept");
        assertThat(message.path("task").asText()).isEqualTo(task);
      }
    }
  }

  @Test
  void aCrashBeforeTheAppWasStored_losesNoKeys() throws Exception {
    DemoKeys keys = DemoKeys.make(new java.security.SecureRandom());
    Files.writeString(folder.resolve("demo.json"), Json.write(keys.json()), UTF_8);

    try (Main main = start()) {
      assertThat(main.firstKeys().orElseThrow().json()).isEqualTo(keys.json());
      var api = new NativeApiClient(main.httpPort(), keys.json().path("adminToken").asText());
      assertThat(api.call("GET", "/api/v1/registrations?user=u", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void operations_tellHowItIs() throws Exception {
    try (Main main = start()) {
      var api = new NativeApiClient(main.httpPort(), demo().path("adminToken").asText());

      assertThat(api.get("/health/live").path("status").asText()).isEqualTo("live");
      assertThat(api.get("/health/ready").path("status").asText()).isEqualTo("ready");
      assertThat(api.call("GET", "/metrics", "").body())
          .contains("boomerang_connected_registrations 0.0");
      assertThat(api.call("GET", "/nothing", "").statusCode()).isEqualTo(404);
      assertThat(browsed(main.httpPort())).contains("<h1>Boomerang</h1>", "openapi.json");
    }
  }

  @Test
  void afterClose_nobodyAnswers() throws Exception {
    Main main = start();
    var api = new NativeApiClient(main.httpPort(), "none");
    assertThat(api.call("GET", "/health/live", "").statusCode()).isEqualTo(200);

    main.close();

    assertThatThrownBy(() -> api.call("GET", "/health/live", ""))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aTakenPort_isTold_andNothingStaysOpen() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThatThrownBy(() -> start(Map.of("http-port", port)))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + port);
      assertThatThrownBy(() -> start(Map.of("gateway-port", port)))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + port);
    }
    start().close();
  }

  @Test
  void aSecondServerOnTheSameFolder_isRefused() throws Exception {
    try (Main main = start()) {
      assertThat(main.httpPort()).isPositive();
      assertThatThrownBy(this::start)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("in use by another server");
    }
  }

  @Test
  void aMissingMasterKey_isNotReplaced() throws Exception {
    start().close();
    Files.delete(folder.resolve("master.key"));

    assertThatThrownBy(this::start)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("their master key is missing")
        .hasMessageContaining(folder.resolve("master.key").toString());
    assertThat(folder.resolve("master.key")).doesNotExist();
  }

  @Test
  void aBrokenMasterKey_isTold() throws Exception {
    Files.writeString(folder.resolve("master.key"), "c2hvcnQ=", UTF_8);

    assertThatThrownBy(this::start)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("must be 32 bytes in Base64");
  }

  @Test
  void aDataDirThatIsAFile_isTold() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> start(Map.of("data-dir", file.toString())))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(file.toString());
  }

  private static String browsed(int port) throws IOException, InterruptedException {
    try (var browser = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
              .header("Accept", "text/html,*/*;q=0.8")
              .build();
      return browser.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private Main start() throws StartupException, IOException {
    return start(Map.of());
  }

  private Main start(Map<String, String> more) throws StartupException, IOException {
    return LocalServer.start(folder, more).main();
  }

  private JsonNode demo() throws IOException {
    return Json.read(Files.readString(folder.resolve("demo.json"), UTF_8)).orElseThrow();
  }
}
