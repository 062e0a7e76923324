// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jiguang.common.ClientConfig;
import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.server.config.Settings;
import dev.boomerang.server.config.Sources;
import dev.boomerang.web.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The running server with a device of its demo app, for the tests of JPush's own clients.
record JpushServer(Main main, JsonNode demo, NativeApiClient api, HiveDevice device)
    implements AutoCloseable {

  static JpushServer start(Path folder, Map<String, String> settings) throws Exception {
    var options =
        new HashMap<>(
            Map.of(
                "http-host", "127.0.0.1",
                "http-port", "0",
                "gateway-host", "127.0.0.1",
                "gateway-port", "0",
                "data-dir", folder.toString()));
    options.putAll(settings);
    var sources = new Sources(options, Map.of(), Optional.empty());
    Main main = Main.start(Settings.of(sources), Clock.systemUTC());
    JsonNode demo = Json.read(Files.readString(folder.resolve("demo.json"), UTF_8)).orElseThrow();
    var api = new NativeApiClient(main.httpPort(), demo.path("adminToken").asText());
    return new JpushServer(main, demo, api, HiveDevice.connect(api, demo, "ada"));
  }

  String url() {
    return "http://127.0.0.1:" + main.httpPort();
  }

  String key() {
    return demo.at("/jpush/appKey").asText();
  }

  String secret() {
    return demo.at("/jpush/masterSecret").asText();
  }

  /// The Java client has one for the whole process; each test sets it anew.
  ClientConfig clientConfig() {
    ClientConfig config = ClientConfig.getInstance();
    config.setPushHostName(url());
    config.setDeviceHostName(url());
    config.setReportHostName(url());
    config.setScheduleHostName(url());
    config.setEncryptType(ClientConfig.DEFAULT_ENCRYPT_TYPE);
    return config;
  }

  /// What the device gets next, which is of this type.
  JsonNode next(String type) throws InterruptedException {
    JsonNode message = device.next();
    assertThat(message.path("type").asText()).as(message.toString()).isEqualTo(type);
    return message;
  }

  /// Waits until the task has `count` deliveries in `state`.
  void await(String task, String state, int count) throws Exception {
    api.await("/api/v1/tasks/" + task, view -> view.at("/counts/" + state).asInt() == count);
  }

  @Override
  public void close() {
    device.close();
    main.close();
  }
}
