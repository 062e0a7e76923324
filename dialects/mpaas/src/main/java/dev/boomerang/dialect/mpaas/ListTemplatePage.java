// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.Templates;
import dev.boomerang.model.App;
import dev.boomerang.web.Json;

/// Lists the app's templates, the newest first, by pages counted from 1.
final class ListTemplatePage implements TemplateAction {
  private static final String CURRENT_PAGE = "CurrentPage";
  private static final String PAGE_SIZE = "PageSize";

  /// The default is not public; with this one, a call without pages lists all an app may have.
  private static final int DEFAULT_SIZE = 100;

  private static final int MAX_SIZE = 500;
  private static final int MAX_PAGE = 1_000_000;

  private final Templates templates;

  ListTemplatePage(Templates templates) {
    this.templates = templates;
  }

  @Override
  public String name() {
    return "ListTemplatePage";
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    int current = number(args, CURRENT_PAGE, MAX_PAGE, 1);
    int size = number(args, PAGE_SIZE, MAX_SIZE, DEFAULT_SIZE);
    Templates.Page page = templates.page(app.id(), (current - 1) * size, size);
    ArrayNode data = Json.array();
    page.templates().forEach(template -> data.add(TemplateJson.of(template)));
    return TemplateAction.ok()
        .put(CURRENT_PAGE, current)
        .put(PAGE_SIZE, size)
        .put("TotalSize", page.total())
        .set("Data", data);
  }

  private static int number(Args args, String name, int max, int otherwise) {
    return args.number(name, 1, max, INVALID_PARAM).map(Long::intValue).orElse(otherwise);
  }
}
