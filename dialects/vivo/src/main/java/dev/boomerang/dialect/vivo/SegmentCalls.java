// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect.Ask;
import dev.boomerang.dialect.vivo.tag.Expression;
import dev.boomerang.web.field.Fields;
import java.util.Optional;

/// `/tagSegment`: expressions that have a name.
///
/// Source: vivo "标签管理", 标签人群.
final class SegmentCalls {
  private final TagBooks books;

  SegmentCalls(TagBooks books) {
    this.books = books;
  }

  ObjectNode add(Ask ask) {
    String name = TagBooks.name(ask.fields(), "name");
    Expression expression = Expression.read(ask.fields(), "expression");
    books.change(
        ask.app().id(),
        book -> {
          TagBooks.checkFree(name, book.segments(), expression);
          return book.with(name, expression);
        });
    return TagCalls.done();
  }

  ObjectNode update(Ask ask) {
    Fields body = ask.fields();
    String from = TagBooks.name(body, "oldName");
    String to = TagBooks.name(body, "newName");
    Optional<Expression> expression =
        body.has("expression")
            ? Optional.of(Expression.read(body, "expression"))
            : Optional.empty();
    books.change(
        ask.app().id(),
        book -> {
          Expression known =
              Optional.ofNullable(book.segments().get(from))
                  .orElseThrow(() -> TagBooks.unknown(from));
          if (!from.equals(to) && book.segments().containsKey(to)) {
            throw TagBooks.taken(to);
          }
          return book.segmentRenamed(from, to).with(to, expression.orElse(known));
        });
    return TagCalls.done();
  }
}
