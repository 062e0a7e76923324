// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect.AuthenticatedCall;
import dev.boomerang.dialect.vivo.tag.TagCatalog.Group;
import dev.boomerang.dialect.vivo.tag.TagCatalog.Tag;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Optional;

/// `/tagGroup`: groups of tags, ordinary or such that a device is in one tag of it at most.
///
/// Source: vivo "标签管理", 标签分类.
public final class TagGroupCalls {
  private static final int MAX_TAGS = 100;
  private static final int EXCLUSIVE = 2;

  private final TagCatalogs books;

  public TagGroupCalls(TagCatalogs books) {
    this.books = books;
  }

  public ObjectNode add(AuthenticatedCall ask) {
    Fields body = ask.fields();
    String name = TagCatalogs.name(body, "name");
    boolean exclusive = body.requiredNumber("type", 1, EXCLUSIVE) == EXCLUSIVE;
    books.change(
        ask.app().id(),
        book -> {
          var group =
              new Group(exclusive, desc(body, Optional.ofNullable(book.groups().get(name))));
          TagCatalogs.checkFree(name, book.groups(), group);
          return book.with(name, group);
        });
    return TagCalls.done();
  }

  public ObjectNode update(AuthenticatedCall ask) {
    Fields body = ask.fields();
    String from = TagCatalogs.name(body, "oldName");
    String to = TagCatalogs.name(body, "newName");
    books.change(
        ask.app().id(),
        book -> {
          Group known = known(book, from);
          if (!from.equals(to) && book.groups().containsKey(to)) {
            throw TagCatalogs.taken(to);
          }
          var group = new Group(known.exclusive(), desc(body, Optional.of(known)));
          return book.withGroupRenamed(from, to).with(to, group);
        });
    return TagCalls.done();
  }

  /// Tags that nobody made yet are made.
  public ObjectNode addToGroup(AuthenticatedCall ask) {
    Fields body = ask.fields();
    String name = TagCatalogs.name(body, "name");
    List<String> tags = body.texts("tagList", MAX_TAGS, TagCatalog.MAX_NAME);
    if (tags.isEmpty()) {
      throw body.invalid("tagList", Kind.MISSING, "must have 1 to " + MAX_TAGS + " entries");
    }
    books.change(
        ask.app().id(),
        before -> {
          known(before, name);
          TagCatalog book = before;
          for (String tag : tags) {
            String desc = book.tags().getOrDefault(tag, Tag.PLAIN).desc();
            book = book.with(tag, new Tag(desc, name));
          }
          return book;
        });
    return TagCalls.done();
  }

  private static String desc(Fields body, Optional<Group> known) {
    return body.has("desc") ? TagCatalogs.desc(body) : known.map(Group::desc).orElse("");
  }

  private static Group known(TagCatalog book, String name) {
    return Optional.ofNullable(book.groups().get(name))
        .orElseThrow(() -> TagCatalogs.unknown(name));
  }
}
