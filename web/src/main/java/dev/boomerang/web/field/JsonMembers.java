// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.field;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/// Reads a few members of a JSON object from its bytes as they come: nothing else of it is kept,
/// however long it is.
public final class JsonMembers {
  private JsonMembers() {}

  /// Returns the members of the outermost object that have one of these names and are texts,
  /// numbers or flags of at most `max` characters; longer ones are left out. Returns empty if it is
  /// no JSON object.
  public static Optional<ObjectNode> read(InputStream utf8, Set<String> names, int max)
      throws IOException {
    ObjectNode found = Json.object();
    try (JsonParser parser = Json.parser(utf8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (names.contains(name) && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
          String text = parser.getText();
          if (text.length() <= max) {
            found.put(name, text);
          }
        } else {
          parser.skipChildren();
        }
      }
      return Optional.of(found);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
