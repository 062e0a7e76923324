// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.template;

import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_NOT_EXIST;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;

/// Deletes a template. What was pushed or scheduled with it stays as it is.
public final class DeleteTemplate implements TemplateAction {
  private final Templates templates;

  public DeleteTemplate(Templates templates) {
    this.templates = templates;
  }

  @Override
  public String name() {
    return "DeleteTemplate";
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    if (!templates.delete(app.id(), TemplateFinder.read(templates, app, params).id())) {
      throw new ResultException(
          TEMPLATE_NOT_EXIST, TEMPLATE_ID, "is not that of a template any more");
    }
    return TemplateAction.ok();
  }
}
