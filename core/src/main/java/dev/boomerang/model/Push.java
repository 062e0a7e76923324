// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The command: content for an audience. `name` is the caller's title for the task and may be
/// empty.
public record Push(AppId app, String name, Audience audience, Content content, Options options) {

  /// `lifetime`: how long after acceptance it may still be delivered. `messageId`: the caller's own
  /// name for a push to everyone. `vendorHints`: settings only vendor channels read, under the
  /// names their callers gave them. `replacing`: whose place it takes on devices of a platform.
  public record Options(
      Source source,
      Duration lifetime,
      Optional<RequestKey> requestKey,
      Optional<String> messageId,
      Map<String, String> vendorHints,
      Map<Platform, Replacing> replacing) {
    public Options {
      vendorHints = Map.copyOf(vendorHints);
      replacing = Map.copyOf(replacing);
    }

    public static Options of(String origin, Duration lifetime) {
      return of(Source.of(origin), lifetime);
    }

    public static Options of(Source source, Duration lifetime) {
      return new Options(source, lifetime, Optional.empty(), Optional.empty(), Map.of(), Map.of());
    }
  }
}
