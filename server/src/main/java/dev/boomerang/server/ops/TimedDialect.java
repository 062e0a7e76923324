// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import dev.boomerang.engine.webhook.WebhookFormat;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Optional;

/// A dialect whose routes were exchanged for others; everything else is its own.
record TimedDialect(Dialect dialect, List<Route> routes) implements Dialect {
  @Override
  public String name() {
    return dialect.name();
  }

  @Override
  public List<String> prefixes() {
    return dialect.prefixes();
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    return dialect.refuse(refusal, head);
  }

  @Override
  public Reply finish(Call head, Reply reply) {
    return dialect.finish(head, reply);
  }

  @Override
  public Optional<WebhookFormat> webhookFormat() {
    return dialect.webhookFormat();
  }
}
