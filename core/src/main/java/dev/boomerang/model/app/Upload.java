// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.app;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A text that a caller keeps here for its pushes. `id` is unique in the app; after `expiresAt` it
/// is as if it were gone.
public record Upload(
    String id, AppId app, Kind kind, String name, Instant createdAt, Instant expiresAt) {

  public enum Kind {
    /// Aliases, one in each line.
    ALIASES,
    /// Registration ids, one in each line.
    REGISTRATIONS,
    /// A JSON object with the URLs of pictures, by vendor.
    IMAGES,
    /// A caller's log-in, under the hash of its token.
    SESSION;

    /// The name in stores.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> parse(String wire) {
      for (Kind kind : values()) {
        if (kind.wire().equals(wire)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }
}
