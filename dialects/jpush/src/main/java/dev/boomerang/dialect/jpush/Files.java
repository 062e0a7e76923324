// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.model.app.AppId;
import java.util.List;
import java.util.Optional;

/// Lists of targets that were uploaded before.
interface Files {

  enum Kind {
    ALIAS,
    REGISTRATION
  }

  /// `lines` are trimmed and not empty, in the order of the file.
  record Targeted(Kind kind, List<String> lines) {
    public Targeted {
      lines = List.copyOf(lines);
    }
  }

  /// Empty if the app has no such file, or has it no more.
  Optional<Targeted> find(AppId app, String fileId);
}
