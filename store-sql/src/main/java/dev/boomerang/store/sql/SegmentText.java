// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.Platform;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Segment;
import java.util.ArrayList;
import java.util.List;

/// A rule as JSON: an object whose one member says what it asks for.
final class SegmentText {
  private SegmentText() {}

  static ObjectNode json(Segment segment) {
    ObjectNode json = Json.object();
    return switch (segment) {
      case Segment.Tagged(var tag) -> json.put("tag", tag);
      case Segment.Aliased(var alias) -> json.put("alias", alias);
      case Segment.OfUser(var user) -> json.put("user", user);
      case Segment.Registered(var id) -> json.put("registration", id.value());
      case Segment.On(var platform) -> json.put("platform", platform.wire());
      case Segment.In(var region) -> json.put("region", region);
      case Segment.Having(var attribute, var value) ->
          json.put("attribute", attribute).put("value", value);
      case Segment.Blocked() -> json.put("blocked", true);
      case Segment.All(var parts) -> put(json, "all", parts);
      case Segment.Any(var parts) -> put(json, "any", parts);
      case Segment.Not(var part) -> json.set("not", json(part));
    };
  }

  private static ObjectNode put(ObjectNode json, String name, List<Segment> parts) {
    var list = json.putArray(name);
    parts.forEach(part -> list.add(json(part)));
    return json;
  }

  static Segment read(JsonNode json) {
    String name = json.has("attribute") ? "attribute" : json.fieldNames().next();
    JsonNode value = json.path(name);
    return switch (name) {
      case "tag" -> new Segment.Tagged(value.asText());
      case "alias" -> new Segment.Aliased(value.asText());
      case "user" -> new Segment.OfUser(value.asText());
      case "registration" -> new Segment.Registered(new RegistrationId(value.asText()));
      case "platform" -> new Segment.On(Platform.parse(value.asText()).orElseThrow());
      case "region" -> new Segment.In(value.asText());
      case "attribute" -> new Segment.Having(value.asText(), json.path("value").asText());
      case "blocked" -> new Segment.Blocked();
      case "all" -> new Segment.All(parts(value));
      case "any" -> new Segment.Any(parts(value));
      case "not" -> new Segment.Not(read(value));
      default -> throw new IllegalStateException("a stored segment asks for " + name);
    };
  }

  private static List<Segment> parts(JsonNode list) {
    var parts = new ArrayList<Segment>();
    list.forEach(part -> parts.add(read(part)));
    return parts;
  }
}
