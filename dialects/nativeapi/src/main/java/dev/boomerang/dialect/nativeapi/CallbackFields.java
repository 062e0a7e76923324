// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.Apps;
import dev.boomerang.model.App;
import dev.boomerang.model.Callback;
import dev.boomerang.model.Callback.Event;
import dev.boomerang.model.Task;
import dev.boomerang.port.CallbackStore.Note;
import dev.boomerang.web.Call;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Reply;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The `callback` of a push, what is posted to it, and what it is signed with (`GET
/// /api/v1/callback-secret`).
final class CallbackFields {
  private static final int MAX_URL = 2_048;
  private static final int MAX_PARAMS = 20;
  private static final int MAX_PARAM = 512;

  private static final Map<String, Event> EVENTS =
      Map.of(
          "received", Event.RECEIVED,
          "clicked", Event.CLICKED,
          "notReceived", Event.NOT_RECEIVED);

  private CallbackFields() {}

  static Optional<Callback> read(Fields body) {
    if (!body.has("callback")) {
      return Optional.empty();
    }
    Fields fields = body.object("callback");
    fields.only(Set.of("url", "params", "events"));
    String url = fields.requiredText("url", MAX_URL);
    return Optional.of(
        new Callback(
            Callback.url(url)
                .orElseThrow(() -> fields.fault("url", Kind.MALFORMED, Callback.URL_RULE)),
            params(fields),
            events(fields)));
  }

  private static Map<String, String> params(Fields fields) {
    Fields params = fields.members("params");
    if (params.names().size() > MAX_PARAMS) {
      throw fields.fault(
          "params", Kind.OUT_OF_RANGE, "must have at most " + MAX_PARAMS + " members");
    }
    Map<String, String> texts = new HashMap<>();
    for (String name : params.names()) {
      texts.put(name, params.text(name, MAX_PARAM).orElse(""));
    }
    return texts;
  }

  /// Without any: all there are.
  private static Set<Event> events(Fields fields) {
    if (!fields.has("events")) {
      return EnumSet.allOf(Event.class);
    }
    var events = EnumSet.noneOf(Event.class);
    for (String name : fields.texts("events", EVENTS.size(), 32)) {
      Event event = EVENTS.get(name);
      if (event == null) {
        throw fields.fault(
            "events", Kind.MALFORMED, "must have only received, clicked and notReceived");
      }
      events.add(event);
    }
    return events;
  }

  static String wire(Event event) {
    return switch (event) {
      case RECEIVED -> "received";
      case CLICKED -> "clicked";
      case NOT_RECEIVED -> "notReceived";
    };
  }

  /// What is posted, by our own wording.
  static String json(Task task, List<Note> notes) {
    ObjectNode json = Json.object().put("task", task.id().toString());
    var events = json.putArray("events");
    for (Note note : notes) {
      ObjectNode event =
          events
              .addObject()
              .put("registrationId", note.registration().value())
              .put("event", wire(note.event()))
              .put("at", note.at().toEpochMilli());
      if (!note.cause().isEmpty()) {
        event.put("cause", note.cause());
      }
    }
    ObjectNode params = json.putObject("params");
    task.callback().ifPresent(callback -> callback.params().forEach(params::put));
    return Json.write(json);
  }

  static Reply secret(Apps apps, App app, Call call) {
    return Reply.json(
        200, Json.write(Json.object().put("secret", apps.callbackSecret(app.id()).reveal())));
  }
}
