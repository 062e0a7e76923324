// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.webhook.WebhookFormat;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Push;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A dialect as small as one can be: `POST /toy/{app}` pushes the body to everyone, if the header
/// `Toy-Key` is a key of that app, and all it says is plain text.
record ToyDialect(Engine engine) implements Dialect {
  static final KeyKind KEY_KIND = new KeyKind("TOY");

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public List<String> prefixes() {
    return List.of("/toy");
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/toy/{app}", this::push));
  }

  private Reply push(Call call) {
    var app = new AppId(call.param("app"));
    if (call.header("Toy-Key")
        .flatMap(key -> engine.apps().bearer(KEY_KIND, key))
        .filter(found -> found.id().equals(app))
        .isEmpty()) {
      return text(401, "no: whose key is this?");
    }
    var push =
        new Push(
            app,
            "",
            Audience.Everyone.all(Optional.empty()),
            new DataMessage(call.body().text(), Map.of()),
            Push.Options.of(name(), Duration.ofHours(1)));
    return switch (engine.submissions().submit(push)) {
      case SubmitResult.Accepted(var task) -> text(200, "ok " + task.id());
      case SubmitResult.Repeated(var task) -> text(200, "ok " + task.id());
      case SubmitResult.Refused refused -> text(400, "no: " + refused.reason());
    };
  }

  private static Reply text(int status, String text) {
    return Reply.of(status, "text/plain", text);
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    return text(refusal.status(), "no: " + refusal.message());
  }

  @Override
  public Optional<WebhookFormat> webhookFormat() {
    return Optional.of(
        (task, pendingEvents) -> "\"" + task.id() + " " + pendingEvents.size() + "\"");
  }
}
