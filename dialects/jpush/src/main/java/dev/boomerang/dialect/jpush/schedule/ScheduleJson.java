// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.engine.schedule.Schedules;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// A schedule as its caller gave it: an object with `name`, `enabled`, `trigger` and `push`, which
/// comes back as it was. It is kept as the schedule's detail.
public record ScheduleJson(ObjectNode object) {
  static final List<String> SECTIONS = List.of("name", "enabled", "trigger", "push");

  private static final int MAX_NAME_BYTES = 255;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_]+");

  /// Makes the push of the section called so.
  interface PushReader {
    Push read(App app, Fields push);
  }

  /// Keeps the four sections that `body` has; a `cid` inside the push means nothing.
  public static ScheduleJson of(ObjectNode body) {
    ObjectNode object = Json.object();
    for (String section : SECTIONS) {
      if (body.hasNonNull(section)) {
        object.set(section, body.get(section).deepCopy());
      }
    }
    if (object.get("push") instanceof ObjectNode push) {
      push.remove("cid");
    }
    return new ScheduleJson(object);
  }

  static ScheduleJson of(Schedule schedule) {
    return new ScheduleJson((ObjectNode) Json.parse(schedule.detail().text()));
  }

  /// Returns this schedule with each section that `change` has in the place of its own.
  ScheduleJson merge(ScheduleJson change) {
    ObjectNode merged = object.deepCopy();
    merged.setAll(change.object());
    return new ScheduleJson(merged);
  }

  String name() {
    return object.path("name").asText();
  }

  boolean isSingle() {
    return object.path("trigger").has("single");
  }

  Schedules.Draft draft(App app, PushReader pushReader, JpushConfig config) {
    Fields fields = Fields.of(object);
    String name = fields.requiredText("name", MAX_NAME_BYTES);
    if (name.getBytes(UTF_8).length > MAX_NAME_BYTES || !NAME.matcher(name).matches()) {
      throw fields.invalid(
          "name",
          Kind.MALFORMED,
          "must have letters, digits and _, at most " + MAX_NAME_BYTES + " bytes");
    }
    boolean enabled =
        fields
            .flag("enabled")
            .orElseThrow(() -> fields.invalid("enabled", Kind.MISSING, "must be given"));
    if (!fields.has("push")) {
      throw fields.invalid("push", Kind.MISSING, "must be given");
    }
    return new Schedules.Draft(
        pushReader.read(app, fields.object("push")),
        TriggerReader.read(fields.object("trigger"), config.zone()),
        new DialectDetail(Json.write(object)),
        enabled);
  }

  /// Returns the id that callers know it by: a UUID.
  public static String id(Schedule schedule) {
    String hex = schedule.id().value();
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  static Optional<ScheduleId> parse(String id) {
    try {
      String hex = id.contains("-") ? UUID.fromString(id).toString().replace("-", "") : id;
      return ScheduleId.parse(hex);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  static ObjectNode body(Body body) {
    return Json.read(body)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .orElseThrow(
            () ->
                new JpushException(
                    JpushError.SCHEDULE_INVALID, "Parameter is invalid, not a valid JSON format"));
  }

  ObjectNode json(Schedule schedule) {
    ObjectNode json = Json.object().put("schedule_id", id(schedule));
    json.setAll(object);
    return json;
  }
}
