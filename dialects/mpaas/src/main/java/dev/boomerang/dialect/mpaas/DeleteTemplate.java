// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.TEMPLATE_NOT_EXIST;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;

/// Deletes a template. What was pushed or scheduled with it stays as it is.
final class DeleteTemplate implements TemplateAction {
  private final Templates templates;

  DeleteTemplate(Templates templates) {
    this.templates = templates;
  }

  @Override
  public String name() {
    return "DeleteTemplate";
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    if (!templates.delete(app.id(), TemplateChoice.read(templates, app, args).id())) {
      throw new ResultFault(TEMPLATE_NOT_EXIST, TEMPLATE_ID, "is not that of a template any more");
    }
    return TemplateAction.ok();
  }
}
