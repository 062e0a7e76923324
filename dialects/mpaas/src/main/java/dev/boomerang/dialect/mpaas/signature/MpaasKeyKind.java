// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.signature;

import dev.boomerang.model.app.KeyKind;

/// Names the kind of the keys that sign or log in mPaaS calls.
public final class MpaasKeyKind {
  public static final KeyKind KIND = new KeyKind("MPAAS");

  private MpaasKeyKind() {}
}
