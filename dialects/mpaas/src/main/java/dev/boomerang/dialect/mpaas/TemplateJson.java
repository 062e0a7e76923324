// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Template;
import dev.boomerang.web.field.Json;
import java.time.Instant;

/// A template as callers see it. Every member is a text, numbers too: that is how the SDKs'
/// response classes have it.
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
        .put("PushStyle", Pictures.number(notification.appearance().style()))
        .put("ShowStyle", notification.silent() ? "1" : "0")
        .put(
            "Action", PushAction.number(notification.click().map(Click::action).orElse(Action.URL)))
        .put("ImageUrls", Pictures.urls(notification.appearance().images()))
        .put("IconUrls", Pictures.urls(notification.appearance().icons()))
        .put("GmtCreate", time(template.createdAt()))
        .put("GmtModified", time(template.changedAt()));
  }

  /// The vendor's form of these two is not public; milliseconds, as in its other answers.
  private static String time(Instant time) {
    return Long.toString(time.toEpochMilli());
  }
}
