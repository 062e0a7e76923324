// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.SourceDetail;
import dev.boomerang.model.push.SourceDetail.Getui.Call;
import dev.boomerang.model.push.SourceDetail.Revocation;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.schedule.ScheduleDetail;
import dev.boomerang.store.sql.jdbc.StoredText;
import java.util.Locale;
import java.util.Optional;

/// Encodes what dialects keep with tasks and schedules as JSON with one member that names the form,
/// so that a reader knows which it is.
public final class DetailText {
  private DetailText() {}

  public static String write(SourceDetail detail) {
    return switch (detail) {
      case SourceDetail.None() -> "";
      case SourceDetail.Getui(var call, var revocation) -> {
        ObjectNode json = Json.object();
        ObjectNode its = json.putObject("getui").put("call", call.name().toLowerCase(Locale.ROOT));
        revocation.ifPresent(old -> its.put("revokes", old.oldTask()).put("force", old.force()));
        yield StoredText.of(json);
      }
      case SourceDetail.Vivo(var system, var test, var rejected) -> {
        ObjectNode json = Json.object();
        json.putObject("vivo").put("system", system).put("test", test).put("rejected", rejected);
        yield StoredText.of(json);
      }
    };
  }

  public static SourceDetail source(String text) {
    if (text.isEmpty()) {
      return SourceDetail.NONE;
    }
    JsonNode json = Json.parse(text);
    if (json.has("getui")) {
      JsonNode its = json.path("getui");
      return new SourceDetail.Getui(
          Call.valueOf(its.path("call").asText().toUpperCase(Locale.ROOT)),
          its.has("revokes")
              ? Optional.of(
                  new Revocation(its.path("revokes").asText(), its.path("force").asBoolean()))
              : Optional.empty());
    }
    if (json.has("vivo")) {
      JsonNode its = json.path("vivo");
      return new SourceDetail.Vivo(
          its.path("system").asBoolean(),
          its.path("test").asBoolean(),
          its.path("rejected").asBoolean());
    }
    throw new IllegalStateException("a task has a detail of no known form: " + text);
  }

  public static String write(ScheduleDetail detail) {
    return switch (detail) {
      case ScheduleDetail.None() -> "";
      case ScheduleDetail.Prepared(boolean scheduled) ->
          Json.object().put("prepared", scheduled).toString();
      case ScheduleDetail.Cancelled() -> Json.object().put("cancelled", true).toString();
      case ScheduleDetail.Launched(TaskId task) ->
          Json.object().put("launched", task.value()).toString();
      case ScheduleDetail.Given(String json) -> StoredText.of(Json.object().put("given", json));
    };
  }

  public static ScheduleDetail schedule(String text) {
    if (text.isEmpty()) {
      return ScheduleDetail.NONE;
    }
    JsonNode json = Json.parse(text);
    if (json.has("prepared")) {
      return new ScheduleDetail.Prepared(json.path("prepared").asBoolean());
    }
    if (json.has("cancelled")) {
      return new ScheduleDetail.Cancelled();
    }
    if (json.has("launched")) {
      return new ScheduleDetail.Launched(new TaskId(json.path("launched").asLong()));
    }
    if (json.has("given")) {
      return new ScheduleDetail.Given(json.path("given").asText());
    }
    throw new IllegalStateException("a schedule has a detail of no known form: " + text);
  }
}
