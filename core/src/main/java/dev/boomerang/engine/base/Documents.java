// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Document;
import dev.boomerang.port.DocumentStore;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Keeps an app's named texts: what a dialect knows of an app and the engine need not understand.
public final class Documents {
  private final DocumentStore store;

  public Documents(DocumentStore store) {
    this.store = store;
  }

  /// Empty text if there is none.
  public String text(AppId app, String name) {
    return store.find(app, name).map(Document::text).orElse("");
  }

  /// Applies `change` to what is stored (empty text if there is none), however many others do the
  /// same at this moment. `change` may run more than once; what it throws leaves all as it was.
  public void change(AppId app, String name, UnaryOperator<String> change) {
    boolean done = false;
    while (!done) {
      Optional<Document> before = store.find(app, name);
      String text = before.map(Document::text).orElse("");
      String after = change.apply(text);
      done =
          after.equals(text)
              || store.replace(
                  new Document(app, name, after, before.map(Document::version).orElse(0L) + 1));
    }
  }
}
