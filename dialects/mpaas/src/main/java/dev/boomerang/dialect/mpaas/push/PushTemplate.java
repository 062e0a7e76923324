// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

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
import java.util.List;

/// Pushes a message that is made from a template to at most ten targets.
///
/// Source: mPaaS "模板推送".
public final class PushTemplate implements ApiAction {
  private final Templates templates;
  private final PushSender pushSender;

  public PushTemplate(Templates templates, PushSender pushSender) {
    this.templates = templates;
    this.pushSender = pushSender;
  }

  @Override
  public String name() {
    return "PushTemplate";
  }

  @Override
  public List<String> mandatory() {
    return List.of(
        PushParams.DELIVERY_TYPE,
        PushParams.TARGET_MSGKEY,
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
    var push =
        new Push(
            app.id(),
            pushSender.taskName(params),
            TargetParams.audience(params),
            content,
            pushSender.options(params, template.source(Source.Kind.TEMPLATE)));
    return pushSender.submit(push, params);
  }
}
