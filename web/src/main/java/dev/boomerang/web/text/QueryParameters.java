// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.text;

import dev.boomerang.web.limit.CallMemory;
import java.util.LinkedHashMap;
import java.util.Map;

/// Parameters as `application/x-www-form-urlencoded` has them, in a query or in a body. Of several
/// with one name the first counts; a broken escape stays as it is. What is no text is refused.
public final class QueryParameters {
  /// The bytes that an entry of the map takes beside its text.
  private static final long PAIR_BYTES = 160;

  private QueryParameters() {}

  public static Map<String, String> parse(String text) {
    CallMemory.charge(text.length() + PAIR_BYTES * text.chars().filter(c -> c == '&').count());
    Map<String, String> values = new LinkedHashMap<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('&', start);
      end = end < 0 ? text.length() : end;
      if (end > start) {
        // Not past the end: many names without a value would each search all that follows.
        int equals = text.indexOf('=', start, end);
        int nameEnd = equals < 0 ? end : equals;
        String name = PercentText.ofForm(text.substring(start, nameEnd));
        String value = nameEnd < end ? PercentText.ofForm(text.substring(nameEnd + 1, end)) : "";
        values.putIfAbsent(TextCheck.check(name, name), TextCheck.check(name, value));
      }
      start = end + 1;
    }
    return values;
  }
}
