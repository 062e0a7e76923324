// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.user;

import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The users that a call names: registration ids or aliases, as `targetKind` says.
public record UserSelector(TargetKind targetKind, List<String> names) {
  /// The longest name that is read. No registration id and no alias is as long.
  public static final int MAX_NAME = 512;

  public UserSelector {
    names = List.copyOf(names);
  }

  /// Reads 1 to `limit` names, each of them once. The field `kindField` is 1 for registration ids
  /// and 2 for aliases.
  public static UserSelector read(Fields fields, String kindField, String namesField, int limit) {
    TargetKind targetKind =
        fields.requiredNumber(kindField, 1, 2) == 1 ? TargetKind.REGISTRATION : TargetKind.ALIAS;
    Set<String> names = new LinkedHashSet<>(fields.texts(namesField, limit, MAX_NAME));
    if (names.isEmpty()) {
      throw fields.invalid(namesField, Kind.MISSING, "must have 1 to " + limit + " entries");
    }
    return new UserSelector(targetKind, List.copyOf(names));
  }

  boolean byAlias() {
    return targetKind == TargetKind.ALIAS;
  }
}
