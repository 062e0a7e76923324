// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.dialect.getui.user.AudienceCondition;
import dev.boomerang.dialect.getui.user.AudienceCondition.Op;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.List;

/// Reads which users of an app a push is for: `conditions`, or the lists that older libraries have.
///
/// Source: Getui "V1 server SDK", AppConditions.
final class AudienceReader {
  private static final int MAX_CONDITIONS = 100;
  private static final int MAX_VALUES = 1_000;

  /// Is a list of older libraries and the key of the condition that it stands for.
  private record LegacyList(String field, String key) {}

  private static final List<LegacyList> LEGACY =
      List.of(
          new LegacyList("phoneTypeList", "phoneType"),
          new LegacyList("provinceList", "region"),
          new LegacyList("tagList", "tag"));

  private AudienceReader() {}

  /// Returns the conditions; empty for everybody.
  static List<AudienceCondition> conditions(Fields fields) {
    var conditions = new ArrayList<AudienceCondition>();
    for (Fields entry : fields.entries("conditions", MAX_CONDITIONS)) {
      List<String> values = LenientFields.names(entry, "values", MAX_VALUES);
      if (values.isEmpty()) {
        throw entry.invalid("values", Kind.BLANK, "must have an entry");
      }
      Op op = Op.of(entry.number("optType", 0, 2).orElse(0L));
      conditions.add(
          new AudienceCondition(entry.requiredText("key", LenientFields.MAX_NAME), values, op));
    }
    // A request may have both forms; all of their conditions must hold.
    for (LegacyList legacy : LEGACY) {
      List<String> values = LenientFields.names(fields, legacy.field(), MAX_VALUES);
      if (!values.isEmpty()) {
        conditions.add(new AudienceCondition(legacy.key(), values, Op.OR));
      }
    }
    return conditions;
  }
}
