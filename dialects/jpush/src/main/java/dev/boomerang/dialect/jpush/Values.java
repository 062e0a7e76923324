// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;

/// Kinds of values that JPush has and [Fields] does not know.
final class Values {
  private static final int MAX_TEXT = 1_000;

  private Values() {}

  /// A boolean, which JPush's Python client writes as 1. Absent is false.
  static boolean flag(Fields fields, String name) {
    return switch (fields.text(name, MAX_TEXT).orElse("false")) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      case String _ -> throw fields.invalid(name, Kind.MALFORMED, "must be true or false");
    };
  }

  static void checkBytes(Fields fields, String name, String text, int most) {
    if (text.getBytes(UTF_8).length > most) {
      throw fields.invalid(name, Kind.OUT_OF_RANGE, "must have at most " + most + " bytes");
    }
  }

  /// A time of day and date without a zone.
  static void checkTime(Fields fields, String name) {
    fields
        .text(name, MAX_TEXT)
        .filter(text -> Times.second(text).isEmpty())
        .ifPresent(
            _ -> {
              throw fields.invalid(name, Kind.MALFORMED, "must be like 2030-01-31 23:59:59");
            });
  }
}
