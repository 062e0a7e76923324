// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import dev.boomerang.model.app.KeyKind;

/// Names the kind of the keys with which vivo's callers authenticate.
public final class VivoKeyKind {
  public static final KeyKind KIND = new KeyKind("VIVO");

  private VivoKeyKind() {}
}
