// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jiguang.common.ClientConfig;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;

/// The running server with a device of its demo app, for the tests of JPush's own clients.
record JpushServer(LocalServer server, HiveMqttDevice device) implements AutoCloseable {

  static JpushServer start(Path folder, Map<String, String> settings) throws Exception {
    var server = LocalServer.start(folder, settings);
    return new JpushServer(server, HiveMqttDevice.connect(server.api(), server.demo(), "ada"));
  }

  JsonNode demo() {
    return server.demo();
  }

  NativeApiClient api() {
    return server.api();
  }

  int httpPort() {
    return server.httpPort();
  }

  String url() {
    return server.url();
  }

  String key() {
    return demo().at("/jpush/appKey").asText();
  }

  String secret() {
    return demo().at("/jpush/masterSecret").asText();
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
    api().await("/api/v1/tasks/" + task, view -> view.at("/counts/" + state).asInt() == count);
  }

  @Override
  public void close() {
    device.close();
    server.close();
  }
}
