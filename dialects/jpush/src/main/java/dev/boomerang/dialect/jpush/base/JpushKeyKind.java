// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import dev.boomerang.model.app.KeyKind;

/// Names the kind of the keys that sign or log in JPush calls.
public final class JpushKeyKind {
  public static final KeyKind KIND = new KeyKind("JPUSH");

  private JpushKeyKind() {}
}
