// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.TemplateId;
import java.util.List;
import java.util.Optional;

/// Stores templates, found by id or by their name within the app.
public interface TemplateStore {

  enum AddResult {
    DONE,
    NAME_TAKEN,
    /// The app has as many templates as it may.
    TOO_MANY
  }

  /// Adds a template. Exactly one of any number of concurrent callers gets a name, and an app never
  /// has more than `most`.
  AddResult add(Template template, int most);

  Optional<Template> find(AppId app, TemplateId id);

  Optional<Template> findByName(AppId app, String name);

  /// Returns an app's templates, the newest first, without the first `skip`.
  List<Template> list(AppId app, int skip, int limit);

  int count(AppId app);

  /// Removes a template. Returns false if there was none.
  boolean remove(AppId app, TemplateId id);
}
