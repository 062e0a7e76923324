// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/// Selects the devices that have one tag of `any`, each tag of `all` and no tag of `none`. A part
/// without tags has no effect.
///
/// Source: vivo "标签推送", tagExpression.
public record TagExpression(List<String> any, List<String> all, List<String> none) {
  private static final int MAX_TAGS = 1_000;

  private static final String ANY = "orTags";
  private static final String ALL = "andTags";
  private static final String NONE = "notTags";

  public TagExpression {
    any = List.copyOf(any);
    all = List.copyOf(all);
    none = List.copyOf(none);
  }

  /// Reads an expression from a field of a call. Clients leave out the parts that they do not need,
  /// but `orTags` or `andTags` must be there.
  public static TagExpression read(Fields body, String field) {
    Fields parts = body.object(field);
    if (!parts.has(ANY) && !parts.has(ALL)) {
      throw body.invalid(field, Kind.MISSING, "must have orTags or andTags");
    }
    return new TagExpression(tags(parts, ANY), tags(parts, ALL), tags(parts, NONE));
  }

  private static List<String> tags(Fields parts, String name) {
    return parts.texts(name, MAX_TAGS, TagCatalog.MAX_NAME);
  }

  /// Returns the segment, where `segmentOf` gives the devices of each tag.
  Segment segment(Function<String, Segment> segmentOf) {
    var parts = new ArrayList<Segment>();
    if (!any.isEmpty()) {
      parts.add(new Segment.Any(any.stream().map(segmentOf).toList()));
    }
    all.forEach(tag -> parts.add(segmentOf.apply(tag)));
    none.forEach(tag -> parts.add(new Segment.Not(segmentOf.apply(tag))));
    return new Segment.All(parts);
  }

  /// Returns the expression with other names for its tags.
  TagExpression withTagsRenamed(UnaryOperator<String> rename) {
    return new TagExpression(
        any.stream().map(rename).toList(),
        all.stream().map(rename).toList(),
        none.stream().map(rename).toList());
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    any.forEach(json.putArray(ANY)::add);
    all.forEach(json.putArray(ALL)::add);
    none.forEach(json.putArray(NONE)::add);
    return json;
  }

  /// Returns the expression that [#json] wrote.
  static TagExpression ofJson(JsonNode json) {
    return new TagExpression(texts(json.path(ANY)), texts(json.path(ALL)), texts(json.path(NONE)));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
