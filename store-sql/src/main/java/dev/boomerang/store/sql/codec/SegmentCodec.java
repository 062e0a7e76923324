// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import java.util.ArrayList;
import java.util.List;

/// Encodes a segment as JSON: an object whose one member says what it asks for.
final class SegmentCodec {
  private SegmentCodec() {}

  static ObjectNode json(Segment segment) {
    ObjectNode json = Json.object();
    return switch (segment) {
      case Segment.HasTag(var tag) -> json.put("tag", tag);
      case Segment.HasAlias(var alias) -> json.put("alias", alias);
      case Segment.HasUser(var user) -> json.put("user", user);
      case Segment.RegistrationIs(var id) -> json.put("registration", id.value());
      case Segment.OnPlatform(var platform) -> json.put("platform", platform.wire());
      case Segment.InRegion(var region) -> json.put("region", region);
      case Segment.HasAttribute(var attribute, var value) ->
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
      case "tag" -> new Segment.HasTag(value.asText());
      case "alias" -> new Segment.HasAlias(value.asText());
      case "user" -> new Segment.HasUser(value.asText());
      case "registration" -> new Segment.RegistrationIs(new RegistrationId(value.asText()));
      case "platform" -> new Segment.OnPlatform(Platform.parse(value.asText()).orElseThrow());
      case "region" -> new Segment.InRegion(value.asText());
      case "attribute" -> new Segment.HasAttribute(value.asText(), json.path("value").asText());
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
