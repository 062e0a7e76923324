// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Upload;
import dev.boomerang.port.UploadStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps what callers upload for their pushes, for as long as they ask. An app sees its own only.
public final class Uploads {
  private final UploadStore store;
  private final Clock clock;

  public Uploads(UploadStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// A draft is what to keep; see [Upload].
  public record Draft(String id, Upload.Kind kind, String name, Duration life, String content) {}

  /// Keeps an upload in the place of one with the same id. Returns empty if the app has `most`
  /// others of the kind.
  public Optional<Upload> put(AppId app, Draft draft, int most) {
    Instant now = clock.instant();
    var upload =
        new Upload(draft.id(), app, draft.kind(), draft.name(), now, now.plus(draft.life()));
    return store.put(upload, draft.content(), now, most) ? Optional.of(upload) : Optional.empty();
  }

  public Optional<Upload> find(AppId app, String id) {
    return store.find(app, id, clock.instant());
  }

  public Optional<String> content(AppId app, String id) {
    return store.content(app, id, clock.instant());
  }

  /// Returns the app's uploads, the oldest first.
  public List<Upload> list(AppId app) {
    return store.list(app, clock.instant());
  }

  /// False if there was none.
  public boolean remove(AppId app, String id) {
    return store.remove(app, id);
  }
}
