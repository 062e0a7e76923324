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
import java.util.function.UnaryOperator;

/// What an app says of its tags. Which devices have a tag is not here: registrations know.
public record TagCatalog(
    Map<String, Tag> tags, Map<String, Group> groups, Map<String, TagExpression> segments) {
  public static final int MAX_NAME = 64;

  /// `group` is empty for a tag of none.
  public record Tag(String desc, String group) {
    public static final Tag PLAIN = new Tag("", "");
  }

  /// A device is in one tag at most of an `exclusive` one.
  public record Group(boolean exclusive, String desc) {}

  public TagCatalog {
    tags = Map.copyOf(tags);
    groups = Map.copyOf(groups);
    segments = Map.copyOf(segments);
  }

  public TagCatalog with(String name, Tag tag) {
    return new TagCatalog(put(tags, name, tag), groups, segments);
  }

  public TagCatalog with(String name, Group group) {
    return new TagCatalog(tags, put(groups, name, group), segments);
  }

  public TagCatalog with(String name, TagExpression segment) {
    return new TagCatalog(tags, groups, put(segments, name, segment));
  }

  /// Under its new name, in segments too.
  public TagCatalog withTagRenamed(String from, String to) {
    Map<String, TagExpression> changed = new TreeMap<>();
    segments.forEach(
        (name, segment) -> changed.put(name, segment.renamed(tag -> tag.equals(from) ? to : tag)));
    return new TagCatalog(moved(tags, from, to), groups, changed);
  }

  public TagCatalog withGroupRenamed(String from, String to) {
    Map<String, Tag> changed = new TreeMap<>();
    tags.forEach(
        (name, tag) -> changed.put(name, tag.group().equals(from) ? new Tag(tag.desc(), to) : tag));
    return new TagCatalog(changed, moved(groups, from, to), segments);
  }

  public TagCatalog withSegmentRenamed(String from, String to) {
    return new TagCatalog(tags, groups, moved(segments, from, to));
  }

  /// Whom an expression picks. A name that is a segment's and no tag's stands for the segment.
  public Segment segment(TagExpression expression) {
    return expression.segment(
        name ->
            Optional.ofNullable(segments.get(name))
                .filter(_ -> !tags.containsKey(name))
                .map(inner -> inner.segment(Segment.HasTag::new))
                .orElseGet(() -> new Segment.HasTag(name)));
  }

  private static <T> Map<String, T> put(Map<String, T> all, String name, T value) {
    Map<String, T> more = new TreeMap<>(all);
    more.put(name, value);
    return more;
  }

  private static <T> Map<String, T> moved(Map<String, T> all, String from, String to) {
    Map<String, T> changed = new TreeMap<>(all);
    Optional.ofNullable(changed.remove(from)).ifPresent(value -> changed.put(to, value));
    return changed;
  }

  /// Empty text is an empty book.
  public static TagCatalog ofJsonText(String text) {
    JsonNode json = Json.read(text).orElseGet(Json::object);
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
        .forEach(each -> segments.put(each.getKey(), TagExpression.of(each.getValue())));
    return new TagCatalog(tags, groups, segments);
  }

  public String toJsonText() {
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

  /// The same, changed.
  public static UnaryOperator<String> change(UnaryOperator<TagCatalog> how) {
    return text -> how.apply(ofJsonText(text)).toJsonText();
  }
}
