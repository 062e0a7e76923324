// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.engine.base.Documents;
import dev.boomerang.model.app.AppId;
import dev.boomerang.web.field.Fields;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Keeps each app's [TagCatalog].
public final class TagCatalogs {
  private static final String NAME = "vivo.tags";
  private static final int MAX_NAMES = 10_000;
  private static final int MAX_DESC = 256;

  private final Documents documents;

  public TagCatalogs(Documents documents) {
    this.documents = documents;
  }

  public TagCatalog read(AppId app) {
    return TagCatalog.ofJsonText(documents.text(app, NAME));
  }

  /// `how` may run more than once; what it throws leaves the book as it was.
  void change(AppId app, UnaryOperator<TagCatalog> how) {
    documents.change(app, NAME, TagCatalog.change(book -> checked(how.apply(book))));
  }

  private static TagCatalog checked(TagCatalog book) {
    if (book.tags().size() + book.groups().size() + book.segments().size() > MAX_NAMES) {
      throw new VivoException(
          VivoError.TAG, "an app may have " + MAX_NAMES + " tags, groups and segments");
    }
    return book;
  }

  static String name(Fields body, String field) {
    return body.requiredText(field, TagCatalog.MAX_NAME);
  }

  /// Absent reads as empty.
  static String desc(Fields body) {
    return body.text("desc", MAX_DESC).orElse("");
  }

  static VivoException unknown(String name) {
    return new VivoException(VivoError.TAG, "there is no " + name);
  }

  /// Clients write the same call again when its answer is late, so what is there already may be
  /// added again as it is. Another of that name must not take its place: that is an update.
  static <T> void checkFree(String name, Map<String, T> all, T added) {
    Optional.ofNullable(all.get(name))
        .filter(there -> !there.equals(added))
        .ifPresent(
            _ -> {
              throw taken(name);
            });
  }

  static VivoException taken(String name) {
    return new VivoException(VivoError.TAG, "there is another " + name);
  }
}
