// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.kit.fixture.NodeJs;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs getui-rest-sdk from npm, which speaks REST V1, against the running server. Its address is a
/// constant, so its HTTP client is replaced; all else is its own.
@Timeout(180)
class GetuiNodeIT {

  @Test
  void everyCall_isTaken(@TempDir Path folder) throws Exception {
    NodeJs script = NodeJs.with("getui-rest-sdk", "0.2.3", GetuiNodeIT.class, "getui.mjs");
    try (var server = LocalServer.start(folder, Map.of());
        var device = HiveMqttDevice.connect(server.api(), server.demo(), "ada")) {
      Map<String, JsonNode> steps = run(script, server, device);

      var refused = new LinkedHashMap<>(steps);
      refused.values().removeIf(step -> !step.has("error"));
      assertThat(refused.keySet()).containsExactly("unknownUser", "afterwards");
      assertThat(RequiredEntries.in(refused, "unknownUser").path("error").asText())
          .isEqualTo("no_user");
      assertThat(RequiredEntries.in(refused, "afterwards").path("error").asText())
          .isEqualTo("not_auth");
      assertThat(steps).hasSize(33);
      check(steps, device);
    }
  }

  private static Map<String, JsonNode> run(NodeJs script, LocalServer server, HiveMqttDevice device)
      throws IOException {
    String today =
        LocalDate.now(ZoneId.of("Asia/Shanghai")).format(DateTimeFormatter.BASIC_ISO_DATE);
    Process node =
        script.start(
            server.url(),
            server.demo().at("/getui/appId").asText(),
            server.demo().at("/getui/appKey").asText(),
            server.demo().at("/getui/masterSecret").asText(),
            device.id(),
            "a-getui-alias",
            "getui-tag",
            today);
    Map<String, JsonNode> steps = new LinkedHashMap<>();
    try (var said = node.inputReader(UTF_8)) {
      said.lines()
          .map(line -> Json.read(line).orElseThrow())
          .forEach(step -> steps.put(step.path("step").asText(), step));
    } finally {
      node.destroy();
    }
    return steps;
  }

  private static void check(Map<String, JsonNode> steps, HiveMqttDevice device)
      throws InterruptedException {
    String id = device.id();
    assertThat(answer(steps, "queryCid").path(0).asText()).isEqualTo(id);
    assertThat(answer(steps, "queryAlias").asText()).isEqualTo("a-getui-alias");
    assertThat(answer(steps, "getTags").asText()).isEqualTo("getui-tag t2");
    assertThat(answer(steps, "getUserStatus").path("status").asText()).isEqualTo("online");
    assertThat(answer(steps, "queryUserCount").asInt()).isEqualTo(1);
    assertThat(answer(steps, "pushNotification").path("status").asText())
        .isEqualTo("successed_online");
    assertThat(answer(steps, "pushList").at("/cid_details/" + id).asText())
        .isEqualTo("successed_online");
    assertThat(answer(steps, "getPushResult").at("/data/0/msgTotal").asInt()).isEqualTo(1);
    for (String type :
        List.of("notify", "notify", "notify", "data", "data", "data", "data", "data")) {
      JsonNode message = device.next();
      assertThat(message.path("type").asText()).isEqualTo(type);
    }
  }

  private static JsonNode answer(Map<String, JsonNode> steps, String step) {
    return RequiredEntries.in(steps, step).path("answer");
  }
}
