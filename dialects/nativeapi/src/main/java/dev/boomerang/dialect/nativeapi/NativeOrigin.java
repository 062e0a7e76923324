// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

/// Names the native API as the source of what it pushes, recalls and stops. Stores keep the name.
final class NativeOrigin {
  static final String NAME = "native";

  private NativeOrigin() {}
}
