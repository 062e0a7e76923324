// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.Submission;
import dev.boomerang.engine.Tasks;
import dev.boomerang.model.App;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Audience.By;
import dev.boomerang.model.Content;
import dev.boomerang.model.Content.Action;
import dev.boomerang.model.Content.Click;
import dev.boomerang.model.Content.Look;
import dev.boomerang.model.Content.Style;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Push;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Source;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.web.Call;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `POST /api/v1/pushes`.
final class Pushes {
  private static final int MAX_TARGETS = 100_000;
  private static final int MAX_NAME = 512;
  private static final int MAX_TEXT = 1_000_000;
  private static final int MAX_EXTRAS = 100;

  private static final Map<String, By> AUDIENCES =
      Map.of(
          "registrations", By.REGISTRATION,
          "devices", By.DEVICE,
          "users", By.USER,
          "aliases", By.ALIAS);

  private final Engine engine;
  private final Duration defaultTtl;

  Pushes(Engine engine, Duration defaultTtl) {
    this.engine = engine;
    this.defaultTtl = defaultTtl;
  }

  Reply push(App app, Call call) {
    Fields body = Fields.of(call.body(), "body");
    body.only(
        Set.of("name", "audience", "notification", "data", "ttlSeconds", "requestId", "messageId"));
    Submission submission = engine.submissions().submit(parse(app, body));
    return switch (submission) {
      case Submission.Accepted(Task task) -> answer(201, task);
      case Submission.Repeated(Task first) -> answer(200, first);
      case Submission.IdTaken taken ->
          NativeError.ID_TAKEN.reply(
              taken.reason(), body.has("requestId") ? "requestId" : "messageId");
      case Submission.NoTarget refused ->
          NativeError.INVALID_FIELD.reply(refused.reason(), "audience");
      case Submission.TooManyTargets refused ->
          NativeError.INVALID_FIELD.reply(refused.reason(), "audience");
      case Submission.PayloadTooLong refused ->
          NativeError.INVALID_FIELD.reply(
              refused.reason(), body.has("data") ? "data" : "notification");
      case Submission.LifetimeOutOfRange refused ->
          NativeError.INVALID_FIELD.reply(refused.reason(), "ttlSeconds");
    };
  }

  private Reply answer(int status, Task task) {
    return engine
        .tasks()
        .view(task.app(), task.id())
        .or(() -> Optional.of(new Tasks.View(task, Map.of())))
        .map(view -> Reply.json(status, Json.write(TaskViews.json(view))))
        .orElseThrow();
  }

  private Push parse(App app, Fields body) {
    var options =
        new Push.Options(
            Source.of(NativeApi.ORIGIN),
            body.number("ttlSeconds", 1, Integer.MAX_VALUE)
                .map(Duration::ofSeconds)
                .orElse(defaultTtl),
            body.has("requestId")
                ? Optional.of(new RequestKey(NativeApi.ORIGIN, body.requiredText("requestId", 256)))
                : Optional.empty(),
            Optional.empty(),
            Map.of());
    Optional<String> messageId =
        body.has("messageId") ? Optional.of(body.requiredText("messageId", 256)) : Optional.empty();
    return new Push(
        app.id(),
        body.text("name", 200).orElse(""),
        audience(body.object("audience"), messageId),
        content(body),
        options);
  }

  private static Audience audience(Fields audience, Optional<String> messageId) {
    audience.only(Set.of("registrations", "devices", "users", "aliases", "platform"));
    List<String> given = AUDIENCES.keySet().stream().filter(audience::has).toList();
    if (given.size() != 1) {
      throw audience.fault(
          "users",
          given.isEmpty() ? Kind.MISSING : Kind.MALFORMED,
          "or exactly one of registrations, devices, aliases must be given");
    }
    String by = given.getFirst();
    List<Target> targets =
        audience.texts(by, MAX_TARGETS, MAX_NAME).stream()
            .distinct()
            .map(name -> new Target(name, messageId, Optional.empty()))
            .toList();
    Optional<Platform> platform =
        audience
            .text("platform", 16)
            .map(
                text ->
                    Platform.parse(text)
                        .orElseThrow(
                            () ->
                                audience.fault(
                                    "platform", Kind.MALFORMED, "is not a platform we know")));
    return new Audience.Named(
        Optional.ofNullable(AUDIENCES.get(by)).orElseThrow(), targets, platform);
  }

  private static Content content(Fields body) {
    if (body.has("notification") == body.has("data")) {
      throw body.fault(
          "notification",
          body.has("data") ? Kind.MALFORMED : Kind.MISSING,
          "or data must be given, and not both");
    }
    return body.has("data") ? data(body.object("data")) : notification(body.object("notification"));
  }

  private static Content data(Fields data) {
    data.only(Set.of("body", "extras"));
    return new Content.DataMessage(
        data.requiredText("body", MAX_TEXT), data.map("extras", MAX_EXTRAS));
  }

  private static Content notification(Fields n) {
    n.only(Set.of("title", "body", "style", "image", "icon", "click", "silent", "extras"));
    return new Content.Notification(
        n.requiredText("title", MAX_TEXT),
        n.text("body", MAX_TEXT).orElse(""),
        new Look(
            oneOf(n, "style", Style.values(), Style::wire).orElse(Style.DEFAULT),
            url(n, "image"),
            url(n, "icon")),
        n.has("click") ? Optional.of(click(n.object("click"))) : Optional.empty(),
        n.flag("silent").orElse(false),
        n.map("extras", MAX_EXTRAS));
  }

  private static Click click(Fields click) {
    click.only(Set.of("action", "uri"));
    return new Click(
        oneOf(click, "action", Action.values(), Action::wire).orElse(Action.URL),
        click.requiredText("uri", MAX_TEXT));
  }

  private static Map<String, String> url(Fields fields, String name) {
    return fields
        .text(name, MAX_TEXT)
        .map(url -> Map.of(Look.DEFAULT_VENDOR, url))
        .orElse(Map.of());
  }

  private interface Wire<T> {
    String of(T value);
  }

  private static <T> Optional<T> oneOf(Fields fields, String name, T[] values, Wire<T> wire) {
    return fields
        .text(name, 32)
        .map(
            text ->
                Stream.of(values)
                    .filter(value -> wire.of(value).equals(text))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            fields.fault(
                                name,
                                Kind.MALFORMED,
                                "must be one of "
                                    + String.join(
                                        ", ", Stream.of(values).map(wire::of).toList()))));
  }
}
