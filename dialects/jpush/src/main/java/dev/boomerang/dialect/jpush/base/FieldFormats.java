// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.regex.Pattern;

/// Kinds of values that JPush has and [Fields] does not know.
public final class FieldFormats {
  /// The longest tag or alias, in bytes of UTF-8.
  public static final int MAX_NAME_BYTES = 40;

  private static final int MAX_TEXT = 1_000;

  /// Letters, digits, `_`, Chinese and some signs.
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_@!#$&*+=.|￥]+");

  private FieldFormats() {}

  /// A boolean, which JPush's Python client writes as 1. Absent is false.
  public static boolean flag(Fields fields, String name) {
    return switch (fields.text(name, MAX_TEXT).orElse("false")) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      case String _ -> throw fields.invalid(name, Kind.MALFORMED, "must be true or false");
    };
  }

  public static void checkBytes(Fields fields, String name, String text, int most) {
    if (text.getBytes(UTF_8).length > most) {
      throw fields.invalid(name, Kind.OUT_OF_RANGE, "must have at most " + most + " bytes");
    }
  }

  /// Checks that a field is a date and time of day without a zone.
  public static void checkTime(Fields fields, String name) {
    fields
        .text(name, MAX_TEXT)
        .filter(text -> TimeFormats.second(text).isEmpty())
        .ifPresent(
            _ -> {
              throw fields.invalid(name, Kind.MALFORMED, "must be like 2030-01-31 23:59:59");
            });
  }

  /// Refuses a tag or an alias that is too long or has a character that JPush does not allow.
  public static void checkName(Fields fields, String field, String name) {
    if (name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
      throw fields.invalid(
          field, Kind.OUT_OF_RANGE, "must have names of at most " + MAX_NAME_BYTES + " bytes");
    }
    if (!NAME.matcher(name).matches()) {
      throw fields.invalid(
          field, Kind.MALFORMED, "has a name with a character that is not allowed");
    }
  }
}
