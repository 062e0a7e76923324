// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Upload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores what callers keep here for their pushes. Whatever is asked at `now` does not see what
/// expired by then.
public interface UploadStore {

  /// Stores an upload in the place of one with the same id. Returns false, and stores nothing, if
  /// the app has `most` others of the same kind at `now`.
  boolean put(Upload upload, String content, Instant now, int most);

  Optional<Upload> find(AppId app, String id, Instant now);

  Optional<String> content(AppId app, String id, Instant now);

  /// Returns an app's uploads, the oldest first.
  List<Upload> list(AppId app, Instant now);

  /// Removes an upload. Returns false if there was none, expired or not.
  boolean remove(AppId app, String id);

  /// Clears what expired by `now`, at most `count`. Returns how many it cleared.
  int purge(Instant now, int count);
}
