// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.registration;

import dev.boomerang.model.text.Digests;
import java.nio.charset.StandardCharsets;

/// Encodes terms of the segment index: a letter for the kind, then `:` and the value, or `#` and
/// the SHA-256 of a value too long to be a key. The character after the letter tells the two forms
/// apart, so no value is mistaken for the hash of another.
final class IndexTerm {
  /// Limits the bytes of UTF-8 that are kept as they are. PostgreSQL takes no index row above a
  /// third of a page, 2,704 bytes, and the app's id is in the row too.
  static final int LONGEST = 1_024;

  private IndexTerm() {}

  static String encode(char kind, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LONGEST
        ? kind + ":" + value
        : kind + "#" + Digests.hex(Digests.sha256(bytes));
  }

  /// Returns the term of two values, of which either may hold anything: the length of the first
  /// says where the second begins.
  static String encode(char kind, String first, String second) {
    return encode(kind, first.length() + ":" + first + second);
  }
}
