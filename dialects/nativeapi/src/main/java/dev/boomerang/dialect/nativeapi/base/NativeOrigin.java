// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.base;

/// Names the native API as the source of what it pushes, recalls and stops. Stores keep the name.
public final class NativeOrigin {
  public static final String NAME = "native";

  private NativeOrigin() {}
}
