// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.app;

import dev.boomerang.model.text.Preconditions;

/// A text that a dialect keeps for an app, found by its name. `version` is 1 at first, grows by one
/// with each change and settles races between writers.
public record Document(AppId app, String name, String text, long version) {
  public Document {
    Preconditions.checkText("document name", name, 1, 128);
    Preconditions.check(version > 0, "a document's first version is 1");
  }
}
