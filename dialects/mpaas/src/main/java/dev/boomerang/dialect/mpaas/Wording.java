// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.MSG_PAYLOAD_TOO_LONG;
import static dev.boomerang.dialect.mpaas.ResultCode.NEED_TEMPLATE;
import static dev.boomerang.dialect.mpaas.ResultCode.PAYLOAD_NOT_ENOUGH;
import static dev.boomerang.dialect.mpaas.ResultCode.TEMPLATEKV_NOT_ENOUGH;
import static dev.boomerang.dialect.mpaas.ResultCode.TEMPLATE_NOT_EXIST;

import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.Template.FillResult;
import dev.boomerang.web.field.TemplateFilling;
import java.util.Map;
import java.util.Optional;

/// What a push says that is made from a template: the template, and what the call puts in the place
/// of the template's own settings.
final class Wording {
  static final String TEMPLATE_NAME = "TemplateName";

  private final Template template;
  private final Optional<Boolean> silent;
  private final Optional<Action> action;

  /// Of everything that the device is sent.
  private final int mostBytes;

  private Wording(
      Template template, Optional<Boolean> silent, Optional<Action> action, int mostBytes) {
    this.template = template;
    this.silent = silent;
    this.action = action;
    this.mostBytes = mostBytes;
  }

  static Wording read(Templates templates, App app, Args args, int mostBytes) {
    String name = args.filled(TEMPLATE_NAME, NEED_TEMPLATE);
    Template template =
        templates
            .named(app.id(), name)
            .orElseThrow(
                () ->
                    new ResultFault(
                        TEMPLATE_NOT_EXIST, TEMPLATE_NAME, "is not that of a template"));
    return new Wording(template, args.flag("Silent"), PushAction.read(args), mostBytes);
  }

  Source source(Source.Kind kind) {
    return new Source(MpaasDialect.ORIGIN, kind, Optional.of(template.name()));
  }

  /// With its blanks open.
  Notification unfilled(Map<String, String> extras) {
    return set(template.notification(), extras);
  }

  /// With `values` in its blanks. `parameter` is the one they came in.
  Notification filled(String parameter, Map<String, String> values, Map<String, String> extras) {
    Notification filled =
        switch (TemplateFilling.fill(template, values, extras, mostBytes)) {
          case FillResult.Complete(var notification) -> set(notification, extras);
          case FillResult.Missing(var blanks) ->
              throw new ResultFault(
                  TEMPLATEKV_NOT_ENOUGH,
                  parameter,
                  "has no value for " + String.join(", ", blanks));
          case FillResult.TooLong(long characters) ->
              throw new ResultFault(
                  MSG_PAYLOAD_TOO_LONG,
                  parameter,
                  "fills the template to %d characters, at most %d bytes"
                      .formatted(characters, mostBytes));
        };
    if (filled.title().isBlank() || filled.body().isBlank()) {
      throw new ResultFault(PAYLOAD_NOT_ENOUGH, parameter, "leaves title or content blank");
    }
    return filled;
  }

  private Notification set(Notification from, Map<String, String> extras) {
    return new Notification(
        from.title(),
        from.body(),
        from.appearance(),
        from.click().map(click -> new Click(action.orElse(click.action()), click.uri())),
        silent.orElse(from.silent()),
        extras);
  }
}
