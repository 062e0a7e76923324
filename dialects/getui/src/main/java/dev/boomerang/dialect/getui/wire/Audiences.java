// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.dialect.getui.Condition;
import dev.boomerang.dialect.getui.Condition.Op;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.List;

/// Whom of an app a push is for: `conditions`, or the lists that older libraries have.
///
/// Source: Getui "V1 server SDK", AppConditions.
final class Audiences {
  private static final int MAX_CONDITIONS = 100;
  private static final int MAX_VALUES = 1_000;

  private record Legacy(String list, String key) {}

  private static final List<Legacy> LEGACY =
      List.of(
          new Legacy("phoneTypeList", "phoneType"),
          new Legacy("provinceList", "region"),
          new Legacy("tagList", "tag"));

  private Audiences() {}

  /// None for everybody.
  static List<Condition> conditions(Fields fields) {
    var conditions = new ArrayList<Condition>();
    for (Fields entry : fields.entries("conditions", MAX_CONDITIONS)) {
      List<String> values = Lenient.names(entry, "values", MAX_VALUES);
      if (values.isEmpty()) {
        throw entry.invalid("values", Kind.BLANK, "must have an entry");
      }
      Op op = Op.of(entry.number("optType", 0, 2).orElse(0L));
      conditions.add(new Condition(entry.requiredText("key", Lenient.MAX_NAME), values, op));
    }
    for (Legacy legacy : LEGACY) {
      List<String> values = Lenient.names(fields, legacy.list(), MAX_VALUES);
      if (!values.isEmpty()) {
        conditions.add(new Condition(legacy.key(), values, Op.OR));
      }
    }
    return conditions;
  }
}
