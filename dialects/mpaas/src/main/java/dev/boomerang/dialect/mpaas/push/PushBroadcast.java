// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.content.ExtendedParams;
import dev.boomerang.dialect.mpaas.content.TemplateContent;
import dev.boomerang.dialect.mpaas.content.TemplateValues;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Pushes a message that is made from a template to all devices that a rule covers: those that are
/// connected, and those that connect, register or are bound within its lifetime.
///
/// Source: mPaaS "群发推送".
public final class PushBroadcast implements ApiAction {

  private final Templates templates;
  private final PushSender pushSender;
  private final Clock clock;

  public PushBroadcast(Templates templates, PushSender pushSender, Clock clock) {
    this.templates = templates;
    this.pushSender = pushSender;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "PushBroadcast";
  }

  @Override
  public List<String> mandatory() {
    return List.of(
        PushParams.DELIVERY_TYPE,
        PushParams.MSGKEY,
        PushParams.EXPIRED_SECONDS,
        TemplateContent.TEMPLATE_NAME);
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    TemplateContent template =
        TemplateContent.read(templates, app, params, pushSender.settings().maxPayloadBytes());
    Content content =
        template.fill(
            TemplateValues.TEMPLATE_KEY_VALUE,
            TemplateValues.read(params),
            ExtendedParams.read(params));
    pushSender.checkPayload(content, TemplateValues.TEMPLATE_KEY_VALUE);
    String messageId =
        TargetParams.messageId(
            PushParams.MSGKEY, params.required(PushParams.MSGKEY, INVALID_PARAM));
    var push =
        new Push(
            app.id(),
            pushSender.taskName(params),
            BroadcastAudienceReader.read(params, clock.instant()),
            content,
            pushSender.options(
                params, template.source(Source.Kind.BROADCAST), Optional.of(messageId)));
    return pushSender.submit(push, params);
  }
}
