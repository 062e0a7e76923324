// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// One message, made from a template, for everyone whom a rule covers: those who are connected, and
/// those who come, register or are bound within the message's lifetime.
///
/// Source: mPaaS "群发推送".
final class PushBroadcast implements Action {
  static final String MSGKEY = "Msgkey";

  private final Templates templates;
  private final Pushes pushes;
  private final Clock clock;

  PushBroadcast(Templates templates, Pushes pushes, Clock clock) {
    this.templates = templates;
    this.pushes = pushes;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "PushBroadcast";
  }

  @Override
  public List<String> mandatory() {
    return List.of(Pushes.DELIVERY_TYPE, MSGKEY, Pushes.EXPIRED_SECONDS, Wording.TEMPLATE_NAME);
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    Wording wording = Wording.read(templates, app, args, pushes.config().maxPayloadBytes());
    Content content =
        wording.filled(
            TemplateValues.TEMPLATE_KEY_VALUE, TemplateValues.read(args), Extras.read(args));
    pushes.checkPayload(content, TemplateValues.TEMPLATE_KEY_VALUE);
    String messageId = Targets.messageId(MSGKEY, args.filled(MSGKEY, INVALID_PARAM));
    var push =
        new Push(
            app.id(),
            pushes.taskName(args),
            BroadcastRule.read(args, clock.instant()),
            content,
            pushes.options(args, wording.source(Source.Kind.BROADCAST), Optional.of(messageId)));
    return pushes.send(push, args);
  }
}
