// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.request;

import dev.boomerang.dialect.vivo.receipt.ReceiptParams;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Webhook;
import java.util.Optional;

/// A message as a call describes it: everything of a push but its audience. A `system` message is
/// not an operational one. `profile` is the user that must be logged in on the device.
public record PushRequest(
    Notification notification,
    Push.Options options,
    String requestId,
    boolean system,
    boolean test,
    Optional<String> profile) {

  /// The endpoints that take a message, each with the end of its path and the shortest lifetime of
  /// its messages in seconds.
  public enum Kind {
    SINGLE("send", 60),
    LIST("saveListPayload", 900),
    ALL("all", 900),
    TAG_PUSH("tagPush", 900);

    private final String path;
    private final int minSeconds;

    Kind(String path, int minSeconds) {
      this.path = path;
      this.minSeconds = minSeconds;
    }

    public String path() {
      return path;
    }

    int minSeconds() {
      return minSeconds;
    }
  }

  /// Returns the same request with receipts that name `alias` in place of registration ids.
  public PushRequest withReceiptAlias(String alias) {
    Optional<Webhook> webhook = options.webhook().map(each -> ReceiptParams.withAlias(each, alias));
    return new PushRequest(
        notification, options.webhook(webhook), requestId, system, test, profile);
  }

  /// Returns the push of this message to an audience.
  public Push push(AppId app, Audience audience, RequestKey requestKey) {
    return new Push(app, "", audience, notification, options.requestKey(Optional.of(requestKey)));
  }
}
