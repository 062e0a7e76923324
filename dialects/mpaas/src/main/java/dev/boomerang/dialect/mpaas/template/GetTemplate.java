// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;

/// Shows one template.
public final class GetTemplate implements TemplateAction {
  private final Templates templates;

  public GetTemplate(Templates templates) {
    this.templates = templates;
  }

  @Override
  public String name() {
    return "GetTemplate";
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    return TemplateAction.ok()
        .set("Data", TemplateJson.of(TemplateFinder.read(templates, app, params)));
  }
}
