// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.base.Apps;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.port.WebhookOutbox.PendingEvent;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The `callback` of a push, what is posted to it, and what it is signed with (`GET
/// /api/v1/callback-secret`).
public final class WebhookFields {
  private static final int MAX_URL = 2_048;
  private static final int MAX_PARAMS = 20;
  private static final int MAX_PARAM = 512;

  private static final Map<String, EventType> EVENTS =
      Map.of(
          "received", EventType.RECEIVED,
          "clicked", EventType.CLICKED,
          "notReceived", EventType.NOT_RECEIVED);

  private WebhookFields() {}

  /// Reads `callback`; returns empty if the push has none. Refuses a URL that [Webhook#url] does
  /// not take.
  public static Optional<Webhook> read(Fields body) {
    if (!body.has("callback")) {
      return Optional.empty();
    }
    Fields fields = body.object("callback");
    String url = fields.requiredText("url", MAX_URL);
    return Optional.of(
        new Webhook(
            Webhook.url(url)
                .orElseThrow(() -> fields.invalid("url", Kind.MALFORMED, Webhook.URL_RULE)),
            params(fields),
            events(fields)));
  }

  /// Reads the parameters that are posted back unchanged with every event of the push.
  private static Map<String, String> params(Fields fields) {
    Fields params = fields.members("params");
    if (params.names().size() > MAX_PARAMS) {
      throw fields.invalid(
          "params", Kind.OUT_OF_RANGE, "must have at most " + MAX_PARAMS + " members");
    }
    Map<String, String> texts = new HashMap<>();
    for (String name : params.names()) {
      texts.put(name, params.text(name, MAX_PARAM).orElse(""));
    }
    return texts;
  }

  /// Returns the events asked for; without any, all there are.
  private static Set<EventType> events(Fields fields) {
    if (!fields.has("events")) {
      return EnumSet.allOf(EventType.class);
    }
    var eventTypes = EnumSet.noneOf(EventType.class);
    for (String name : fields.texts("events", EVENTS.size(), 32)) {
      EventType eventType = EVENTS.get(name);
      if (eventType == null) {
        throw fields.invalid(
            "events", Kind.MALFORMED, "must have only received, clicked and notReceived");
      }
      eventTypes.add(eventType);
    }
    return eventTypes;
  }

  static String wire(EventType eventType) {
    return switch (eventType) {
      case RECEIVED -> "received";
      case CLICKED -> "clicked";
      case NOT_RECEIVED -> "notReceived";
    };
  }

  /// Returns what is posted, in the server's own format.
  public static String json(Task task, List<PendingEvent> pendingEvents) {
    ObjectNode json = Json.object().put("task", task.id().toString());
    var events = json.putArray("events");
    for (PendingEvent pendingEvent : pendingEvents) {
      ObjectNode event =
          events
              .addObject()
              .put("registrationId", pendingEvent.registration().value())
              .put("event", wire(pendingEvent.eventType()))
              .put("at", pendingEvent.at().toEpochMilli());
      if (!pendingEvent.cause().isEmpty()) {
        event.put("cause", pendingEvent.cause());
      }
    }
    ObjectNode params = json.putObject("params");
    task.webhook().ifPresent(webhook -> webhook.params().forEach(params::put));
    return Json.write(json);
  }

  /// Returns the secret with which the app's receiver checks the signatures of posted events.
  public static Reply secret(Apps apps, App app, Call call) {
    return Reply.json(
        200, Json.write(Json.object().put("secret", apps.webhookSecret(app.id()).reveal())));
  }
}
