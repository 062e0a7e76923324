// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.request;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An object of a list that a client has split into parameters `List.N.Member`, as every RPC client
/// does. `name` is `List.N`.
///
/// N gives the order, as a number; it may leave gaps. Clients write list and members with a
/// capital, but pop-core passes on what its user wrote: a lower-case first letter is accepted too.
public record IndexedParams(String name, Map<String, String> members) {
  private static final int MAX_DIGITS = 9;

  static List<IndexedParams> read(RequestParams requestParams, String list) {
    if (!requestParams.hasDottedNames()) {
      return List.of();
    }
    String prefix = list + ".";
    var items = new TreeMap<Integer, IndexedParams>();
    for (RequestParams.Param param : requestParams.all()) {
      String name = param.name();
      if (capital(name, 0) == prefix.charAt(0)
          && name.regionMatches(1, prefix, 1, prefix.length() - 1)) {
        int dot = name.indexOf('.', prefix.length());
        int number = number(name, prefix.length(), dot);
        if (number < 0 || dot + 1 == name.length()) {
          throw ActionParams.invalid(name, "is no " + list + ".N.…");
        }
        items
            .computeIfAbsent(number, n -> new IndexedParams(prefix + n, new HashMap<>()))
            .members
            .put(capital(name, dot + 1) + name.substring(dot + 2), param.text());
      }
    }
    return List.copyOf(items.values());
  }

  private static char capital(String text, int at) {
    return at < text.length() ? Character.toUpperCase(text.charAt(at)) : 0;
  }

  /// Returns the number; negative if there is none.
  private static int number(String text, int start, int end) {
    if (end <= start || end - start > MAX_DIGITS) {
      return -1;
    }
    int number = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  public String text(String member) {
    return members.getOrDefault(member, "");
  }

  /// Returns the full name of a member's parameter, for error messages.
  public String parameter(String member) {
    return name + "." + member;
  }

  public Optional<String> nonBlank(String member) {
    return Optional.of(text(member)).filter(text -> !text.isBlank());
  }
}
