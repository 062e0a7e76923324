// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Content;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Strategy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What is to be pushed, whoever is to get it. `group` is the caller's name for it and its like, by
/// which reports find it, and may be empty. The same `requestKey` again gets the first answer
/// again.
public record Order(
    AppId app, String group, What what, Terms terms, Optional<RequestKey> requestKey) {

  /// The hint that has a notification's id: on a device it takes the place of an earlier one of the
  /// same id.
  public static final String NOTIFY_ID = "getui.notify_id";

  /// The hint that has the same for iPhones alone, as APNs calls it.
  public static final String COLLAPSE_ID = "getui.apns_collapse_id";

  public sealed interface What {}

  /// A message.
  public record Say(Content content) implements What {}

  /// An order to take back what the task `oldTask` brought to the same people. With `force`, those
  /// who did not get it lose every notification of the app instead.
  public record Revoke(String oldTask, boolean force) implements What {}

  /// `lifetime`: zero is for those who are connected now. `perSecond`: 0 is as fast as it can be;
  /// read for pushes to an app only. `hints`: what only vendors' channels read.
  public record Terms(
      Duration lifetime, Strategy strategy, int perSecond, Map<String, String> hints) {
    public Terms {
      hints = Map.copyOf(hints);
    }

    public static Terms of(Duration lifetime) {
      return new Terms(lifetime, Strategy.ONLINE_ELSE_VENDOR, 0, Map.of());
    }
  }
}
