// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Calls Getui's REST V1. It can stop a task, and has no call that takes one back.
record GetuiV1ApiClient(JsonCaller http, String base, String appKey) implements ApiClient {

  static GetuiV1ApiClient logIn(HttpClient http, String server, JsonNode keys) throws Exception {
    String base = "/v1/" + keys.path("appId").asText();
    JsonNode answer =
        new JsonCaller(http, server, Map.of())
            .call("POST", base + "/auth_sign", GetuiApiClient.proof(keys));
    String token = answer.path("auth_token").asText();
    String key = keys.path("appKey").asText();
    return new GetuiV1ApiClient(
        new JsonCaller(http, server, Map.of("authtoken", token)), base, key);
  }

  @Override
  public String name() {
    return "Getui V1";
  }

  @Override
  public Map<String, Way> ways() {
    var ways = new LinkedHashMap<String, Way>();
    ways.put(
        "push_single cid",
        (device, title) -> push("/push_single", body(title).put("cid", device.id())));
    ways.put(
        "push_single alias",
        (device, title) -> push("/push_single", body(title).put("alias", device.alias())));
    ways.put("push_single_batch", this::batch);
    ways.put("push_list", this::list);
    ways.put("push_app", (_, title) -> push("/push_app", body(title)));
    ways.put("push_app condition", this::tagged);
    ways.put(
        "push_by_tag",
        (device, title) -> push("/push_by_tag", body(title).put("tag", device.tag())));
    return ways;
  }

  private ObjectNode body(String title) {
    ObjectNode body = Json.object().put("requestid", UUID.randomUUID().toString().substring(0, 30));
    body.putObject("message").put("appkey", appKey).put("msgtype", "notification");
    body.withObject("/notification/style").put("type", 0).put("title", title).put("text", "b");
    return body;
  }

  private long batch(HiveMqttDevice device, String title) throws Exception {
    ObjectNode batch = Json.object();
    batch.putArray("msg_list").add(body(title).put("cid", device.id()));
    return push("/push_single_batch", batch);
  }

  private long list(HiveMqttDevice device, String title) throws Exception {
    ObjectNode list =
        Json.object().put("taskid", done("/save_list_body", body(title)).path("taskid").asText());
    list.putArray("cid").add(device.id());
    return push("/push_list", list);
  }

  private long tagged(HiveMqttDevice device, String title) throws Exception {
    ObjectNode body = body(title);
    body.putArray("condition")
        .addObject()
        .put("key", "tag")
        .put("opt_type", 0)
        .putArray("values")
        .add(device.tag());
    return push("/push_app", body);
  }

  private long push(String path, ObjectNode body) throws Exception {
    return GetuiApiClient.number(done(path, body).path("taskid").asText());
  }

  private JsonNode done(String path, ObjectNode body) throws Exception {
    JsonNode answer = http.call("POST", base + path, body);
    if (!answer.path("result").asText().equals("ok")) {
      throw new AssertionError(path + ": " + answer);
    }
    return answer;
  }

  @Override
  public Optional<Recall> recall() {
    return Optional.empty();
  }

  @Override
  public Report report() {
    return task -> {
      ObjectNode asked = Json.object();
      asked.putArray("taskIdList").add(Long.toString(task));
      JsonNode numbers = done("/push_result", asked).at("/data/0");
      return new Counts(
          numbers.path("msgTotal").asLong(),
          numbers.path("msgProcess").asLong(),
          numbers.path("clickNum").asLong());
    };
  }

  @Override
  public Optional<Arrival> arrival() {
    return Optional.of(
        (task, device) -> {
          ObjectNode asked = Json.object();
          asked
              .withObject("/data")
              .put("taskId", Long.toString(task))
              .putArray("cids")
              .add(device.id());
          return done("/get_feedback_users", asked).at("/data/cids/0").asText().equals(device.id());
        });
  }
}
