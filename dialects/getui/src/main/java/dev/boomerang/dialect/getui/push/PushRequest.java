// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

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
public record PushRequest(
    AppId app,
    String group,
    Instruction instruction,
    Options options,
    Optional<RequestKey> requestKey) {

  public sealed interface Instruction {}

  /// A message.
  public record Send(Content content) implements Instruction {}

  /// An order to take back what the task `oldTask` brought to the same people. With `force`, those
  /// who did not get it lose every notification of the app instead.
  public record Revoke(String oldTask, boolean force) implements Instruction {}

  /// Whose place it takes on a device: of an earlier one with the same notification id, or, on
  /// iPhones alone, with the same collapse id as APNs calls it.
  public record CollapseIds(Optional<String> notifyId, Optional<String> collapseId) {
    public static final CollapseIds NONE = new CollapseIds(Optional.empty(), Optional.empty());
  }

  /// `lifetime`: zero is for those who are connected now. `perSecond`: 0 is as fast as it can be;
  /// read for pushes to an app only. `hints`: what only vendors' channels read.
  public record Options(
      Duration lifetime,
      Strategy strategy,
      int perSecond,
      CollapseIds collapseIds,
      Map<String, String> hints) {
    public Options {
      hints = Map.copyOf(hints);
    }

    public static Options of(Duration lifetime) {
      return new Options(lifetime, Strategy.ONLINE_ELSE_VENDOR, 0, CollapseIds.NONE, Map.of());
    }
  }
}
