// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.engine.webhook.WebhookFormat;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Optional;

/// One API that callers speak, as it is plugged into a server: its routes, the paths it answers
/// for, and its words for what goes wrong before any of its endpoints is asked.
public interface Dialect {

  /// What it is called in metrics and logs, and the origin of the tasks that come in by it.
  String name();

  /// The paths whose refusals it words: everything at and below each. `/` is that path alone. Of
  /// several dialects the one with the longest prefix answers.
  List<String> prefixes();

  List<Route> routes();

  /// Words a refusal. `head` is the call without its body. Called on a thread that must not block.
  /// Headers that the status asks for (`Allow`, `Retry-After`) are added to what it returns.
  Reply refuse(Refusal refusal, Call head);

  /// Goes over every answer that leaves by one of the prefixes, refusals too. Must not block.
  default Reply finish(Call head, Reply reply) {
    return reply;
  }

  /// What is posted to the callbacks of pushes that came in by it; empty for the server's own.
  default Optional<WebhookFormat> webhookFormat() {
    return Optional.empty();
  }
}
