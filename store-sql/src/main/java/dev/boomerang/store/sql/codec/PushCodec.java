// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.store.sql.jdbc.StoredText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/// Encodes a whole push as JSON.
public final class PushCodec {
  private PushCodec() {}

  public static String write(Push push) {
    ObjectNode json = Json.object().put("app", push.app().value()).put("name", push.name());
    json.set("audience", audience(push.audience()));
    json.put("content", ContentCodec.write(push.content()));
    Push.Options options = push.options();
    ObjectNode source = json.putObject("source");
    source.put("origin", options.source().origin()).put("kind", options.source().kind().wire());
    options.source().template().ifPresent(name -> source.put("template", name));
    String detail = options.source().detail().text();
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
        .overrides()
        .forEach(
            (platform, each) ->
                json.withObject("/overrides").set(platform.wire(), replacing(each)));
    options.sendRate().ifPresent(sendRate -> json.set("sendRate", sendRate(sendRate)));
    json.put("strategy", options.strategy().wire());
    options.webhook().ifPresent(webhook -> json.set("webhook", webhook(webhook)));
    return StoredText.of(json);
  }

  public static Push read(String text) {
    JsonNode json = Json.parse(text);
    JsonNode source = json.path("source");
    JsonNode request = json.path("request");
    return new Push(
        new AppId(json.path("app").asText()),
        json.path("name").asText(),
        audience(json.path("audience")),
        ContentCodec.read(json.path("content").asText()),
        Push.Options.of(
                new Source(
                    source.path("origin").asText(),
                    Source.Kind.parse(source.path("kind").asText()).orElseThrow(),
                    text(source, "template"),
                    new DialectDetail(source.path("detail").asText())),
                Duration.ofMillis(json.path("lifetime").asLong()))
            .requestKey(
                request.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(
                        new RequestKey(
                            request.path("scope").asText(), request.path("key").asText())))
            .messageId(text(json, "messageId"))
            .vendorHints(Json.map(json.path("vendorHints")))
            .replacing(replacing(json.path("overrides")))
            .pace(sendRate(json.path("sendRate")))
            .strategy(text(json, "strategy").flatMap(Strategy::parse).orElseThrow())
            .webhook(webhook(json.path("webhook"))));
  }

  public static ObjectNode sendRate(SendRate sendRate) {
    return switch (sendRate) {
      case SendRate.PerSecond(int messages) -> Json.object().put("perSecond", messages);
      case SendRate.SpreadOver(var whole) -> Json.object().put("over", whole.toMillis());
    };
  }

  public static Optional<SendRate> sendRate(JsonNode json) {
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        json.has("perSecond")
            ? new SendRate.PerSecond(json.path("perSecond").asInt())
            : new SendRate.SpreadOver(Duration.ofMillis(json.path("over").asLong())));
  }

  public static ObjectNode webhook(Webhook webhook) {
    ObjectNode json = Json.object().put("url", webhook.url().toString());
    Json.put(json, "params", webhook.params());
    var events = json.putArray("events");
    webhook.eventTypes().stream().sorted().forEach(eventType -> events.add(eventType.wire()));
    return json;
  }

  public static Optional<Webhook> webhook(JsonNode json) {
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    var eventTypes = EnumSet.noneOf(Webhook.EventType.class);
    json.path("events")
        .forEach(event -> eventTypes.add(Webhook.EventType.parse(event.asText()).orElseThrow()));
    return Optional.of(
        new Webhook(
            URI.create(json.path("url").asText()), Json.map(json.path("params")), eventTypes));
  }

  private static ObjectNode replacing(OverrideTarget overrideTarget) {
    return switch (overrideTarget) {
      case OverrideTarget.EarlierTask(var task, var window) ->
          Json.object().put("task", task.value()).put("window", window.toMillis());
      case OverrideTarget.Key(var name) -> Json.object().put("name", name);
    };
  }

  private static Map<Platform, OverrideTarget> replacing(JsonNode json) {
    Map<Platform, OverrideTarget> overrideTarget = new EnumMap<>(Platform.class);
    json.properties()
        .forEach(
            each -> {
              JsonNode its = each.getValue();
              overrideTarget.put(
                  Platform.parse(each.getKey()).orElseThrow(),
                  its.has("name")
                      ? new OverrideTarget.Key(its.path("name").asText())
                      : new OverrideTarget.EarlierTask(
                          new TaskId(its.path("task").asLong()),
                          Duration.ofMillis(its.path("window").asLong())));
            });
    return overrideTarget;
  }

  public static ObjectNode audience(Audience audience) {
    ObjectNode json = Json.object();
    switch (audience) {
      case Audience.Targeted(var targetKind, var targets, var platform) -> {
        json.put("by", targetKind.name());
        var list = json.putArray("targets");
        targets.forEach(target -> list.add(target(target)));
        platform.ifPresent(only -> json.put("platform", only.wire()));
      }
      case Audience.Everyone(var platform, var bound, var unbound) -> {
        bound.ifPresent(timeRange -> json.set("bound", window(timeRange)));
        unbound.ifPresent(timeRange -> json.set("unbound", window(timeRange)));
        platform.ifPresent(only -> json.put("platform", only.wire()));
      }
      case Audience.BySegment(var segment) -> json.set("segment", SegmentCodec.json(segment));
    }
    return json;
  }

  public static Audience audience(JsonNode json) {
    Optional<Platform> platform = text(json, "platform").flatMap(Platform::parse);
    if (json.has("segment")) {
      return new Audience.BySegment(SegmentCodec.read(json.path("segment")));
    }
    if (!json.has("by")) {
      return new Audience.Everyone(
          platform, window(json.path("bound")), window(json.path("unbound")));
    }
    var targets = new ArrayList<Target>();
    json.path("targets").forEach(target -> targets.add(target(target)));
    return new Audience.Targeted(
        Audience.TargetKind.valueOf(json.path("by").asText()), targets, platform);
  }

  private static ObjectNode target(Target target) {
    ObjectNode json = Json.object().put("name", target.name());
    target.messageId().ifPresent(id -> json.put("messageId", id));
    target.content().ifPresent(content -> json.put("content", ContentCodec.write(content)));
    return json;
  }

  private static Target target(JsonNode json) {
    return new Target(
        json.path("name").asText(),
        text(json, "messageId"),
        text(json, "content").map(ContentCodec::read));
  }

  private static ObjectNode window(TimeRange timeRange) {
    return Json.object()
        .put("from", timeRange.from().toEpochMilli())
        .put("to", timeRange.to().toEpochMilli());
  }

  private static Optional<TimeRange> window(JsonNode json) {
    return json.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new TimeRange(
                Instant.ofEpochMilli(json.path("from").asLong()),
                Instant.ofEpochMilli(json.path("to").asLong())));
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.path(name).textValue());
  }
}
