// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.NotificationWithData;
import dev.boomerang.model.push.Content.PerPlatform;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.store.sql.jdbc.StoredText;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Content as JSON, enums by their wire names.
public final class ContentCodec {
  private ContentCodec() {}

  public static String write(Content content) {
    return StoredText.of(json(content));
  }

  private static ObjectNode json(Content content) {
    ObjectNode json = Json.object();
    switch (content) {
      case Notification n -> write(json, n);
      case DataMessage d -> json.put("type", "data").put("body", d.body());
      case NotificationWithData(var notification, var data) -> {
        json.put("type", "both").set("notification", json(notification));
        return json.set("data", json(data));
      }
      case PerPlatform(var otherwise, var own) -> {
        json.put("type", "platforms").set("otherwise", json(otherwise));
        ObjectNode each = json.putObject("own");
        own.forEach((platform, its) -> each.set(platform.wire(), json(its)));
        return json;
      }
    }
    Json.put(json, "extras", content.extras());
    return json;
  }

  private static void write(ObjectNode json, Notification notification) {
    json.put("type", "notification").put("title", notification.title());
    json.put("body", notification.body());
    Appearance appearance = notification.appearance();
    if (appearance.style() != Style.DEFAULT) {
      json.put("style", appearance.style().wire());
    }
    Json.put(json, "images", appearance.images());
    Json.put(json, "icons", appearance.icons());
    notification
        .click()
        .ifPresent(
            click ->
                json.putObject("click")
                    .put("action", click.action().wire())
                    .put("uri", click.uri()));
    if (notification.silent()) {
      json.put("silent", true);
    }
  }

  public static Content read(String text) {
    return read(Json.parse(text));
  }

  private static Content read(JsonNode json) {
    String type = json.path("type").asText();
    String body = json.path("body").asText();
    var extras = Json.map(json.path("extras"));
    return switch (type) {
      case "data" -> new DataMessage(body, extras);
      case "both" ->
          new NotificationWithData(
              notification(json.path("notification")), data(json.path("data")));
      case "platforms" -> {
        Map<Platform, Content> own = new EnumMap<>(Platform.class);
        json.path("own")
            .properties()
            .forEach(
                each ->
                    own.put(Platform.parse(each.getKey()).orElseThrow(), read(each.getValue())));
        yield new PerPlatform(read(json.path("otherwise")), own);
      }
      case "notification" ->
          new Notification(
              json.path("title").asText(),
              body,
              new Appearance(
                  style(json.path("style").asText(Style.DEFAULT.wire())),
                  Json.map(json.path("images")),
                  Json.map(json.path("icons"))),
              click(json.path("click")),
              json.path("silent").asBoolean(),
              extras);
      default -> throw new IllegalStateException("a stored content has type " + type);
    };
  }

  private static Notification notification(JsonNode json) {
    return (Notification) read(json);
  }

  private static DataMessage data(JsonNode json) {
    return (DataMessage) read(json);
  }

  private static Optional<Click> click(JsonNode json) {
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    String wire = json.path("action").asText();
    for (Action action : Action.values()) {
      if (action.wire().equals(wire)) {
        return Optional.of(new Click(action, json.path("uri").asText()));
      }
    }
    throw new IllegalStateException("a stored click has action " + wire);
  }

  private static Style style(String wire) {
    for (Style style : Style.values()) {
      if (style.wire().equals(wire)) {
        return style;
      }
    }
    throw new IllegalStateException("a stored content has style " + wire);
  }
}
