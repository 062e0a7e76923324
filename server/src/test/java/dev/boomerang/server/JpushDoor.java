// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// JPush's REST API.
record JpushDoor(JsonCaller http) implements Door {

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
    ways.put("all", (_, title) -> push(Json.read("\"all\"").orElseThrow(), title));
    ways.put("batch", this::batch);
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

  private long batch(HiveDevice device, String title) throws Exception {
    String cid = http.call("GET", "/v3/push/cid?count=1", Json.object()).at("/cidlist/0").asText();
    ObjectNode body = Json.object();
    body.putObject("pushlist").set(cid, notification(title).put("target", device.id()));
    return http.call("POST", "/v3/push/batch/regid/single", body).path(cid).path("msg_id").asLong();
  }

  @Override
  public Recall recall() {
    return (task, _) -> http.call("DELETE", "/v3/push/" + task, Json.object());
  }

  @Override
  public Arrivals arrivals() {
    return task ->
        http.call("GET", "/v3/received/detail?msg_ids=" + task, Json.object())
            .at("/0/jpush_received")
            .asLong();
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
