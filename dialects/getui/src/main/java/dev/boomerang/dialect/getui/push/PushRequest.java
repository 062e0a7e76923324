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

/// Is a push without its recipients. `group` is the caller's name for this and similar pushes, by
/// which reports find it, and may be empty. The same `requestKey` again gets the first answer
/// again.
public record PushRequest(
    AppId app,
    String group,
    Instruction instruction,
    Options options,
    Optional<RequestKey> requestKey) {

  /// Says what a push does: it sends a message, or takes one back.
  public sealed interface Instruction {}

  /// Sends a message.
  public record Send(Content content) implements Instruction {}

  /// Takes back what the task `oldTask` brought to the same users. With `force`, users who did not
  /// get that task lose every notification of the app instead.
  public record Revoke(String oldTask, boolean force) implements Instruction {}

  /// Says which earlier notification this one replaces on a device: one with the same notification
  /// id, or, on iPhones alone, with the same APNs collapse id.
  public record CollapseIds(Optional<String> notifyId, Optional<String> collapseId) {
    public static final CollapseIds NONE = new CollapseIds(Optional.empty(), Optional.empty());
  }

  /// Says how a push is sent. `lifetime`: zero is for users who are connected now. `perSecond`: 0
  /// is as fast as possible; only pushes to an app read it. `hints`: what only vendors' channels
  /// read.
  public record Options(
      Duration lifetime,
      Strategy strategy,
      int perSecond,
      CollapseIds collapseIds,
      Map<String, String> hints) {
    public Options {
      hints = Map.copyOf(hints);
    }

    /// Returns options for a push that is as plain as possible.
    public static Options of(Duration lifetime) {
      return new Options(lifetime, Strategy.ONLINE_ELSE_VENDOR, 0, CollapseIds.NONE, Map.of());
    }
  }
}
