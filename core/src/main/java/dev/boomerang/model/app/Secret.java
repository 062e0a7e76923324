// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.app;

/// A text that must not reach a log: it never prints itself.
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
