// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Strategy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What is to be pushed, whoever is to get it. `group` is the caller's name for it and its like, by
/// which reports find it, and may be empty. The same `requestKey` again gets the first answer
/// again.
public record Order(
    AppId app, String group, What what, Terms terms, Optional<RequestKey> requestKey) {

  public sealed interface What {}

  /// A message.
  public record Say(Content content) implements What {}

  /// An order to take back what the task `oldTask` brought to the same people. With `force`, those
  /// who did not get it lose every notification of the app instead.
  public record Revoke(String oldTask, boolean force) implements What {}

  /// Whose place it takes on a device: of an earlier one with the same notification id, or, on
  /// iPhones alone, with the same collapse id as APNs calls it.
  public record Places(Optional<String> notifyId, Optional<String> collapseId) {
    public static final Places NONE = new Places(Optional.empty(), Optional.empty());
  }

  /// `lifetime`: zero is for those who are connected now. `perSecond`: 0 is as fast as it can be;
  /// read for pushes to an app only. `hints`: what only vendors' channels read.
  public record Terms(
      Duration lifetime,
      Strategy strategy,
      int perSecond,
      Places places,
      Map<String, String> hints) {
    public Terms {
      hints = Map.copyOf(hints);
    }

    public static Terms of(Duration lifetime) {
      return new Terms(lifetime, Strategy.ONLINE_ELSE_VENDOR, 0, Places.NONE, Map.of());
    }
  }
}
