// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.dialect.mpaas.request.PageParams;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.web.field.Json;

/// Lists the app's templates, the newest first, by pages counted from 1.
public final class ListTemplatePage implements TemplateAction {
  private static final String CURRENT_PAGE = "CurrentPage";

  /// The default is not public; with this one, a call without pages lists all an app may have.
  private static final int DEFAULT_SIZE = 100;

  private static final int MAX_SIZE = 500;

  private final Templates templates;

  public ListTemplatePage(Templates templates) {
    this.templates = templates;
  }

  @Override
  public String name() {
    return "ListTemplatePage";
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    PageParams asked = PageParams.of(params, CURRENT_PAGE, DEFAULT_SIZE, MAX_SIZE);
    Templates.Page page = templates.page(app.id(), asked.skip(), asked.size());
    ArrayNode data = Json.array();
    page.templates().forEach(template -> data.add(TemplateJson.of(template)));
    return TemplateAction.ok()
        .put(CURRENT_PAGE, asked.number())
        .put(PageParams.SIZE, asked.size())
        .put("TotalSize", page.total())
        .set("Data", data);
  }
}
