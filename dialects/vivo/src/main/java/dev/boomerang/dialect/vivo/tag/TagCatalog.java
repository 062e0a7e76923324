// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tags, tag groups and named segments of an app. Which devices have a tag is not kept here but
/// in their registrations.
public record TagCatalog(
    Map<String, Tag> tags, Map<String, Group> groups, Map<String, TagExpression> segments) {
  /// The longest name of a tag, a group or a segment.
  static final int MAX_NAME = 64;

  /// A tag; `group` is empty if it belongs to none.
  public record Tag(String desc, String group) {
    static final Tag PLAIN = new Tag("", "");
  }

  /// A group of tags. A device has at most one tag of an `exclusive` group.
  public record Group(boolean exclusive, String desc) {}

  public TagCatalog {
    tags = Map.copyOf(tags);
    groups = Map.copyOf(groups);
    segments = Map.copyOf(segments);
  }

  int size() {
    return tags.size() + groups.size() + segments.size();
  }

  TagCatalog with(String name, Tag tag) {
    return new TagCatalog(put(tags, name, tag), groups, segments);
  }

  TagCatalog with(String name, Group group) {
    return new TagCatalog(tags, put(groups, name, group), segments);
  }

  TagCatalog with(String name, TagExpression segment) {
    return new TagCatalog(tags, groups, put(segments, name, segment));
  }

  /// Returns the catalog with another name for a tag, also in the expressions of segments.
  TagCatalog withTagRenamed(String from, String to) {
    Map<String, TagExpression> changed = new TreeMap<>();
    segments.forEach(
        (name, segment) ->
            changed.put(name, segment.withTagsRenamed(tag -> tag.equals(from) ? to : tag)));
    return new TagCatalog(renamed(tags, from, to), groups, changed);
  }

  /// Returns the catalog with another name for a group, also in its tags.
  TagCatalog withGroupRenamed(String from, String to) {
    Map<String, Tag> changed = new TreeMap<>();
    tags.forEach(
        (name, tag) -> changed.put(name, tag.group().equals(from) ? new Tag(tag.desc(), to) : tag));
    return new TagCatalog(changed, renamed(groups, from, to), segments);
  }

  TagCatalog withSegmentRenamed(String from, String to) {
    return new TagCatalog(tags, groups, renamed(segments, from, to));
  }

  /// Returns the segment that an expression selects. A name that belongs to a segment and to no tag
  /// stands for that segment.
  public Segment segment(TagExpression expression) {
    return expression.segment(
        name ->
            Optional.ofNullable(segments.get(name))
                .filter(_ -> !tags.containsKey(name))
                .map(segment -> segment.segment(Segment.HasTag::new))
                .orElseGet(() -> new Segment.HasTag(name)));
  }

  private static <T> Map<String, T> put(Map<String, T> all, String name, T value) {
    Map<String, T> changed = new TreeMap<>(all);
    changed.put(name, value);
    return changed;
  }

  private static <T> Map<String, T> renamed(Map<String, T> all, String from, String to) {
    Map<String, T> changed = new TreeMap<>(all);
    Optional.ofNullable(changed.remove(from)).ifPresent(value -> changed.put(to, value));
    return changed;
  }

  /// Returns the catalog that [#jsonText] wrote. An empty text is an empty catalog.
  static TagCatalog parse(String jsonText) {
    JsonNode json = Json.read(jsonText).orElseGet(Json::object);
    Map<String, Tag> tags = new TreeMap<>();
    json.path("tags")
        .properties()
        .forEach(
            each ->
                tags.put(
                    each.getKey(),
                    new Tag(
                        each.getValue().path("desc").asText(),
                        each.getValue().path("group").asText())));
    Map<String, Group> groups = new TreeMap<>();
    json.path("groups")
        .properties()
        .forEach(
            each ->
                groups.put(
                    each.getKey(),
                    new Group(
                        each.getValue().path("exclusive").asBoolean(),
                        each.getValue().path("desc").asText())));
    Map<String, TagExpression> segments = new TreeMap<>();
    json.path("segments")
        .properties()
        .forEach(each -> segments.put(each.getKey(), TagExpression.ofJson(each.getValue())));
    return new TagCatalog(tags, groups, segments);
  }

  /// Returns the catalog as JSON, with all names in order.
  String jsonText() {
    ObjectNode json = Json.object();
    ObjectNode tagsJson = json.putObject("tags");
    new TreeMap<>(tags)
        .forEach(
            (name, tag) ->
                tagsJson.putObject(name).put("desc", tag.desc()).put("group", tag.group()));
    ObjectNode groupsJson = json.putObject("groups");
    new TreeMap<>(groups)
        .forEach(
            (name, group) ->
                groupsJson
                    .putObject(name)
                    .put("exclusive", group.exclusive())
                    .put("desc", group.desc()));
    ObjectNode segmentsJson = json.putObject("segments");
    new TreeMap<>(segments).forEach((name, each) -> segmentsJson.set(name, each.json()));
    return Json.write(json);
  }
}
