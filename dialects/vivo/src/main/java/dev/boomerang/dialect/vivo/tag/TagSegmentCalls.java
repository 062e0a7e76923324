// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.SuccessResponse;
import dev.boomerang.web.field.Fields;
import java.util.Optional;

/// Answers `/tagSegment`: adds and changes tag expressions under a name.
///
/// Source: vivo "标签管理", 标签人群.
public final class TagSegmentCalls {
  private final TagCatalogs tagCatalogs;

  public TagSegmentCalls(TagCatalogs tagCatalogs) {
    this.tagCatalogs = tagCatalogs;
  }

  public ObjectNode add(AuthenticatedCall call) {
    String name = TagFields.name(call.fields(), "name");
    TagExpression expression = TagExpression.read(call.fields(), "expression");
    tagCatalogs.change(
        call.appId(),
        catalog -> {
          TagCatalogs.requireFree(name, catalog.segments(), expression);
          return catalog.with(name, expression);
        });
    return SuccessResponse.ofTagCall();
  }

  /// Changes a segment and may rename it. It keeps its expression if the call gives none.
  public ObjectNode update(AuthenticatedCall call) {
    Fields body = call.fields();
    String from = TagFields.name(body, "oldName");
    String to = TagFields.name(body, "newName");
    Optional<TagExpression> expression =
        body.has("expression")
            ? Optional.of(TagExpression.read(body, "expression"))
            : Optional.empty();
    tagCatalogs.change(
        call.appId(),
        catalog -> {
          TagExpression current =
              Optional.ofNullable(catalog.segments().get(from))
                  .orElseThrow(() -> TagCatalogs.unknownName(from));
          if (!from.equals(to) && catalog.segments().containsKey(to)) {
            throw TagCatalogs.nameTaken(to);
          }
          return catalog.withSegmentRenamed(from, to).with(to, expression.orElse(current));
        });
    return SuccessResponse.ofTagCall();
  }
}
