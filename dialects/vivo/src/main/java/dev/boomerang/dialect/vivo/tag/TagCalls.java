// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect.AuthenticatedCall;
import dev.boomerang.dialect.vivo.tag.TagCatalog.Tag;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import java.util.Set;

/// `/tag/add` and `/tag/update`. A tag that devices or other dialects made is there too, if a
/// device has it. Clients send a `type` of 0 that means nothing.
///
/// Source: vivo "标签管理".
public final class TagCalls {
  private final TagCatalogs books;
  private final Registrations registrations;

  public TagCalls(TagCatalogs books, Registrations registrations) {
    this.books = books;
    this.registrations = registrations;
  }

  /// Tag calls say less.
  static ObjectNode done() {
    return Json.object().put("result", 0).put("desc", "成功");
  }

  public ObjectNode add(AuthenticatedCall ask) {
    Fields body = ask.fields();
    String name = TagCatalogs.name(body, "name");
    books.change(
        ask.app().id(),
        book -> {
          Tag tag = tag(body, book.tags().getOrDefault(name, Tag.PLAIN));
          TagCatalogs.checkFree(name, book.tags(), tag);
          return book.with(name, tag);
        });
    return done();
  }

  /// The devices first: what a stop leaves half done, the same call again finishes.
  public ObjectNode update(AuthenticatedCall ask) {
    Fields body = ask.fields();
    AppId app = ask.app().id();
    String from = TagCatalogs.name(body, "oldName");
    String to = TagCatalogs.name(body, "newName");
    check(app, books.read(app), from);
    if (!from.equals(to)) {
      if (books.read(app).tags().containsKey(to)) {
        throw TagCatalogs.taken(to);
      }
      registrations.updateAll(
          app,
          new Segment.HasTag(from),
          each -> TagMemberCalls.tagged(each, Set.of(to), Set.of(from)));
    }
    books.change(
        app,
        book ->
            book.withTagRenamed(from, to)
                .with(to, tag(body, book.tags().getOrDefault(from, Tag.PLAIN))));
    return done();
  }

  /// What a call says of a tag, and of the rest what is known.
  private static Tag tag(Fields body, Tag known) {
    return new Tag(
        body.has("desc") ? TagCatalogs.desc(body) : known.desc(),
        body.text("group", TagCatalog.MAX_NAME).orElse(known.group()));
  }

  private void check(AppId app, TagCatalog book, String tag) {
    if (!isThere(app, book, tag, registrations)) {
      throw TagCatalogs.unknown(tag);
    }
  }

  static boolean isThere(AppId app, TagCatalog book, String tag, Registrations registrations) {
    return book.tags().containsKey(tag) || registrations.count(app, new Segment.HasTag(tag)) > 0;
  }
}
