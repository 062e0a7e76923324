// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.engine.webhook.WebhookFormat;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Optional;

/// A dialect is one API that callers speak, as it is plugged into a server: its routes, the paths
/// it answers for, and its replies to requests that are refused before any of its endpoints is
/// called.
public interface Dialect {

  /// Returns its name in metrics and logs, which is also the origin of the tasks that it accepts.
  String name();

  /// Returns the paths whose refusals it answers: everything at and below each. `/` is that path
  /// alone. Of several dialects the one with the longest prefix answers.
  List<String> prefixes();

  List<Route> routes();

  /// Words a refusal. `head` is the call without its body. Called on a thread that must not block.
  /// Headers that the status requires (`Allow`, `Retry-After`) are added to what it returns.
  Reply refuse(Refusal refusal, Call head);

  /// Goes over every answer that leaves by one of the prefixes, refusals too. Must not block.
  default Reply finish(Call head, Reply reply) {
    return reply;
  }

  /// Returns the format of webhook events about its pushes; empty for the server's own format.
  default Optional<WebhookFormat> webhookFormat() {
    return Optional.empty();
  }
}
