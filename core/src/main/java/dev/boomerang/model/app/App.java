// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.app;

import java.time.Instant;

/// An app is one application of one owner. mPaaS callers name it by app id and workspace id
/// together.
public record App(
    AppId id, String workspaceId, String name, Instant createdAt, IdentityMode identityMode) {

  /// Creates an app in the open mode.
  public App(AppId id, String workspaceId, String name, Instant createdAt) {
    this(id, workspaceId, name, createdAt, IdentityMode.OPEN);
  }

  public App with(IdentityMode mode) {
    return new App(id, workspaceId, name, createdAt, mode);
  }
}
