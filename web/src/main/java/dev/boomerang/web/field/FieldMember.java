// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A member of [Fields]: its value as it came, and what was read of it.
final class FieldMember {
  private final JsonNode node;

  /// Says whether it counts as absent because it is an empty array or object.
  private final boolean empty;

  private boolean asked;
  private boolean whole;

  /// The members that were read of it as an object, or as an array of objects.
  private List<Fields> children = List.of();

  FieldMember(JsonNode node, boolean emptyIsAbsent) {
    this.node = node;
    this.empty = emptyIsAbsent && node.isContainerNode() && node.isEmpty();
  }

  JsonNode node() {
    return node;
  }

  boolean isEmpty() {
    return empty;
  }

  /// Returns whether a reader asked for it.
  boolean isAsked() {
    return asked;
  }

  void ask() {
    asked = true;
  }

  /// Marks it and everything in it as read.
  void takeWhole() {
    asked = true;
    whole = true;
  }

  /// Returns the same children each time, so that they remember what was read of them.
  List<Fields> children(Supplier<List<Fields>> first) {
    if (children.isEmpty()) {
      children = first.get();
    }
    return children;
  }

  /// Returns the path of the first unread member inside of what was read of it.
  Optional<String> firstUnread() {
    return whole
        ? Optional.empty()
        : children.stream().flatMap(child -> child.firstUnread().stream()).findFirst();
  }
}
