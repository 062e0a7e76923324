// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.web.field.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads fields as the libraries of five languages write them: numbers as texts, and empty texts
/// for absent ones.
final class LenientFields {
  static final int MAX_NAME = 128;

  private static final Set<String> TRUE = Set.of("true", "True", "1");

  private LenientFields() {}

  /// Returns whether a flag is set: as JSON's `true`, as 1, or as a text. Anything else, and a
  /// missing field, is false.
  static boolean isTrue(Fields fields, String name) {
    return fields.node(name).filter(node -> TRUE.contains(node.asText())).isPresent();
  }

  /// Returns a name; empty also for a blank one.
  static Optional<String> name(Fields fields, String name) {
    return fields.text(name, MAX_NAME).filter(text -> !text.isBlank());
  }

  /// Returns a task's name, which has a result of its own if it is missing.
  static String task(Fields fields, String name) {
    return name(fields, name).orElseThrow(() -> new WireResultException(WireResult.BLANK_TASK));
  }

  /// Returns a cid that must be there and have the form of one; whether anybody has it is not
  /// asked.
  static String cid(Fields fields, String name) {
    return checkedCid(fields.requiredText(name, MAX_NAME));
  }

  /// Returns the cid; throws [WireResult#BAD_CID] if it cannot be one.
  static String checkedCid(String cid) {
    if (RegistrationId.parse(cid).isEmpty()) {
      throw new WireResultException(WireResult.BAD_CID);
    }
    return cid;
  }

  /// Returns at most `limit` names, each of at most [#MAX_NAME] characters; refuses a longer list.
  static List<String> names(Fields fields, String name, int limit) {
    return fields.texts(name, limit, MAX_NAME);
  }
}
