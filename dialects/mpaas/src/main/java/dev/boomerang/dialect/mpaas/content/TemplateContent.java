// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.content;

import static dev.boomerang.dialect.mpaas.error.ResultCode.MSG_PAYLOAD_TOO_LONG;
import static dev.boomerang.dialect.mpaas.error.ResultCode.NEED_TEMPLATE;
import static dev.boomerang.dialect.mpaas.error.ResultCode.PAYLOAD_NOT_ENOUGH;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATEKV_NOT_ENOUGH;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TEMPLATE_NOT_EXIST;

import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.Template.FillResult;
import dev.boomerang.web.field.TemplateFilling;
import java.util.Map;
import java.util.Optional;

/// The content of a push that is made from a template: the template, and what the call overrides in
/// it.
public final class TemplateContent {
  public static final String TEMPLATE_NAME = "TemplateName";

  private final Template template;
  private final Optional<Boolean> silent;
  private final Optional<Content.Action> action;

  /// Limits everything that is sent to the device.
  private final int maxBytes;

  private TemplateContent(
      Template template, Optional<Boolean> silent, Optional<Content.Action> action, int maxBytes) {
    this.template = template;
    this.silent = silent;
    this.action = action;
    this.maxBytes = maxBytes;
  }

  public static TemplateContent read(
      Templates templates, App app, ActionParams params, int maxBytes) {
    String name = params.required(TEMPLATE_NAME, NEED_TEMPLATE);
    Template template =
        templates
            .named(app.id(), name)
            .orElseThrow(
                () ->
                    new ResultException(
                        TEMPLATE_NOT_EXIST, TEMPLATE_NAME, "is not that of a template"));
    return new TemplateContent(
        template, params.flag("Silent"), ClickActionParam.read(params), maxBytes);
  }

  public Source source(Source.Kind kind) {
    return new Source(ApiAction.ORIGIN, kind, Optional.of(template.name()));
  }

  /// Returns the content with its placeholders unfilled.
  public Notification withPlaceholders(Map<String, String> extras) {
    return withOverrides(template.notification(), extras);
  }

  /// Returns the content with `values` in its placeholders. `parameter` is blamed for them.
  public Notification fill(
      String parameter, Map<String, String> values, Map<String, String> extras) {
    Notification filled =
        switch (TemplateFilling.fill(template, values, extras, maxBytes)) {
          case FillResult.Complete(var notification) -> withOverrides(notification, extras);
          case FillResult.Missing(var placeholders) ->
              throw new ResultException(
                  TEMPLATEKV_NOT_ENOUGH,
                  parameter,
                  "has no value for " + String.join(", ", placeholders));
          case FillResult.TooLong(long characters) ->
              throw new ResultException(
                  MSG_PAYLOAD_TOO_LONG,
                  parameter,
                  "fills the template to %d characters, at most %d bytes"
                      .formatted(characters, maxBytes));
        };
    if (filled.title().isBlank() || filled.body().isBlank()) {
      throw new ResultException(PAYLOAD_NOT_ENOUGH, parameter, "leaves title or content blank");
    }
    return filled;
  }

  private Notification withOverrides(Notification from, Map<String, String> extras) {
    return new Notification(
        from.title(),
        from.body(),
        from.appearance(),
        from.click().map(click -> new Click(action.orElse(click.action()), click.uri())),
        silent.orElse(from.silent()),
        extras);
  }
}
