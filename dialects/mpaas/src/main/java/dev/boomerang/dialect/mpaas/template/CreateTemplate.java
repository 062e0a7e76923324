// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.template;

import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_ALREADY_EXIST;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_CONTENT_INVALID;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_DESC_INFO_INVALID;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_NAME_INVALID;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_NAME_NULL;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_NUM_TOO_MUCH;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_TITLE_INVALID;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_URI_INVALID;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.content.ClickActionParam;
import dev.boomerang.dialect.mpaas.content.ImageParams;
import dev.boomerang.dialect.mpaas.content.TemplateContent;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.engine.accept.Templates.CreateResult;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.text.Characters;
import java.util.Map;
import java.util.Optional;

/// Creates a template. Placeholders are written `#name#`, in title, content and URI; any other `#`
/// stands for itself, and a template without placeholders is legal. `Variables`, the list of
/// placeholders, is kept for people to read; the real placeholders are those in the texts.
///
/// Source: mPaaS "消息模板" › "创建模板"; "创建模板" in the console for names and descriptions.
public final class CreateTemplate implements TemplateAction {
  private static final int MAX_NAME = 200;
  private static final int MAX_DESCRIPTION = 200;
  private static final int MAX_VARIABLES = 4_096;

  private final Templates templates;
  private final int maxPayloadBytes;

  public CreateTemplate(Templates templates, int maxPayloadBytes) {
    this.templates = templates;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  @Override
  public String name() {
    return "CreateTemplate";
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    var draft =
        new Templates.Draft(
            templateName(params),
            atMost(MAX_DESCRIPTION, "DescInfo", params, TEMPLATE_DESC_INFO_INVALID).orElse(""),
            params.text("Variables", MAX_VARIABLES).orElse(""),
            notification(params));
    return switch (templates.create(app.id(), draft)) {
      case CreateResult.Created(var template) -> TemplateAction.ok().put("Data", data(template));
      case CreateResult.NameTaken _ ->
          throw new ResultException(
              TEMPLATE_ALREADY_EXIST, TemplateContent.TEMPLATE_NAME, "is that of another template");
      case CreateResult.TooMany(int limit) ->
          throw new ResultException(
              TEMPLATE_NUM_TOO_MUCH,
              TemplateContent.TEMPLATE_NAME,
              "is one too many: the app has " + limit + " templates");
    };
  }

  /// Returns the template's id, which the other actions ask for. What the vendor returns here is
  /// not public.
  private static String data(Template template) {
    return template.id().toString();
  }

  private static String templateName(ActionParams params) {
    String name =
        atMost(MAX_NAME, TemplateContent.TEMPLATE_NAME, params, TEMPLATE_NAME_INVALID)
            .orElseThrow(
                () ->
                    new ResultException(
                        TEMPLATE_NAME_NULL, TemplateContent.TEMPLATE_NAME, "must not be blank"));
    if (name.indexOf(',') >= 0) {
      throw new ResultException(
          TEMPLATE_NAME_INVALID, TemplateContent.TEMPLATE_NAME, "must not contain a comma");
    }
    return name;
  }

  private static Optional<String> atMost(
      int max, String name, ActionParams params, ResultCode ifLonger) {
    return params
        .text(name)
        .map(
            text -> {
              if (Characters.exceed(text, max)) {
                throw new ResultException(
                    ifLonger, name, "must have at most " + max + " characters");
              }
              return text;
            });
  }

  private Notification notification(ActionParams params) {
    String title = filled("Title", params, TEMPLATE_TITLE_INVALID);
    String content = filled("Content", params, TEMPLATE_CONTENT_INVALID);
    Action action = ClickActionParam.read(params, "JumpAction").orElse(Action.URL);
    return new Notification(
        title,
        content,
        ImageParams.read(params),
        uri(params).map(uri -> new Click(action, uri)),
        params.flag("ShowStyle").orElse(false),
        Map.of());
  }

  private String filled(String name, ActionParams params, ResultCode wrong) {
    return fits(name, params.required(name, wrong), wrong);
  }

  private Optional<String> uri(ActionParams params) {
    Optional<String> uri = params.text("Uri").map(text -> fits("Uri", text, TEMPLATE_URI_INVALID));
    if (uri.filter(text -> text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)).isPresent()) {
      throw new ResultException(
          TEMPLATE_URI_INVALID, "Uri", "must not contain spaces or control characters");
    }
    return uri;
  }

  /// Checks the length of a text: one longer than a whole message could never be pushed.
  private String fits(String name, String text, ResultCode wrong) {
    if (text.getBytes(UTF_8).length > maxPayloadBytes) {
      throw new ResultException(wrong, name, "must have at most " + maxPayloadBytes + " bytes");
    }
    return text;
  }
}
