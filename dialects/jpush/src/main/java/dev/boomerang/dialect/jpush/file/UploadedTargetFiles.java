// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.file;

import dev.boomerang.dialect.jpush.request.TargetFiles;
import dev.boomerang.engine.base.Uploads;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Upload;
import java.util.Optional;

/// The files that [FileCalls] took.
public record UploadedTargetFiles(Uploads uploads) implements TargetFiles {

  @Override
  public Optional<TargetFile> find(AppId app, String fileId) {
    return uploads
        .find(app, fileId)
        .flatMap(
            upload ->
                kind(upload)
                    .flatMap(
                        kind ->
                            uploads
                                .content(app, fileId)
                                .map(text -> new TargetFile(kind, text.lines().toList()))));
  }

  /// Empty for what is no list of targets.
  static Optional<Kind> kind(Upload upload) {
    return switch (upload.kind()) {
      case ALIASES -> Optional.of(Kind.ALIAS);
      case REGISTRATIONS -> Optional.of(Kind.REGISTRATION);
      case IMAGES, SESSION -> Optional.empty();
    };
  }
}
