// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import dev.boomerang.model.app.KeyKind;

/// Names the kind of the native API's bearer tokens.
public final class NativeKeyKind {
  public static final KeyKind KIND = new KeyKind("ADMIN");

  private NativeKeyKind() {}
}
