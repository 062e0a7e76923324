// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.content.ClickActionParam;
import dev.boomerang.dialect.mpaas.content.ImageParams;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Template;
import dev.boomerang.web.field.Json;
import java.time.Instant;

/// Writes a template as callers see it. Every member is a text, even numbers, as in the SDKs'
/// response classes.
final class TemplateJson {
  private TemplateJson() {}

  static ObjectNode of(Template template) {
    Notification notification = template.notification();
    String variables =
        template.variables().isEmpty()
            ? String.join(",", template.placeholders())
            : template.variables();
    return Json.object()
        .put("Id", template.id().toString())
        .put("Name", template.name())
        .put("DescInfo", template.description())
        .put("Title", notification.title())
        .put("Content", notification.body())
        .put("Uri", notification.click().map(Click::uri).orElse(""))
        .put("Variables", variables)
        .put("PushStyle", ImageParams.styleNumber(notification.appearance().style()))
        .put("ShowStyle", notification.silent() ? "1" : "0")
        .put(
            "Action",
            ClickActionParam.number(notification.click().map(Click::action).orElse(Action.URL)))
        .put("ImageUrls", ImageParams.urls(notification.appearance().images()))
        .put("IconUrls", ImageParams.urls(notification.appearance().icons()))
        .put("GmtCreate", time(template.createdAt()))
        .put("GmtModified", time(template.changedAt()));
  }

  /// The vendor's form of these two is not public; milliseconds, as in its other answers.
  private static String time(Instant time) {
    return Long.toString(time.toEpochMilli());
  }
}
