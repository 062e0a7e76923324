// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.port.IllFormedTextException;

/// Checks every text on its way into a database. Drivers differ in what they do with one that is
/// none: they refuse it, cut it, or put `?` in its place.
public final class StoredText {
  private static final String ZERO = "\\u0000";

  private StoredText() {}

  /// Returns a statement's argument; throws [IllFormedTextException] if it is a text that is none.
  public static Object checked(Object argument) {
    if (argument instanceof String text) {
      IllFormedTextException.check(text);
    }
    return argument;
  }

  /// Returns a JSON column's text. JSON hides U+0000 in an escape, so it is looked for here.
  public static String of(JsonNode json) {
    String text = json.toString();
    for (int at = text.indexOf(ZERO); at >= 0; at = text.indexOf(ZERO, at + 1)) {
      int before = at;
      while (before > 0 && text.charAt(before - 1) == '\\') {
        before--;
      }
      if ((at - before) % 2 == 0) {
        IllFormedTextException.check("\0");
      }
    }
    return text;
  }
}
