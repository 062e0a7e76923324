// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.request;

import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.model.push.Template;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.TemplateFilling;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the content of a push: a `notification`, `data`, or a `template` with its `values`.
public sealed interface ContentReader {
  int MAX_TEXT = 1_000_000;
  int MAX_EXTRAS = 100;

  /// Returns the content for everyone who has none of their own. `someone` says whether there is
  /// anyone; if there is not, placeholders may stay.
  Content common(boolean someone);

  /// Returns the content that a target has of its own; `target` is its entry in the audience.
  /// Returns empty if it gets what all get.
  Optional<Content> own(Fields target);

  /// Returns the template it is made from, if any.
  Optional<String> template();

  /// Holds a content that was given in the call.
  record Given(Content content) implements ContentReader {
    @Override
    public Content common(boolean someone) {
      return content;
    }

    @Override
    public Optional<Content> own(Fields target) {
      return target.has("notification") || target.has("data")
          ? Optional.of(given(target))
          : Optional.empty();
    }

    @Override
    public Optional<String> template() {
      return Optional.empty();
    }
  }

  /// Holds a template, filled with the call's values, and for a target with its own on top of them.
  record Filled(
      Template origin, Map<String, String> values, Map<String, String> extras, int longest)
      implements ContentReader {
    @Override
    public Content common(boolean someone) {
      return someone ? filled(values, "template.values") : origin.notification();
    }

    @Override
    public Optional<Content> own(Fields target) {
      if (!target.has("values")) {
        return Optional.empty();
      }
      var all = new HashMap<>(values);
      all.putAll(target.map("values", MAX_EXTRAS));
      return Optional.of(filled(all, target.name("values")));
    }

    /// Fills the template, or throws with `field` as the member to blame if placeholders stay empty
    /// or the text gets longer than `longest` characters.
    private Content filled(Map<String, String> given, String field) {
      return switch (TemplateFilling.fill(origin, given, extras, longest)) {
        case Template.FillResult.Complete(var notification) -> notification;
        case Template.FillResult.Missing(var blanks) ->
            throw new InvalidFieldException(
                field, Kind.MISSING, "must have " + String.join(", ", blanks));
        case Template.FillResult.TooLong(long characters) ->
            throw new InvalidFieldException(
                field,
                Kind.OUT_OF_RANGE,
                "fills the template to " + characters + " characters, at most " + longest);
      };
    }

    @Override
    public Optional<String> template() {
      return Optional.of(origin.name());
    }
  }

  /// Returns the reader for a push's body, which must have exactly one of `notification`, `data`
  /// and `template`. Refuses a template that the app does not have.
  static ContentReader read(Templates templates, App app, Fields body) {
    List<String> given = Stream.of("notification", "data", "template").filter(body::has).toList();
    if (given.size() != 1) {
      throw body.invalid(
          "notification",
          given.isEmpty() ? Kind.MISSING : Kind.MALFORMED,
          "or data or template must be given, and only one of them");
    }
    return body.has("template")
        ? template(templates, app, body.object("template"))
        : new Given(given(body));
  }

  private static ContentReader template(Templates templates, App app, Fields template) {
    Template found =
        templates
            .named(app.id(), template.requiredText("name", 200))
            .orElseThrow(
                () -> template.invalid("name", Kind.MALFORMED, "is not that of a template"));
    return new Filled(
        found,
        template.map("values", MAX_EXTRAS),
        template.map("extras", MAX_EXTRAS),
        templates.longest());
  }

  private static Content given(Fields fields) {
    if (fields.has("notification") && fields.has("data")) {
      throw fields.invalid("data", Kind.MALFORMED, "and notification cannot be given together");
    }
    return fields.has("data")
        ? data(fields.object("data"))
        : notification(fields.object("notification"));
  }

  private static Content data(Fields data) {
    return new Content.DataMessage(
        data.requiredText("body", MAX_TEXT), data.map("extras", MAX_EXTRAS));
  }

  static Content.Notification notification(Fields n) {
    Optional<String> title = n.text("title", MAX_TEXT);
    String body = n.text("body", MAX_TEXT).orElse("");
    var appearance =
        new Appearance(
            n.choice("style", List.of(Style.values()), Style::wire).orElse(Style.DEFAULT),
            url(n, "image"),
            url(n, "icon"));
    Optional<Click> click =
        n.has("click") ? Optional.of(click(n.object("click"))) : Optional.empty();
    boolean silent = n.flag("silent").orElse(false);
    Map<String, String> extras = n.map("extras", MAX_EXTRAS);
    if (title.isEmpty()) {
      // A misspelt title is named, rather than that there is none.
      n.refuseUnread();
    }
    return new Content.Notification(
        n.requiredText("title", MAX_TEXT), body, appearance, click, silent, extras);
  }

  private static Click click(Fields click) {
    return new Click(
        click.choice("action", List.of(Action.values()), Action::wire).orElse(Action.URL),
        click.requiredText("uri", MAX_TEXT));
  }

  /// Returns the URL under the default vendor, so every channel uses it: the native API has no URL
  /// per vendor.
  private static Map<String, String> url(Fields fields, String name) {
    return fields
        .text(name, MAX_TEXT)
        .map(url -> Map.of(Appearance.DEFAULT_VENDOR, url))
        .orElse(Map.of());
  }
}
