// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

/// How log lines look, and from which gravity on they are written.
public record LogSettings(Format format, System.Logger.Level level) {
  public enum Format {
    TEXT,
    JSON
  }
}
