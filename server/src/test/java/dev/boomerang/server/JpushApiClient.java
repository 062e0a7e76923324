// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.net.http.HttpClient;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// JPush's REST API.
record JpushApiClient(JsonCaller http, JsonCaller group) implements ApiClient {
  private static final JsonNode EVERYBODY = Json.read("\"all\"").orElseThrow();

  static JpushApiClient of(HttpClient http, String server, JsonNode keys) {
    String key = keys.path("appKey").asText();
    String secret = keys.path("masterSecret").asText();
    return new JpushApiClient(
        caller(http, server, key + ":" + secret),
        caller(http, server, "group-" + key + ":" + secret));
  }

  private static JsonCaller caller(HttpClient http, String server, String pair) {
    String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    return new JsonCaller(http, server, Map.of("Authorization", basic));
  }

  @Override
  public String name() {
    return "JPush";
  }

  @Override
  public Map<String, Way> ways() {
    var ways = new LinkedHashMap<String, Way>();
    ways.put(
        "registration_id",
        (device, title) -> push(audience("registration_id", device.id()), title));
    ways.put("alias", (device, title) -> push(audience("alias", device.alias()), title));
    ways.put("tag", (device, title) -> push(audience("tag", device.tag()), title));
    ways.put("tag_and", (device, title) -> push(audience("tag_and", device.tag()), title));
    ways.put("all", (_, title) -> push(EVERYBODY, title));
    ways.put("batch by registration", (device, title) -> batch("regid", device.id(), title));
    ways.put("batch by alias", (device, title) -> batch("alias", device.alias(), title));
    ways.put("file", this::file);
    ways.put("template", this::template);
    ways.put("group", this::group);
    return ways;
  }

  private static JsonNode audience(String by, String name) {
    ObjectNode audience = Json.object();
    audience.putArray(by).add(name);
    return audience;
  }

  private long push(JsonNode audience, String title) throws Exception {
    return send(audience, title, Json.object());
  }

  private long send(JsonNode audience, String title, ObjectNode options) throws Exception {
    ObjectNode push = notification(title);
    push.set("audience", audience);
    push.set("options", options);
    return http.call("POST", "/v3/push", push).path("msg_id").asLong();
  }

  private static ObjectNode notification(String title) {
    ObjectNode push = Json.object().put("platform", "all");
    push.withObject("/notification/android").put("title", title).put("alert", "b");
    return push;
  }

  private long batch(String by, String name, String title) throws Exception {
    String cid = http.call("GET", "/v3/push/cid?count=1", Json.object()).at("/cidlist/0").asText();
    ObjectNode body = Json.object();
    body.putObject("pushlist").set(cid, notification(title).put("target", name));
    return http.call("POST", "/v3/push/batch/" + by + "/single", body)
        .path(cid)
        .path("msg_id")
        .asLong();
  }

  private long file(HiveMqttDevice device, String title) throws Exception {
    String boundary = UUID.randomUUID().toString();
    String part =
        "--%s\r\nContent-Disposition: form-data; name=\"filename\"; filename=\"f.txt\"\r\n\r\n%s\r\n"
            .formatted(boundary, device.id());
    JsonNode uploaded =
        http.call(
            "POST",
            "/v3/files/registration_id",
            "multipart/form-data; boundary=" + boundary,
            part + "--" + boundary + "--\r\n");
    ObjectNode push = notification(title);
    push.withObject("/audience/file").put("file_id", uploaded.path("file_id").asText());
    return http.call("POST", "/v3/push/file", push).path("msg_id").asLong();
  }

  /// The template is mPaaS's.
  private long template(HiveMqttDevice device, String title) throws Exception {
    ObjectNode push = Json.object().put("id", MpaasApiClient.TEMPLATE);
    ObjectNode one = push.putArray("params").addObject().put("trace_id", "t");
    one.putObject("keys").put("title", title);
    one.set("audience", audience("registration_id", device.id()));
    return http.call("POST", "/v3/push/template", push).at("/data/push_list/0/message_id").asLong();
  }

  private long group(HiveMqttDevice device, String title) throws Exception {
    ObjectNode push = notification(title);
    push.set("audience", audience("registration_id", device.id()));
    return group.call("POST", "/v3/grouppush", push).path("group_msgid").asLong();
  }

  @Override
  public Optional<Recall> recall() {
    return Optional.of((task, _) -> http.call("DELETE", "/v3/push/" + task, Json.object()));
  }

  @Override
  public Report report() {
    return task -> {
      JsonNode numbers =
          http.call("GET", "/v3/messages?msg_ids=" + task, Json.object()).at("/0/android");
      return new Counts(
          numbers.path("target").asLong(),
          numbers.path("received").asLong(),
          numbers.path("click").asLong());
    };
  }

  @Override
  public Optional<Arrival> arrival() {
    return Optional.of(
        (task, device) -> {
          ObjectNode asked = Json.object().put("msg_id", task);
          asked.putArray("registration_ids").add(device.id());
          return http.call("POST", "/v3/status/message", asked)
                  .path(device.id())
                  .path("status")
                  .asInt(-1)
              == 0;
        });
  }

  @Override
  public Optional<Replacement> override() {
    return Optional.of(
        (older, device, title) ->
            send(
                audience("registration_id", device.id()),
                title,
                Json.object().put("override_msg_id", older)));
  }
}
