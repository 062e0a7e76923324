// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.net.http.HttpClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Calls Getui's REST V2. Its recall is a push to the device.
record GetuiApiClient(JsonCaller http, String base) implements ApiClient {
  private static final int DIGITS = 32;

  static GetuiApiClient logIn(HttpClient http, String server, JsonNode keys) throws Exception {
    String base = "/v2/" + keys.path("appId").asText();
    JsonNode answer =
        new JsonCaller(http, server, Map.of()).call("POST", base + "/auth", proof(keys));
    String token = answer.at("/data/token").asText();
    return new GetuiApiClient(new JsonCaller(http, server, Map.of("token", token)), base);
  }

  /// Returns the body with which both versions of the REST protocol log in.
  static ObjectNode proof(JsonNode keys) throws NoSuchAlgorithmException {
    String key = keys.path("appKey").asText();
    String now = Long.toString(System.currentTimeMillis());
    String text = key + now + keys.path("masterSecret").asText();
    byte[] sign = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    return Json.object()
        .put("sign", HexFormat.of().formatHex(sign))
        .put("timestamp", now)
        .put("appkey", key);
  }

  @Override
  public String name() {
    return "Getui V2";
  }

  @Override
  public Map<String, Way> ways() {
    var ways = new LinkedHashMap<String, Way>();
    ways.put("single cid", (device, title) -> single("cid", device.id(), title));
    ways.put("single alias", (device, title) -> single("alias", device.alias(), title));
    ways.put(
        "single cid_by_tag",
        (device, title) ->
            push("/push/single/cid_by_tag", body(title).set("audience", byTag(device))));
    ways.put("batch cid", (device, title) -> batch("cid", device.id(), title));
    ways.put("batch alias", (device, title) -> batch("alias", device.alias(), title));
    ways.put("list cid", (device, title) -> list("cid", names("cid", device.id()), title));
    ways.put("list alias", (device, title) -> list("alias", names("alias", device.alias()), title));
    ways.put("list cid_by_tag", (device, title) -> list("cid_by_tag", byTag(device), title));
    ways.put("all", (_, title) -> app("all", Json.read("\"all\"").orElseThrow(), title));
    ways.put("tag", (device, title) -> app("tag", tagged(device), title));
    ways.put(
        "fast_custom_tag",
        (device, title) ->
            app("fast_custom_tag", Json.object().put("fast_custom_tag", device.tag()), title));
    return ways;
  }

  private static JsonNode tagged(HiveMqttDevice device) {
    ObjectNode audience = Json.object();
    audience
        .putArray("tag")
        .addObject()
        .put("key", "custom_tag")
        .put("opt_type", "and")
        .putArray("values")
        .add(device.tag());
    return audience;
  }

  private static JsonNode names(String by, String name) {
    ObjectNode audience = Json.object();
    audience.putArray(by).add(name);
    return audience;
  }

  private static ObjectNode body(String title) {
    ObjectNode body = request();
    body.withObject("/push_message/notification")
        .put("title", title)
        .put("body", "b")
        .put("click_type", "none");
    return body;
  }

  private static ObjectNode request() {
    return Json.object().put("request_id", UUID.randomUUID().toString().substring(0, 30));
  }

  private long single(String by, String name, String title) throws Exception {
    return push("/push/single/" + by, body(title).set("audience", names(by, name)));
  }

  private static JsonNode byTag(HiveMqttDevice device) {
    ObjectNode audience = Json.object();
    audience
        .putArray("cid_by_tag")
        .addObject()
        .put("cid", device.id())
        .putArray("tag")
        .add(device.tag());
    return audience;
  }

  private long batch(String by, String name, String title) throws Exception {
    ObjectNode batch = Json.object().put("is_async", false);
    batch.putArray("msg_list").add(body(title).<ObjectNode>set("audience", names(by, name)));
    return push("/push/single/batch/" + by, batch);
  }

  private long list(String by, JsonNode audience, String title) throws Exception {
    String task =
        http.call("POST", base + "/push/list/message", body(title)).at("/data/taskid").asText();
    ObjectNode list = Json.object().put("taskid", task).put("is_async", false);
    return push("/push/list/" + by, list.set("audience", audience));
  }

  private long app(String how, JsonNode audience, String title) throws Exception {
    return push("/push/" + how, body(title).set("audience", audience));
  }

  /// Pushes and returns the task, which the answer has as a value or as a member's name.
  private long push(String path, ObjectNode body) throws Exception {
    JsonNode data = http.call("POST", base + path, body).path("data");
    String task = data.path("taskid").asText(data.fieldNames().next());
    return number(task);
  }

  /// Returns a task's number, with which its name ends.
  static long number(String task) {
    return Long.parseUnsignedLong(task.substring(task.length() - DIGITS), 16);
  }

  @Override
  public Optional<Recall> recall() {
    return Optional.of(
        (task, device) -> {
          ObjectNode revoke = request();
          revoke
              .withObject("/push_message/revoke")
              .put("old_task_id", Long.toString(task))
              .put("force", false);
          push("/push/single/cid", revoke.set("audience", names("cid", device.id())));
        });
  }

  @Override
  public Report report() {
    return task -> {
      JsonNode total =
          http.call("GET", base + "/report/push/task/" + task, Json.object())
              .path("data")
              .path(Long.toString(task))
              .path("total");
      return new Counts(
          total.path("target_num").asLong(),
          total.path("receive_num").asLong(),
          total.path("click_num").asLong());
    };
  }

  @Override
  public Optional<Arrival> arrival() {
    return Optional.of(
        (task, device) ->
            http.call("GET", base + "/task/detail/" + device.id() + "/" + task, Json.object())
                .at("/data/detail")
                .findValuesAsText("event")
                .contains("opened"));
  }

  @Override
  public Optional<Numbered> numbered() {
    return Optional.of(
        (id, device, title) -> {
          ObjectNode body = body(title);
          body.withObject("/push_message/notification").put("notify_id", id);
          return push("/push/single/cid", body.set("audience", names("cid", device.id())));
        });
  }
}
