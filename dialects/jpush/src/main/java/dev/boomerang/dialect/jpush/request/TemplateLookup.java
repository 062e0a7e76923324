// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.TemplateId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;

/// Finds the template that a push is made from.
public final class TemplateLookup {
  /// The member of a schedule's push that names the template it is made from.
  public static final String MEMBER = "template";

  private TemplateLookup() {}

  /// Returns the template whose id or name `field` has.
  public static Template find(Templates templates, AppId app, Fields fields, String field) {
    String id = fields.requiredText(field, 128);
    return TemplateId.parse(id)
        .flatMap(parsed -> templates.find(app, parsed))
        .or(() -> templates.named(app, id))
        .orElseThrow(() -> fields.invalid(field, Kind.MALFORMED, "is of no template"));
  }
}
