// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.request;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Webhook;
import java.util.Optional;

/// A message as a call has it: everything of a push but whom it is for. `system` tells it from an
/// operational one; `profile` is the user who has to be logged in.
public record PushRequest(
    Notification notification,
    Push.Options options,
    String requestId,
    boolean system,
    boolean test,
    Optional<String> profile) {

  /// Which calls have messages. `minSeconds` is the shortest time one may live.
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

  /// The same; its receipts name whom it is for by this alias.
  public PushRequest withReceiptAlias(String alias) {
    Optional<Webhook> naming =
        options.webhook().map(webhook -> CallbackReader.withAlias(webhook, alias));
    return new PushRequest(notification, options.webhook(naming), requestId, system, test, profile);
  }

  public Push push(AppId app, Audience audience, RequestKey key) {
    return new Push(app, "", audience, notification, options.requestKey(Optional.of(key)));
  }
}
