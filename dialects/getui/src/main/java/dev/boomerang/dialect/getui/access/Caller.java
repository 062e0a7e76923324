// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.access;

import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Key;

/// An app, and the key (app key and master secret) it came with or logged in by.
public record Caller(App app, Key key) {
  public AppId id() {
    return app.id();
  }

  /// To whom what its calls use is charged, whichever protocol they speak.
  public String account() {
    return "getui " + app.id().value();
  }
}
