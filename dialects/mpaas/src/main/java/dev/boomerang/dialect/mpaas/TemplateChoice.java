// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.NEED_TEMPLATE;
import static dev.boomerang.dialect.mpaas.ResultCode.TEMPLATE_NOT_EXIST;

import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.TemplateId;
import java.util.Optional;

/// The template that `TemplateId` or `TemplateName` names; if both are there, it must be the same.
final class TemplateChoice {
  private TemplateChoice() {}

  static Template read(Templates templates, App app, Args args) {
    Optional<String> id = args.text(TemplateAction.TEMPLATE_ID).map(String::strip);
    Optional<String> name = args.text(Wording.TEMPLATE_NAME);
    if (id.isEmpty() && name.isEmpty()) {
      throw new ResultFault(
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
                new ResultFault(
                    TEMPLATE_NOT_EXIST,
                    id.isPresent() ? TemplateAction.TEMPLATE_ID : Wording.TEMPLATE_NAME,
                    "is not that of a template"));
  }
}
