// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import dev.boomerang.dialect.getui.user.AudienceCondition;
import dev.boomerang.dialect.getui.user.Recipients;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;

/// Reads cids, aliases and conditions as REST V1 writes them.
final class AudienceReader {
  static final int MAX_NAME = 128;
  private static final int MAX_CONDITIONS = 100;
  private static final int MAX_VALUES = 1_000;

  private AudienceReader() {}

  /// Returns the one cid or the one alias of a single push.
  static Recipients single(Fields body) {
    boolean byCid = body.text("cid", MAX_NAME).filter(it -> !it.isBlank()).isPresent();
    boolean byAlias = body.text("alias", MAX_NAME).filter(it -> !it.isBlank()).isPresent();
    if (byCid && byAlias) {
      throw body.invalid("alias", Kind.MALFORMED, "must not be given together with cid");
    }
    return byAlias
        ? new Recipients.Aliases(List.of(body.requiredText("alias", MAX_NAME)))
        : new Recipients.Cids(List.of(body.requiredText("cid", MAX_NAME)));
  }

  /// Returns the cids or the aliases of a list push.
  static Recipients list(Fields body, int limit) {
    List<String> cids = body.texts("cid", limit, MAX_NAME);
    List<String> aliases = body.texts("alias", limit, MAX_NAME);
    if (!cids.isEmpty() && !aliases.isEmpty()) {
      throw body.invalid("alias", Kind.MALFORMED, "must not be given together with cid");
    }
    if (cids.isEmpty() && aliases.isEmpty()) {
      throw body.invalid("cid", Kind.MISSING, "or alias must be given");
    }
    return aliases.isEmpty() ? new Recipients.Cids(cids) : new Recipients.Aliases(aliases);
  }

  /// Returns the conditions; empty if there is none.
  static List<AudienceCondition> conditions(Fields body) {
    return body.entries("condition", MAX_CONDITIONS).stream()
        .map(AudienceReader::condition)
        .toList();
  }

  private static AudienceCondition condition(Fields entry) {
    String key = entry.requiredText("key", 64);
    List<String> values = entry.texts("values", MAX_VALUES, MAX_NAME);
    if (values.isEmpty()) {
      throw entry.invalid("values", Kind.BLANK, "must have an entry");
    }
    return new AudienceCondition(
        key, values, AudienceCondition.Op.of(entry.number("opt_type", 0, 2).orElse(0L)));
  }
}
