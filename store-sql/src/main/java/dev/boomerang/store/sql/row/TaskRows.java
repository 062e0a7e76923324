// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.row;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.store.sql.codec.ContentCodec;
import dev.boomerang.store.sql.codec.Json;
import dev.boomerang.store.sql.codec.PushCodec;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.StoredText;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// Converts tasks and messages to rows and back.
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
      ContentCodec.write(task.content()),
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
      task.webhook().map(it -> StoredText.of(PushCodec.webhook(it))).orElse(null),
      skipped(task.counts().skipped()),
      task.source().detail().text()
    };
  }

  /// Encodes the counts of skipped registrations by cause; the many tasks without any get an empty
  /// text.
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

  public static Task task(Row row) throws SQLException {
    String hints = row.getString("vendor_hints");
    return new Task(
        new TaskId(row.getLong("id")),
        new AppId(row.getString("app")),
        row.getString("name"),
        new Source(
            row.getString("origin"),
            Source.Kind.parse(row.getString("kind")).orElseThrow(),
            row.getOptionalString("template"),
            new DialectDetail(row.getString("source_detail"))),
        ContentCodec.read(row.getString("content")),
        new Task.Validity(row.getInstant("accepted_at"), row.getInstant("expires_at")),
        new Task.TargetCounts(
            row.getInt("deliveries"), row.getInt("unmatched"), skipped(row.getString("skipped"))),
        row.getString("fingerprint"),
        hints.isEmpty() ? Map.of() : Json.map(Json.parse(hints)),
        collapseKeys(row.getString("collapse_keys")),
        row.getOptionalString("webhook")
            .flatMap(webhook -> PushCodec.webhook(Json.parse(webhook))));
  }

  /// Encodes collapse keys by platform; the many tasks without any get an empty text.
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
      message.content().map(ContentCodec::write).orElse(null)
    };
  }

  public static Message message(Row row) throws SQLException {
    return new Message(
        new TaskId(row.getLong("task_id")),
        row.getInt("number"),
        row.getString("target"),
        row.getOptionalString("message_id"),
        row.getInt("deliveries"),
        row.getOptionalString("content").map(ContentCodec::read));
  }
}
