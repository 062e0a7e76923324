// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.app;

import dev.boomerang.model.text.Preconditions;

/// Names one [App]; what mPaaS, Getui and vivo callers know as their application id.
public record AppId(String value) {
  public AppId {
    Preconditions.checkText("app id", value, 1, 64);
  }

  @Override
  public String toString() {
    return value;
  }
}
