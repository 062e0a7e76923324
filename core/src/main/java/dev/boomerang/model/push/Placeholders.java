// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds and fills the placeholders `#name#` of a text. A name has letters, digits, `_`, `-` and
/// `.`; so a text may hold a `#` that begins none. Two adjacent placeholders have two `#` between
/// them.
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("#([\\p{L}\\p{N}_.-]{1,64})#");

  private Placeholders() {}

  static List<String> names(String text) {
    var names = new ArrayList<String>();
    for (Matcher matcher = PLACEHOLDER.matcher(text); matcher.find(); ) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /// Returns how many characters [#fill] would give, without filling.
  static long filledLength(String text, Map<String, String> values) {
    long length = text.length();
    for (Matcher matcher = PLACEHOLDER.matcher(text); matcher.find(); ) {
      int value = values.getOrDefault(matcher.group(1), "").length();
      length += value - (matcher.end() - matcher.start());
    }
    return length;
  }

  /// Every blank must have a value.
  static String fill(String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
  }
}
