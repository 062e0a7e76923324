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

/// Whom tags pick: those in one of `any`, in each of `all` and in none of `none`; where there are
/// no tags, that part asks for nothing.
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

  /// Clients leave out the parts they do not need, but one that picks has to be there.
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

  public Segment segment(Function<String, Segment> named) {
    var parts = new ArrayList<Segment>();
    if (!any.isEmpty()) {
      parts.add(new Segment.Any(any.stream().map(named).toList()));
    }
    all.forEach(tag -> parts.add(named.apply(tag)));
    none.forEach(tag -> parts.add(new Segment.Not(named.apply(tag))));
    return new Segment.All(parts);
  }

  public TagExpression renamed(UnaryOperator<String> to) {
    return new TagExpression(
        any.stream().map(to).toList(),
        all.stream().map(to).toList(),
        none.stream().map(to).toList());
  }

  public ObjectNode json() {
    ObjectNode json = Json.object();
    any.forEach(json.putArray(ANY)::add);
    all.forEach(json.putArray(ALL)::add);
    none.forEach(json.putArray(NONE)::add);
    return json;
  }

  public static TagExpression of(JsonNode json) {
    return new TagExpression(texts(json.path(ANY)), texts(json.path(ALL)), texts(json.path(NONE)));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
