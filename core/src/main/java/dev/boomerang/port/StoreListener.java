// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

/// Is told what goes wrong in a store. Called from any thread; returns at once.
@FunctionalInterface
public interface StoreListener {
  StoreListener NONE = _ -> {};

  /// One caller's write was refused for this cause.
  void writeFailed(StoreFailure cause);
}
