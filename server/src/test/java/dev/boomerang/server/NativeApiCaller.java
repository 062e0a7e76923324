// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The native API.
record NativeApiCaller(NativeApiClient api) implements ApiClient {

  @Override
  public String name() {
    return "native";
  }

  @Override
  public Map<String, Way> ways() {
    var ways = new LinkedHashMap<String, Way>();
    ways.put("registrations", to(NativeApiCaller::toRegistration));
    ways.put("devices", to(device -> audience("devices", List.of(device.deviceId()))));
    ways.put("users", to(device -> audience("users", List.of(device.user()))));
    ways.put("aliases", to(device -> audience("aliases", List.of(device.alias()))));
    ways.put("targets", to(NativeApiCaller::target));
    ways.put("open", this::open);
    ways.put(
        "segment",
        to(device -> audience("segment", Json.object().put("registration", device.id()))));
    ways.put("paced", this::paced);
    ways.put("everyone", to(_ -> Json.object().put("everyone", true)));
    return ways;
  }

  private Way to(Function<HiveMqttDevice, ObjectNode> audience) {
    return (device, title) -> push(audience.apply(device), title, Json.object());
  }

  private static ObjectNode toRegistration(HiveMqttDevice device) {
    return audience("registrations", List.of(device.id()));
  }

  private static ObjectNode audience(String by, List<String> names) {
    ObjectNode audience = Json.object();
    names.forEach(audience.putArray(by)::add);
    return audience;
  }

  private static ObjectNode target(HiveMqttDevice device) {
    ObjectNode audience = Json.object();
    audience.putArray("targets").addObject().put("user", device.user());
    return audience;
  }

  /// Whom it is for is told afterwards.
  private long open(HiveMqttDevice device, String title) throws Exception {
    ObjectNode push = Json.object().put("open", true);
    push.set("notification", notification(title));
    long task = api.post("/api/v1/pushes", push).path("id").asLong();
    api.post("/api/v1/tasks/" + task + "/targets", toRegistration(device));
    return task;
  }

  private long paced(HiveMqttDevice device, String title) throws Exception {
    return push(
        toRegistration(device), title, audience("pace", Json.object().put("perSecond", 100)));
  }

  private static ObjectNode notification(String title) {
    return Json.object().put("title", title).put("body", "b");
  }

  private static ObjectNode audience(String name, ObjectNode value) {
    ObjectNode audience = Json.object();
    audience.set(name, value);
    return audience;
  }

  private long push(ObjectNode audience, String title, ObjectNode more) throws Exception {
    ObjectNode push = Json.object();
    push.set("audience", audience);
    push.set("notification", notification(title));
    push.setAll(more);
    return api.post("/api/v1/pushes", push).path("id").asLong();
  }

  @Override
  public Optional<Recall> recall() {
    return Optional.of((task, _) -> api.post("/api/v1/tasks/" + task + "/recall", Json.object()));
  }

  @Override
  public Report report() {
    return task -> {
      JsonNode view = api.get("/api/v1/tasks/" + task);
      long arrived = 0;
      for (String phase : List.of("delivered", "shown", "opened", "dismissed")) {
        arrived += view.path("counts").path(phase).asLong();
      }
      return new Counts(view.path("total").asLong(), arrived, view.at("/counts/opened").asLong());
    };
  }

  @Override
  public Optional<Arrival> arrival() {
    return Optional.of(
        (task, device) ->
            api.get("/api/v1/deliveries?task=" + task + "&registration=" + device.id())
                .at("/deliveries/0/state")
                .asText()
                .equals("opened"));
  }

  @Override
  public Optional<Replacement> override() {
    return Optional.of(
        (older, device, title) ->
            replacing(device, title, Json.object().put("task", Long.toString(older))));
  }

  @Override
  public Optional<Numbered> numbered() {
    return Optional.of(
        (id, device, title) ->
            replacing(device, title, Json.object().put("slot", Integer.toString(id))));
  }

  private long replacing(HiveMqttDevice device, String title, ObjectNode what) throws Exception {
    return push(toRegistration(device), title, audience("replace", what));
  }
}
