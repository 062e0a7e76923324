// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Audience.Window;
import dev.boomerang.model.Callback;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Push;
import dev.boomerang.model.Replacing;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Source;
import dev.boomerang.model.Strategy;
import dev.boomerang.model.Target;
import dev.boomerang.model.TaskId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/// A push as JSON, whole.
final class PushText {
  private PushText() {}

  static String write(Push push) {
    ObjectNode json = Json.object().put("app", push.app().value()).put("name", push.name());
    json.set("audience", audience(push.audience()));
    json.put("content", ContentText.write(push.content()));
    Push.Options options = push.options();
    ObjectNode source = json.putObject("source");
    source.put("origin", options.source().origin()).put("kind", options.source().kind().wire());
    options.source().template().ifPresent(name -> source.put("template", name));
    String detail = DetailText.write(options.source().detail());
    if (!detail.isEmpty()) {
      source.put("detail", detail);
    }
    json.put("lifetime", options.lifetime().toMillis());
    options
        .requestKey()
        .ifPresent(
            key -> json.putObject("request").put("scope", key.scope()).put("key", key.key()));
    options.messageId().ifPresent(id -> json.put("messageId", id));
    Json.put(json, "vendorHints", options.vendorHints());
    options
        .replacing()
        .forEach(
            (platform, each) ->
                json.withObject("/replacing").set(platform.wire(), replacing(each)));
    options.pace().ifPresent(pace -> json.set("pace", pace(pace)));
    json.put("strategy", options.strategy().wire());
    options.callback().ifPresent(callback -> json.set("callback", callback(callback)));
    return StoredText.of(json);
  }

  static Push read(String text) {
    JsonNode json = Json.parse(text);
    JsonNode source = json.path("source");
    JsonNode request = json.path("request");
    return new Push(
        new AppId(json.path("app").asText()),
        json.path("name").asText(),
        audience(json.path("audience")),
        ContentText.read(json.path("content").asText()),
        Push.Options.of(
                new Source(
                    source.path("origin").asText(),
                    Source.Kind.parse(source.path("kind").asText()).orElseThrow(),
                    text(source, "template"),
                    DetailText.source(source.path("detail").asText())),
                Duration.ofMillis(json.path("lifetime").asLong()))
            .requestKey(
                request.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(
                        new RequestKey(
                            request.path("scope").asText(), request.path("key").asText())))
            .messageId(text(json, "messageId"))
            .vendorHints(Json.map(json.path("vendorHints")))
            .replacing(replacing(json.path("replacing")))
            .pace(pace(json.path("pace")))
            .strategy(text(json, "strategy").flatMap(Strategy::parse).orElseThrow())
            .callback(callback(json.path("callback"))));
  }

  static ObjectNode pace(Pace pace) {
    return switch (pace) {
      case Pace.PerSecond(int messages) -> Json.object().put("perSecond", messages);
      case Pace.Over(var whole) -> Json.object().put("over", whole.toMillis());
    };
  }

  static Optional<Pace> pace(JsonNode json) {
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        json.has("perSecond")
            ? new Pace.PerSecond(json.path("perSecond").asInt())
            : new Pace.Over(Duration.ofMillis(json.path("over").asLong())));
  }

  static ObjectNode callback(Callback callback) {
    ObjectNode json = Json.object().put("url", callback.url().toString());
    Json.put(json, "params", callback.params());
    var events = json.putArray("events");
    callback.events().stream().sorted().forEach(event -> events.add(event.wire()));
    return json;
  }

  static Optional<Callback> callback(JsonNode json) {
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    var events = EnumSet.noneOf(Callback.Event.class);
    json.path("events")
        .forEach(event -> events.add(Callback.Event.parse(event.asText()).orElseThrow()));
    return Optional.of(
        new Callback(URI.create(json.path("url").asText()), Json.map(json.path("params")), events));
  }

  private static ObjectNode replacing(Replacing replacing) {
    return switch (replacing) {
      case Replacing.Earlier(var task, var window) ->
          Json.object().put("task", task.value()).put("window", window.toMillis());
      case Replacing.Named(var name) -> Json.object().put("name", name);
    };
  }

  private static Map<Platform, Replacing> replacing(JsonNode json) {
    Map<Platform, Replacing> replacing = new EnumMap<>(Platform.class);
    json.properties()
        .forEach(
            each -> {
              JsonNode its = each.getValue();
              replacing.put(
                  Platform.parse(each.getKey()).orElseThrow(),
                  its.has("name")
                      ? new Replacing.Named(its.path("name").asText())
                      : new Replacing.Earlier(
                          new TaskId(its.path("task").asLong()),
                          Duration.ofMillis(its.path("window").asLong())));
            });
    return replacing;
  }

  static ObjectNode audience(Audience audience) {
    ObjectNode json = Json.object();
    switch (audience) {
      case Audience.Named(var by, var targets, var platform) -> {
        json.put("by", by.name());
        var list = json.putArray("targets");
        targets.forEach(target -> list.add(target(target)));
        platform.ifPresent(only -> json.put("platform", only.wire()));
      }
      case Audience.Everyone(var platform, var bound, var unbound) -> {
        bound.ifPresent(window -> json.set("bound", window(window)));
        unbound.ifPresent(window -> json.set("unbound", window(window)));
        platform.ifPresent(only -> json.put("platform", only.wire()));
      }
      case Audience.Matching(var segment) -> json.set("segment", SegmentText.json(segment));
    }
    return json;
  }

  static Audience audience(JsonNode json) {
    Optional<Platform> platform = text(json, "platform").flatMap(Platform::parse);
    if (json.has("segment")) {
      return new Audience.Matching(SegmentText.read(json.path("segment")));
    }
    if (!json.has("by")) {
      return new Audience.Everyone(
          platform, window(json.path("bound")), window(json.path("unbound")));
    }
    var targets = new ArrayList<Target>();
    json.path("targets").forEach(target -> targets.add(target(target)));
    return new Audience.Named(Audience.By.valueOf(json.path("by").asText()), targets, platform);
  }

  private static ObjectNode target(Target target) {
    ObjectNode json = Json.object().put("name", target.name());
    target.messageId().ifPresent(id -> json.put("messageId", id));
    target.content().ifPresent(content -> json.put("content", ContentText.write(content)));
    return json;
  }

  private static Target target(JsonNode json) {
    return new Target(
        json.path("name").asText(),
        text(json, "messageId"),
        text(json, "content").map(ContentText::read));
  }

  private static ObjectNode window(Window window) {
    return Json.object()
        .put("from", window.from().toEpochMilli())
        .put("to", window.to().toEpochMilli());
  }

  private static Optional<Window> window(JsonNode json) {
    return json.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Window(
                Instant.ofEpochMilli(json.path("from").asLong()),
                Instant.ofEpochMilli(json.path("to").asLong())));
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.path(name).textValue());
  }
}
