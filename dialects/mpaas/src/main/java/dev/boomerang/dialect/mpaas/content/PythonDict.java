// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Parses the text that Python makes of a dict, `{'name': '张三', 'money': 200}`. The vendor's own
/// Python sample for PushMultiple sends it in place of JSON, because the SDK writes every value
/// with `str()`. Keys are texts, values texts, numbers and booleans; everything else is refused.
///
/// Python 2, which that sample is written for, has a `\xNN` for each byte of UTF-8; Python 3 writes
/// characters as they are and has a `\xNN` for a few that cannot be seen. So a row of them that is
/// UTF-8 is taken for that.
final class PythonDict {
  private static final char END = 0;

  private final String text;
  private int at;

  private PythonDict(String text) {
    this.text = text;
  }

  /// Returns the values; empty if `text` is no such dict.
  static Optional<Map<String, String>> read(String text) {
    return text.indexOf(END) >= 0 ? Optional.empty() : new PythonDict(text).dict();
  }

  private Optional<Map<String, String>> dict() {
    Map<String, String> values = new HashMap<>();
    boolean fine = take('{');
    boolean more = fine && !take('}');
    while (fine && more) {
      Optional<String> key = string();
      Optional<String> value =
          key.isPresent() && take(':') ? string().or(this::literal) : Optional.empty();
      value.ifPresent(found -> values.put(key.orElseThrow(), found));
      more = take(',');
      fine = value.isPresent() && (more || take('}'));
    }
    return fine && peek() == END ? Optional.of(values) : Optional.empty();
  }

  /// Returns the next character that is no space; [#END] if there is none.
  private char peek() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : END;
  }

  private boolean take(char wanted) {
    boolean there = peek() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  /// Returns a number or a boolean as it is written.
  private Optional<String> literal() {
    peek();
    int start = at;
    while (at < text.length() && ",}' ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String literal = text.substring(start, at);
    return Optional.of(literal)
        .filter(w -> w.matches("-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?|True|False"));
  }

  private Optional<String> string() {
    if (peek() == 'u') {
      at++; // Python 2's mark of a Unicode text
    }
    char quote = at < text.length() ? text.charAt(at) : END;
    if (quote != '\'' && quote != '"') {
      return Optional.empty();
    }
    at++;
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) != '\\') {
        value.append(text.charAt(at++));
      } else if (text.startsWith("\\x", at)) {
        if (!byteEscapes(value)) {
          return Optional.empty();
        }
      } else if (!escape(value)) {
        return Optional.empty();
      }
    }
    if (at == text.length()) {
      return Optional.empty();
    }
    at++;
    return Optional.of(value.toString());
  }

  /// Reads a sequence of `\xNN`.
  private boolean byteEscapes(StringBuilder value) {
    var row = new ByteArrayOutputStream();
    while (text.startsWith("\\x", at)) {
      int code = hex(at + 2, 2);
      if (code < 1) {
        return false;
      }
      row.write(code);
      at += 4;
    }
    try {
      value.append(UTF_8.newDecoder().decode(ByteBuffer.wrap(row.toByteArray())));
    } catch (CharacterCodingException _) {
      for (byte one : row.toByteArray()) {
        value.append((char) (one & 0xff));
      }
    }
    return true;
  }

  private boolean escape(StringBuilder value) {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : END;
    int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    int code =
        switch (kind) {
          case '\\', '\'', '"' -> kind;
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u', 'U' -> hex(at + 2, digits);
          default -> -1;
        };
    if (code < 1 || !Character.isValidCodePoint(code)) {
      return false;
    }
    value.appendCodePoint(code);
    at += 2 + digits;
    return true;
  }

  /// Negative if there is no such number.
  private int hex(int start, int digits) {
    int code = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }
}
