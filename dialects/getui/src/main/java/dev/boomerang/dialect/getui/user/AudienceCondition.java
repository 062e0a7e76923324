// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.user;

import java.util.List;

/// Is one condition of an audience: these values of one key, joined by `op`. A user must meet all
/// conditions.
public record AudienceCondition(String key, List<String> values, Op op) {
  public AudienceCondition {
    values = List.copyOf(values);
  }

  /// Says how the values of a condition are joined. REST V2 writes the names, V1 the numbers.
  public enum Op {
    /// Matches any of the values. V1 means this one if none is given.
    OR,
    /// Matches all of the values.
    AND,
    /// Matches none of the values.
    NOT;

    /// Returns the operator of V1's numbers: 0 is or, 1 is and, 2 is not.
    public static Op of(long number) {
      return number == 0 ? OR : number == 1 ? AND : NOT;
    }
  }
}
