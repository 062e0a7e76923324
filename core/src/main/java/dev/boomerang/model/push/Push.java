// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Platform;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A push is the command to send content to an audience. `name` is the caller's title for the task
/// and may be empty.
public record Push(AppId app, String name, Audience audience, Content content, Options options) {

  /// Returns this push with other options.
  public Push with(Options other) {
    return new Push(app, name, audience, content, other);
  }

  /// `lifetime`: how long after acceptance it may still be delivered. `messageId`: the caller's own
  /// name for a push to everyone. `vendorHints`: settings only vendor channels read, under the
  /// names their callers gave them. `overrides`: the earlier push that it replaces on devices of a
  /// platform. `sendRate`: without one it is sent at once.
  public record Options(
      Source source,
      Duration lifetime,
      Optional<RequestKey> requestKey,
      Optional<String> messageId,
      Map<String, String> vendorHints,
      Map<Platform, OverrideTarget> overrides,
      Optional<SendRate> sendRate,
      Strategy strategy,
      Optional<Webhook> webhook) {
    public Options {
      vendorHints = Map.copyOf(vendorHints);
      overrides = Map.copyOf(overrides);
    }

    public static Options of(String origin, Duration lifetime) {
      return of(Source.of(origin), lifetime);
    }

    public static Options of(Source source, Duration lifetime) {
      return new Options(
          source,
          lifetime,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          Strategy.ONLINE_ELSE_VENDOR,
          Optional.empty());
    }

    public Options source(Source from) {
      return new Options(
          from,
          lifetime,
          requestKey,
          messageId,
          vendorHints,
          overrides,
          sendRate,
          strategy,
          webhook);
    }

    public Options requestKey(Optional<RequestKey> key) {
      return new Options(
          source, lifetime, key, messageId, vendorHints, overrides, sendRate, strategy, webhook);
    }

    public Options messageId(Optional<String> id) {
      return new Options(
          source, lifetime, requestKey, id, vendorHints, overrides, sendRate, strategy, webhook);
    }

    public Options vendorHints(Map<String, String> hints) {
      return new Options(
          source, lifetime, requestKey, messageId, hints, overrides, sendRate, strategy, webhook);
    }

    public Options replacing(Map<Platform, OverrideTarget> what) {
      return new Options(
          source, lifetime, requestKey, messageId, vendorHints, what, sendRate, strategy, webhook);
    }

    public Options pace(Optional<SendRate> how) {
      return new Options(
          source, lifetime, requestKey, messageId, vendorHints, overrides, how, strategy, webhook);
    }

    public Options strategy(Strategy which) {
      return new Options(
          source,
          lifetime,
          requestKey,
          messageId,
          vendorHints,
          overrides,
          sendRate,
          which,
          webhook);
    }

    public Options webhook(Optional<Webhook> endpoint) {
      return new Options(
          source,
          lifetime,
          requestKey,
          messageId,
          vendorHints,
          overrides,
          sendRate,
          strategy,
          endpoint);
    }
  }
}
