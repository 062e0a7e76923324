// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect.AuthenticatedCall;
import dev.boomerang.web.field.Fields;
import java.util.Optional;

/// `/tagSegment`: expressions that have a name.
///
/// Source: vivo "标签管理", 标签人群.
public final class TagSegmentCalls {
  private final TagCatalogs books;

  public TagSegmentCalls(TagCatalogs books) {
    this.books = books;
  }

  public ObjectNode add(AuthenticatedCall ask) {
    String name = TagCatalogs.name(ask.fields(), "name");
    TagExpression expression = TagExpression.read(ask.fields(), "expression");
    books.change(
        ask.app().id(),
        book -> {
          TagCatalogs.checkFree(name, book.segments(), expression);
          return book.with(name, expression);
        });
    return TagCalls.done();
  }

  public ObjectNode update(AuthenticatedCall ask) {
    Fields body = ask.fields();
    String from = TagCatalogs.name(body, "oldName");
    String to = TagCatalogs.name(body, "newName");
    Optional<TagExpression> expression =
        body.has("expression")
            ? Optional.of(TagExpression.read(body, "expression"))
            : Optional.empty();
    books.change(
        ask.app().id(),
        book -> {
          TagExpression known =
              Optional.ofNullable(book.segments().get(from))
                  .orElseThrow(() -> TagCatalogs.unknown(from));
          if (!from.equals(to) && book.segments().containsKey(to)) {
            throw TagCatalogs.taken(to);
          }
          return book.withSegmentRenamed(from, to).with(to, expression.orElse(known));
        });
    return TagCalls.done();
  }
}
