// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.template;

import static dev.boomerang.dialect.mpaas.error.ResultCode.NEED_TEMPLATE;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_NOT_EXIST;

import dev.boomerang.dialect.mpaas.content.TemplateContent;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.TemplateId;
import java.util.Optional;

/// Finds the template that `TemplateId` or `TemplateName` names; if both are given, they must name
/// the same.
final class TemplateFinder {
  private TemplateFinder() {}

  static Template read(Templates templates, App app, ActionParams params) {
    Optional<String> id = params.text(TemplateAction.TEMPLATE_ID).map(String::strip);
    Optional<String> name = params.text(TemplateContent.TEMPLATE_NAME);
    if (id.isEmpty() && name.isEmpty()) {
      throw new ResultException(
          NEED_TEMPLATE, TemplateAction.TEMPLATE_ID, "or TemplateName must be given");
    }
    Optional<Template> found =
        id.isPresent()
            ? id.flatMap(TemplateId::parse).flatMap(known -> templates.find(app.id(), known))
            : name.flatMap(known -> templates.named(app.id(), known));
    return found
        .filter(template -> name.isEmpty() || name.get().equals(template.name()))
        .orElseThrow(
            () ->
                new ResultException(
                    TEMPLATE_NOT_EXIST,
                    id.isPresent() ? TemplateAction.TEMPLATE_ID : TemplateContent.TEMPLATE_NAME,
                    "is not that of a template"));
  }
}
