// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.user;

import java.util.List;

/// One of an audience's conditions: these values of one key, joined by `op`. Different conditions
/// are all asked for.
public record AudienceCondition(String key, List<String> values, Op op) {
  public AudienceCondition {
    values = List.copyOf(values);
  }

  public enum Op {
    /// Any of the values. The one that is meant where none is given, in V1.
    OR,
    /// All of them.
    AND,
    /// None of them.
    NOT;

    /// V1's numbers: 0 or, 1 and, 2 not.
    public static Op of(long number) {
      return number == 0 ? OR : number == 1 ? AND : NOT;
    }
  }
}
