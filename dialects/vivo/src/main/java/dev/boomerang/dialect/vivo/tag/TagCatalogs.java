// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.engine.base.Documents;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Segment;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Reads and changes the [TagCatalog] of each app, which is stored as a document.
public final class TagCatalogs {
  private static final String DOCUMENT = "vivo.tags";
  private static final int MAX_NAMES = 10_000;

  private final Documents documents;
  private final Registrations registrations;

  public TagCatalogs(Documents documents, Registrations registrations) {
    this.documents = documents;
    this.registrations = registrations;
  }

  public TagCatalog read(AppId app) {
    return TagCatalog.parse(documents.text(app, DOCUMENT));
  }

  /// Changes the catalog of an app. `change` may run more than once; if it throws, the catalog
  /// stays as it was.
  void change(AppId app, UnaryOperator<TagCatalog> change) {
    documents.change(
        app, DOCUMENT, text -> checkSize(change.apply(TagCatalog.parse(text))).jsonText());
  }

  private static TagCatalog checkSize(TagCatalog catalog) {
    if (catalog.size() > MAX_NAMES) {
      throw new VivoException(
          VivoError.TAG, "an app may have " + MAX_NAMES + " tags, groups and segments");
    }
    return catalog;
  }

  /// Checks that a tag exists. A tag that devices or other dialects made exists if a device has it.
  void requireTag(AppId app, String tag) {
    if (!read(app).tags().containsKey(tag)
        && registrations.count(app, new Segment.HasTag(tag)) == 0) {
      throw unknownName(tag);
    }
  }

  static VivoException unknownName(String name) {
    return new VivoException(VivoError.TAG, "there is no " + name);
  }

  /// Checks that `name` is free in `all`, or is taken by what is `added`: clients send the same
  /// call again when its response is late. What has that name must not be replaced by another; that
  /// is an update.
  static <T> void requireFree(String name, Map<String, T> all, T added) {
    Optional.ofNullable(all.get(name))
        .filter(present -> !present.equals(added))
        .ifPresent(
            _ -> {
              throw nameTaken(name);
            });
  }

  static VivoException nameTaken(String name) {
    return new VivoException(VivoError.TAG, "there is another " + name);
  }
}
