// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.user.AudienceCondition;
import dev.boomerang.dialect.getui.user.Recipients;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads `audience`, in the form that each call has for it.
///
/// Source: Getui "RestAPI V2", audience.
final class AudienceReader {
  static final int MAX_LIST = 1_000;
  private static final int MAX_NAME = 128;
  private static final int MAX_CONDITIONS = 100;
  private static final int MAX_VALUES = 1_000;

  private AudienceReader() {}

  /// Returns the audience, which must be an object here.
  static Fields of(Fields body) {
    if (!body.has("audience")) {
      throw body.invalid("audience", Kind.MISSING, "must be given");
    }
    return body.object("audience");
  }

  /// Returns the one cid, or the one alias.
  static Recipients single(Fields body, boolean byAlias) {
    Recipients recipients = list(body, byAlias);
    if (recipients.names().size() > 1) {
      throw of(body).invalid(name(byAlias), Kind.OUT_OF_RANGE, "must have one entry");
    }
    return recipients;
  }

  /// Returns at least one cid or alias, and at most [#MAX_LIST].
  static Recipients list(Fields body, boolean byAlias) {
    Fields audience = of(body);
    String name = name(byAlias);
    if (!audience.has(name)) {
      throw audience.invalid(name, Kind.MISSING, "must be given");
    }
    List<String> names = audience.texts(name, MAX_LIST, MAX_NAME);
    if (names.isEmpty()) {
      throw audience.invalid(name, Kind.BLANK, "must have an entry");
    }
    return byAlias ? new Recipients.Aliases(names) : new Recipients.Cids(names);
  }

  private static String name(boolean byAlias) {
    return byAlias ? "alias" : "cid";
  }

  /// Refuses an audience that is not the text `all`: a mistake here would push to everybody.
  static void requireAll(Fields body) {
    if (!body.has("audience")) {
      throw body.invalid("audience", Kind.MISSING, "must be given");
    }
    if (body.node("audience").filter(node -> node.asText().equals("all")).isEmpty()) {
      throw body.invalid("audience", Kind.MALFORMED, "must be \"all\"");
    }
  }

  /// Returns the conditions under `tag`.
  static List<AudienceCondition> conditions(Fields fields) {
    if (!fields.has("tag")) {
      throw fields.invalid("tag", Kind.MISSING, "must be given");
    }
    List<AudienceCondition> conditions =
        fields.entries("tag", MAX_CONDITIONS).stream().map(AudienceReader::condition).toList();
    if (conditions.isEmpty()) {
      throw fields.invalid("tag", Kind.BLANK, "must have an entry");
    }
    return conditions;
  }

  /// Reads one condition; its values are joined by `or` if no operator is given.
  private static AudienceCondition condition(Fields entry) {
    String key = entry.requiredText("key", 64);
    List<String> values = entry.texts("values", MAX_VALUES, MAX_NAME);
    if (values.isEmpty()) {
      throw entry.invalid("values", Kind.BLANK, "must have an entry");
    }
    return new AudienceCondition(
        key,
        values,
        entry
            .choice(
                "opt_type",
                List.of(AudienceCondition.Op.values()),
                op -> op.name().toLowerCase(Locale.ROOT))
            .orElse(AudienceCondition.Op.OR));
  }

  /// Is one entry of `cid_by_tag`: a cid, which gets the push if it has these tags.
  record TaggedCid(String cid, AudienceCondition tags) {}

  /// Returns at least one and at most `limit` cids with their tags; the operator is a number here.
  static List<TaggedCid> taggedCids(Fields body, int limit) {
    Fields audience = of(body);
    var taggedCids = new ArrayList<TaggedCid>();
    for (Fields entry : audience.entries("cid_by_tag", limit)) {
      List<String> tags = entry.texts("tag", MAX_VALUES, MAX_NAME);
      if (tags.isEmpty()) {
        throw entry.invalid("tag", Kind.BLANK, "must have an entry");
      }
      AudienceCondition.Op op = AudienceCondition.Op.of(entry.number("op_type", 0, 2).orElse(0L));
      taggedCids.add(
          new TaggedCid(
              entry.requiredText("cid", MAX_NAME), new AudienceCondition("custom_tag", tags, op)));
    }
    if (taggedCids.isEmpty()) {
      throw audience.invalid("cid_by_tag", Kind.MISSING, "must be given");
    }
    return taggedCids;
  }
}
