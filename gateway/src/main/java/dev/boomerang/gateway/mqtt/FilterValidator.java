// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

/// Checks the filters of subscriptions. Source: "MQTT Version 5.0", sections 4.7 and 4.8.2.
final class FilterValidator {
  private static final String SHARED = "$share/";

  private FilterValidator() {}

  /// Throws unless the text can be a filter. Only MQTT 5 has shared subscriptions.
  static void check(String filter, boolean v5) {
    boolean isShared = v5 && isShared(filter);
    int nameEnd = isShared ? filter.indexOf('/', SHARED.length()) : 0;
    if (filter.isEmpty() || (isShared && !isShareName(filter, nameEnd))) {
      throw InvalidPacketException.malformed();
    }
    checkWildcards(isShared ? filter.substring(nameEnd + 1) : filter);
  }

  static boolean isShared(String filter) {
    return filter.startsWith(SHARED);
  }

  /// Returns whether there is a name without wildcards before the next slash, and a filter behind
  /// it.
  private static boolean isShareName(String filter, int end) {
    return end > SHARED.length()
        && end + 1 < filter.length()
        && filter.substring(SHARED.length(), end).chars().noneMatch(c -> c == '#' || c == '+');
  }

  /// Checks that each wildcard is a level of its own, and `#` the last one.
  private static void checkWildcards(String filter) {
    int last = filter.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = filter.charAt(i);
      if (c == '#' || c == '+') {
        boolean begins = i == 0 || filter.charAt(i - 1) == '/';
        boolean ends = i == last || (c == '+' && filter.charAt(i + 1) == '/');
        if (!begins || !ends) {
          throw InvalidPacketException.malformed();
        }
      }
    }
  }
}
