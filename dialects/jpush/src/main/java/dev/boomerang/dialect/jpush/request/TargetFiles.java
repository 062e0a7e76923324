// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import dev.boomerang.model.app.AppId;
import java.util.List;
import java.util.Optional;

/// Lists of targets that were uploaded before.
public interface TargetFiles {

  enum Kind {
    ALIAS,
    REGISTRATION
  }

  /// `lines` are trimmed and not empty, in the order of the file.
  record TargetFile(Kind kind, List<String> lines) {
    public TargetFile {
      lines = List.copyOf(lines);
    }
  }

  /// Empty if the app has no such file, or has it no more.
  Optional<TargetFile> find(AppId app, String fileId);
}
