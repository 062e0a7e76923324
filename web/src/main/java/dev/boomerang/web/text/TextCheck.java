// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.text.WellFormedText;
import dev.boomerang.web.text.InvalidFieldException.Kind;

/// Refuses what is no text ([WellFormedText]) while a request is read, and names the field it is
/// in. Whatever a dialect takes from a body, a query, a path or a header has come through here.
public final class TextCheck {
  private TextCheck() {}

  /// Returns the text; throws [InvalidFieldException] if it is none.
  public static String check(String field, String text) {
    WellFormedText.problem(text)
        .ifPresent(
            problem -> {
              throw new InvalidFieldException(field, Kind.MALFORMED, problem);
            });
    return text;
  }

  /// Checks every text of a JSON tree and every member's name. The fault names the path to it.
  public static void check(JsonNode tree) {
    inside("", tree);
  }

  private static void inside(String path, JsonNode node) {
    if (node.isTextual()) {
      check(path.isEmpty() ? "body" : path, node.textValue());
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        inside(path + "[" + i + "]", node.get(i));
      }
    } else {
      node.properties().forEach(member -> inside(path, member.getKey(), member.getValue()));
    }
  }

  private static void inside(String path, String name, JsonNode value) {
    String member = path.isEmpty() ? name : path + "." + name;
    check(member, name);
    inside(member, value);
  }
}
