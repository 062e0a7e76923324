// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.row;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.store.sql.codec.ContentText;
import dev.boomerang.store.sql.codec.DetailText;
import dev.boomerang.store.sql.codec.Json;
import dev.boomerang.store.sql.codec.PushText;
import dev.boomerang.store.sql.jdbc.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Tasks and messages as rows of [Tables][dev.boomerang.store.sql.schema.Tables].
public final class TaskRows {
  private TaskRows() {}

  public static Object[] row(Acceptance acceptance) {
    Task task = acceptance.task();
    return new Object[] {
      task.id().value(),
      task.app().value(),
      task.name(),
      task.origin(),
      task.source().kind().wire(),
      task.source().template().orElse(null),
      ContentText.write(task.content()),
      task.vendorHints().isEmpty() ? "" : StoredText.of(Json.of(task.vendorHints())),
      task.validity().acceptedAt().toEpochMilli(),
      task.validity().expiresAt().toEpochMilli(),
      task.counts().deliveries(),
      task.counts().unmatched(),
      task.fingerprint(),
      acceptance.requestKey().map(key -> key.scope()).orElse(null),
      acceptance.requestKey().map(key -> key.key()).orElse(null),
      collapseKeys(task),
      acceptance.open().map(Strategy::wire).orElse(null),
      task.webhook().map(it -> StoredText.of(PushText.webhook(it))).orElse(null),
      skipped(task.counts().skipped()),
      DetailText.write(task.source().detail())
    };
  }

  /// Empty for the many tasks that pass nobody over.
  public static String skipped(Map<String, Integer> counts) {
    if (counts.isEmpty()) {
      return "";
    }
    ObjectNode json = Json.object();
    counts.forEach((cause, count) -> json.put(cause, count.intValue()));
    return StoredText.of(json);
  }

  public static Map<String, Integer> skipped(String text) {
    if (text.isEmpty()) {
      return Map.of();
    }
    Map<String, Integer> counts = new HashMap<>();
    Json.parse(text)
        .properties()
        .forEach(each -> counts.put(each.getKey(), each.getValue().asInt()));
    return counts;
  }

  public static Task task(ResultSet row) throws SQLException {
    return task(row, 0);
  }

  /// Reads a task whose columns begin after `offset` others.
  public static Task task(ResultSet row, int offset) throws SQLException {
    String hints = row.getString(offset + 8);
    return new Task(
        new TaskId(row.getLong(offset + 1)),
        new AppId(row.getString(offset + 2)),
        row.getString(offset + 3),
        new Source(
            row.getString(offset + 4),
            Source.Kind.parse(row.getString(offset + 5)).orElseThrow(),
            Optional.ofNullable(row.getString(offset + 6)),
            DetailText.source(row.getString(offset + 20))),
        ContentText.read(row.getString(offset + 7)),
        new Task.Validity(time(row, offset + 9), time(row, offset + 10)),
        new Task.TargetCounts(
            row.getInt(offset + 11), row.getInt(offset + 12), skipped(row.getString(offset + 19))),
        row.getString(offset + 13),
        hints.isEmpty() ? Map.of() : Json.map(Json.parse(hints)),
        collapseKeys(row.getString(offset + 16)),
        Optional.ofNullable(row.getString(offset + 18))
            .flatMap(callback -> PushText.webhook(Json.parse(callback))));
  }

  /// Empty for the many tasks that take no other's place.
  public static String collapseKeys(Task task) {
    if (task.collapseKeys().isEmpty()) {
      return "";
    }
    ObjectNode json = Json.object();
    task.collapseKeys()
        .forEach((platform, collapseKey) -> json.put(platform.wire(), collapseKey.value()));
    return StoredText.of(json);
  }

  public static Map<Platform, CollapseKey> collapseKeys(String text) {
    if (text.isEmpty()) {
      return Map.of();
    }
    Map<Platform, CollapseKey> collapseKeys = new EnumMap<>(Platform.class);
    Json.map(Json.parse(text))
        .forEach(
            (platform, slot) ->
                collapseKeys.put(Platform.parse(platform).orElseThrow(), new CollapseKey(slot)));
    return collapseKeys;
  }

  public static Object[] row(AppId app, Message message) {
    return new Object[] {
      message.task().value(),
      message.number(),
      app.value(),
      message.target(),
      message.messageId().orElse(null),
      message.deliveries(),
      message.content().map(ContentText::write).orElse(null)
    };
  }

  public static Message message(ResultSet row) throws SQLException {
    return new Message(
        new TaskId(row.getLong(1)),
        row.getInt(2),
        row.getString(4),
        Optional.ofNullable(row.getString(5)),
        row.getInt(6),
        Optional.ofNullable(row.getString(7)).map(ContentText::read));
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}
