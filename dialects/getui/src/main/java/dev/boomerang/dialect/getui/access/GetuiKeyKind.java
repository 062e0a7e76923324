// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.access;

import dev.boomerang.model.app.KeyKind;

/// Names the kind of the keys that sign or log in Getui calls.
public final class GetuiKeyKind {
  public static final KeyKind KIND = new KeyKind("GETUI");

  private GetuiKeyKind() {}
}
