// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import java.util.List;

/// One message, made from a template, for up to ten targets.
///
/// Source: mPaaS "模板推送".
final class PushTemplate implements Action {
  private final Templates templates;
  private final Pushes pushes;

  PushTemplate(Templates templates, Pushes pushes) {
    this.templates = templates;
    this.pushes = pushes;
  }

  @Override
  public String name() {
    return "PushTemplate";
  }

  @Override
  public List<String> mandatory() {
    return List.of(
        Pushes.DELIVERY_TYPE, Targets.TARGET_MSGKEY, Pushes.EXPIRED_SECONDS, Wording.TEMPLATE_NAME);
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    Wording wording = Wording.read(templates, app, args, pushes.config().maxPayloadBytes());
    Content content =
        wording.filled(
            TemplateValues.TEMPLATE_KEY_VALUE, TemplateValues.read(args), Extras.read(args));
    pushes.checkPayload(content, TemplateValues.TEMPLATE_KEY_VALUE);
    var push =
        new Push(
            app.id(),
            pushes.taskName(args),
            Targets.audience(args),
            content,
            pushes.options(args, wording.source(Source.Kind.TEMPLATE)));
    return pushes.send(push, args);
  }
}
