// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import dev.boomerang.web.field.Fields;

/// Reads the fields that all tag calls share.
final class TagFields {
  private static final int MAX_DESC = 256;

  private TagFields() {}

  /// Returns the name of a tag, a group or a segment.
  static String name(Fields body, String field) {
    return body.requiredText(field, TagCatalog.MAX_NAME);
  }

  /// Returns the description that a call gives, or `current` if it gives none.
  static String desc(Fields body, String current) {
    return body.has("desc") ? body.text("desc", MAX_DESC).orElse("") : current;
  }
}
