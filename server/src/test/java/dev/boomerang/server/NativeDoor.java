// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The native API.
record NativeDoor(NativeApiClient api) implements Door {

  @Override
  public String name() {
    return "native";
  }

  @Override
  public Map<String, Way> ways() {
    var ways = new LinkedHashMap<String, Way>();
    ways.put("registrations", to(NativeDoor::toRegistration));
    ways.put(
        "segment",
        to(device -> audience("segment", Json.object().put("registration", device.id()))));
    ways.put("everyone", to(_ -> Json.object().put("everyone", true)));
    return ways;
  }

  private Way to(Function<HiveDevice, ObjectNode> audience) {
    return (device, title) -> push(audience.apply(device), title, Json.object());
  }

  private static ObjectNode toRegistration(HiveDevice device) {
    ObjectNode audience = Json.object();
    audience.putArray("registrations").add(device.id());
    return audience;
  }

  private static ObjectNode audience(String name, ObjectNode value) {
    ObjectNode audience = Json.object();
    audience.set(name, value);
    return audience;
  }

  private long push(ObjectNode audience, String title, ObjectNode more) throws Exception {
    ObjectNode push = Json.object();
    push.set("audience", audience);
    push.set("notification", Json.object().put("title", title).put("body", "b"));
    push.setAll(more);
    return api.post("/api/v1/pushes", push).path("id").asLong();
  }

  @Override
  public Recall recall() {
    return (task, _) -> api.post("/api/v1/tasks/" + task + "/recall", Json.object());
  }

  @Override
  public Arrivals arrivals() {
    return task -> {
      var counts = api.get("/api/v1/tasks/" + task).path("counts");
      return counts.path("delivered").asLong() + counts.path("shown").asLong();
    };
  }

  @Override
  public Optional<Replacement> override() {
    return Optional.of(
        (older, device, title) ->
            push(
                toRegistration(device),
                title,
                audience("replace", Json.object().put("task", Long.toString(older)))));
  }
}
