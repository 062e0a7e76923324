// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

/// Settings of how log lines look, and from which level on they are written.
public record LogSettings(Format format, System.Logger.Level level) {
  public enum Format {
    TEXT,
    JSON
  }
}
