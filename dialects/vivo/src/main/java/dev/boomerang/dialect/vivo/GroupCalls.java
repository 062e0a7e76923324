// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect.Ask;
import dev.boomerang.dialect.vivo.tag.TagBook;
import dev.boomerang.dialect.vivo.tag.TagBook.Group;
import dev.boomerang.dialect.vivo.tag.TagBook.Tag;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Optional;

/// `/tagGroup`: groups of tags, ordinary or such that a device is in one tag of it at most.
///
/// Source: vivo "标签管理", 标签分类.
final class GroupCalls {
  private static final int MAX_TAGS = 100;
  private static final int EXCLUSIVE = 2;

  private final TagBooks books;

  GroupCalls(TagBooks books) {
    this.books = books;
  }

  ObjectNode add(Ask ask) {
    Fields body = ask.fields();
    String name = TagBooks.name(body, "name");
    boolean exclusive = body.requiredNumber("type", 1, EXCLUSIVE) == EXCLUSIVE;
    books.change(
        ask.app().id(),
        book -> {
          var group =
              new Group(exclusive, desc(body, Optional.ofNullable(book.groups().get(name))));
          TagBooks.checkFree(name, book.groups(), group);
          return book.with(name, group);
        });
    return TagCalls.done();
  }

  ObjectNode update(Ask ask) {
    Fields body = ask.fields();
    String from = TagBooks.name(body, "oldName");
    String to = TagBooks.name(body, "newName");
    books.change(
        ask.app().id(),
        book -> {
          Group known = known(book, from);
          if (!from.equals(to) && book.groups().containsKey(to)) {
            throw TagBooks.taken(to);
          }
          var group = new Group(known.exclusive(), desc(body, Optional.of(known)));
          return book.groupRenamed(from, to).with(to, group);
        });
    return TagCalls.done();
  }

  /// Tags that nobody made yet are made.
  ObjectNode fill(Ask ask) {
    Fields body = ask.fields();
    String name = TagBooks.name(body, "name");
    List<String> tags = body.texts("tagList", MAX_TAGS, TagBook.MAX_NAME);
    if (tags.isEmpty()) {
      throw body.invalid("tagList", Kind.MISSING, "must have 1 to " + MAX_TAGS + " entries");
    }
    books.change(
        ask.app().id(),
        before -> {
          known(before, name);
          TagBook book = before;
          for (String tag : tags) {
            String desc = book.tags().getOrDefault(tag, Tag.PLAIN).desc();
            book = book.with(tag, new Tag(desc, name));
          }
          return book;
        });
    return TagCalls.done();
  }

  private static String desc(Fields body, Optional<Group> known) {
    return body.has("desc") ? TagBooks.desc(body) : known.map(Group::desc).orElse("");
  }

  private static Group known(TagBook book, String name) {
    return Optional.ofNullable(book.groups().get(name)).orElseThrow(() -> TagBooks.unknown(name));
  }
}
