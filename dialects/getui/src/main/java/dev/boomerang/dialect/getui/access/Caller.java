// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.access;

import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Key;

/// Is an app, with the key (app key and master secret) that it called or logged in with.
public record Caller(App app, Key key) {
  public AppId id() {
    return app.id();
  }

  /// Returns the account that this caller's calls are charged to, the same in all protocols.
  public String account() {
    return "getui " + app.id().value();
  }
}
