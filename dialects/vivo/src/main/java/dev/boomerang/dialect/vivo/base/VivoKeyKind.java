// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import dev.boomerang.model.app.KeyKind;

/// Names the kind of the keys that sign or log in vivo calls.
public final class VivoKeyKind {
  public static final KeyKind KIND = new KeyKind("VIVO");

  private VivoKeyKind() {}
}
