// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

/// Receives what goes wrong in a store. It is called from any thread and returns at once.
@FunctionalInterface
public interface StoreListener {
  StoreListener NONE = _ -> {};

  /// A caller's write was refused for this cause.
  void writeFailed(StoreFailure cause);
}
