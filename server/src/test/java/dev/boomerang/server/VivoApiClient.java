// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.net.http.HttpClient;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Calls vivo's push server API. Its recall names the device.
record VivoApiClient(JsonCaller http) implements ApiClient {

  static VivoApiClient logIn(HttpClient http, String server, JsonNode keys) throws Exception {
    String id = keys.path("appId").asText();
    String key = keys.path("appKey").asText();
    long now = System.currentTimeMillis();
    String text = id + key + now + keys.path("appSecret").asText();
    byte[] sign = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
    JsonNode answer =
        new JsonCaller(http, server, Map.of())
            .call(
                "POST",
                "/message/auth",
                Json.object()
                    .put("appId", id)
                    .put("appKey", key)
                    .put("timestamp", now)
                    .put("sign", HexFormat.of().formatHex(sign)));
    return new VivoApiClient(
        new JsonCaller(http, server, Map.of("authToken", answer.path("authToken").asText())));
  }

  @Override
  public String name() {
    return "vivo";
  }

  @Override
  public Map<String, Way> ways() {
    var ways = new LinkedHashMap<String, Way>();
    ways.put(
        "regId",
        (device, title) -> task("/message/send", message(title).put("regId", device.id())));
    ways.put(
        "alias",
        (device, title) -> task("/message/send", message(title).put("alias", device.alias())));
    ways.put("list", (device, title) -> list(device, message(title)));
    ways.put("list of aliases", this::aliases);
    ways.put("all", (_, title) -> task("/message/all", message(title)));
    ways.put("tag", this::tag);
    return ways;
  }

  static ObjectNode message(String title) {
    return Json.object()
        .put("notifyType", 1)
        .put("title", title)
        .put("content", "content")
        .put("skipType", 1)
        .put("requestId", UUID.randomUUID().toString());
  }

  long list(HiveMqttDevice device, ObjectNode message) throws Exception {
    long task = task("/message/saveListPayload", message);
    ObjectNode list =
        Json.object().put("taskId", "" + task).put("requestId", UUID.randomUUID().toString());
    // A list has at least two entries.
    list.putArray("regIds").add(device.id()).add(device.id());
    requireSuccess("/message/pushToList", list);
    return task;
  }

  private long aliases(HiveMqttDevice device, String title) throws Exception {
    long task = task("/message/saveListPayload", message(title));
    ObjectNode list =
        Json.object().put("taskId", task).put("requestId", UUID.randomUUID().toString());
    list.putArray("aliases").add(device.alias()).add(device.alias());
    requireSuccess("/message/pushToList", list);
    return task;
  }

  private long tag(HiveMqttDevice device, String title) throws Exception {
    ObjectNode message = message(title);
    message.withObject("/tagExpression").putArray("andTags").add(device.tag());
    return task("/message/tagPush", message);
  }

  private long task(String path, ObjectNode body) throws Exception {
    return requireSuccess(path, body).path("taskId").asLong();
  }

  JsonNode requireSuccess(String path, ObjectNode body) throws Exception {
    JsonNode answer = http.call("POST", path, body);
    if (answer.path("result").asInt(-1) != 0) {
      throw new AssertionError(path + ": " + answer);
    }
    return answer;
  }

  @Override
  public Optional<Recall> recall() {
    return Optional.of(
        (task, device) -> {
          ObjectNode recycle = Json.object().put("taskId", task).put("userType", 1);
          recycle.putArray("userIds").add(device.id());
          requireSuccess("/message/recycle", recycle);
        });
  }

  @Override
  public Report report() {
    return task -> {
      JsonNode statistics =
          http.call("GET", "/report/getStatistics?taskIds=" + task, Json.object())
              .at("/statistics/0");
      return new Counts(
          statistics.path("target").asLong(),
          statistics.path("receive").asLong(),
          statistics.path("click").asLong());
    };
  }

  @Override
  public Optional<Numbered> numbered() {
    return Optional.of(
        (id, device, title) ->
            task("/message/send", message(title).put("regId", device.id()).put("notifyId", id)));
  }
}
