// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.request.ContentReader;
import dev.boomerang.dialect.nativeapi.request.PageRequest;
import dev.boomerang.dialect.nativeapi.request.RequestBody;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.engine.accept.Templates.CreateResult;
import dev.boomerang.engine.accept.Templates.Draft;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.TemplateId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import dev.boomerang.web.text.QueryParameters;
import java.util.Optional;

/// `/api/v1/templates`. What was pushed or scheduled with a template stays as it is when the
/// template goes.
public final class TemplateCalls {
  private static final int MAX_NAME = 200;
  private static final int MAX_DESCRIPTION = 200;

  private final Templates templates;

  public TemplateCalls(Templates templates) {
    this.templates = templates;
  }

  /// Stores a template and returns 201 with it. Refuses a name that the app has already, and
  /// `extras`, which each push gives for itself.
  public Reply create(App app, Call call) {
    Fields body = RequestBody.of(call);
    Notification notification = ContentReader.notification(body.object("notification"));
    if (!notification.extras().isEmpty()) {
      throw body.object("notification")
          .invalid("extras", Kind.MALFORMED, "belong to the push, not to the template");
    }
    var draft =
        new Draft(
            body.requiredText("name", MAX_NAME),
            body.text("description", MAX_DESCRIPTION).orElse(""),
            "",
            notification);
    body.refuseUnread();
    return switch (templates.create(app.id(), draft)) {
      case CreateResult.Created(var template) -> Reply.json(201, Json.write(json(template)));
      case CreateResult.NameTaken _ ->
          NativeError.NAME_TAKEN.reply("name is that of another", "name");
      case CreateResult.TooMany(int limit) ->
          NativeError.TOO_MANY.reply("the app has " + limit + " templates", "name");
    };
  }

  public Reply list(App app, Call call) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    int skip = PageRequest.skip(query);
    int limit = PageRequest.limit(query);
    query.refuseUnread();
    Templates.Page page = templates.page(app.id(), skip, limit);
    var list = Json.array();
    page.templates().forEach(template -> list.add(json(template)));
    ObjectNode body = Json.object().put("total", page.total());
    return Reply.json(200, Json.write(body.set("templates", list)));
  }

  public Reply one(App app, Call call) {
    return id(call)
        .flatMap(id -> templates.find(app.id(), id))
        .map(template -> Reply.json(200, Json.write(json(template))))
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  /// Removes a template and answers 204; a second call answers 404.
  public Reply delete(App app, Call call) {
    return id(call).filter(id -> templates.delete(app.id(), id)).isPresent()
        ? Reply.empty(204)
        : NativeError.NOT_FOUND.reply();
  }

  private static Optional<TemplateId> id(Call call) {
    return TemplateId.parse(call.param("id"));
  }

  private static ObjectNode json(Template template) {
    var blanks = Json.array();
    template.placeholders().forEach(blanks::add);
    Notification notification = template.notification();
    ObjectNode look =
        Json.object()
            .put("title", notification.title())
            .put("body", notification.body())
            .put("style", notification.appearance().style().wire())
            .put("silent", notification.silent());
    notification
        .click()
        .ifPresent(
            click ->
                look.putObject("click")
                    .put("action", click.action().wire())
                    .put("uri", click.uri()));
    return Json.object()
        .put("id", template.id().toString())
        .put("name", template.name())
        .put("description", template.description())
        .put("createdAt", template.createdAt().toEpochMilli())
        .<ObjectNode>set("blanks", blanks)
        .set("notification", look);
  }
}
