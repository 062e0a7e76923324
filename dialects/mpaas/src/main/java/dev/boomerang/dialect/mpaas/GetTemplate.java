// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;

/// Shows one template.
final class GetTemplate implements TemplateAction {
  private final Templates templates;

  GetTemplate(Templates templates) {
    this.templates = templates;
  }

  @Override
  public String name() {
    return "GetTemplate";
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    return TemplateAction.ok()
        .set("Data", TemplateJson.of(TemplateChoice.read(templates, app, args)));
  }
}
