// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.schema;

import java.util.stream.Collectors;

/// Lists the tables whose rows are read or written as a whole.
public final class Tables {
  /// SQLite (since 3.49, if built with STAT4 as ours is) plans anew whenever the number of a bare
  /// `LIMIT ?` is bound, which costs four times the query. It does not look into a sum.
  public static final String LIMIT = " LIMIT ? + 0";

  public static final Table TASKS =
      Table.of(
          "tasks",
          "id bigint",
          "app text",
          "name text",
          "origin text",
          "kind text",
          "template text",
          "content text",
          "vendor_hints text",
          "accepted_at bigint",
          "expires_at bigint",
          "deliveries integer",
          "unmatched integer",
          "fingerprint text",
          "request_scope text",
          "request_key text",
          "collapse_keys text",
          "open_strategy text",
          "webhook text",
          "skipped text",
          "source_detail text");

  public static final Table MESSAGES =
      Table.of(
          "messages",
          "task_id bigint",
          "number integer",
          "app text",
          "target text",
          "message_id text",
          "deliveries integer",
          "content text");

  public static final Table DELIVERIES =
      Table.of(
          "deliveries",
          "task_id bigint",
          "registration_id text",
          "app text",
          "statistics_key text",
          "message integer",
          "expires_at bigint",
          "status text",
          "state text",
          "timeline text",
          "mailbox_state integer",
          "not_before bigint",
          "due_at bigint",
          "webhook_events_mask integer");

  /// Holds the columns of deliveries that say what is still to be sent to a device.
  public static final Table MAILBOX_STATES =
      Table.of("deliveries", "task_id bigint", "registration_id text", "mailbox_state integer");

  public static final Table REGISTRATIONS =
      Table.of(
          "registrations",
          "id text",
          "app text",
          "platform text",
          "device_id text",
          "user_id text",
          "alias text",
          "details text",
          "secret_hash text",
          "notifications_on integer",
          "blocked integer",
          "created_at bigint",
          "bound_at bigint",
          "seen_at bigint",
          "version bigint",
          "number bigint");

  /// Holds the ids of removed registrations, as long as callers may ask what became of them.
  public static final Table REMOVED_REGISTRATIONS =
      Table.of("removed_registrations", "id text", "app text", "removed_at bigint");

  /// Holds the columns of registrations that say who is in a broadcast's audience.
  public static final Table AUDIENCE_ATTRIBUTES =
      Table.of(
          "registrations",
          "id text",
          "number bigint",
          "app text",
          "platform text",
          "user_id text",
          "bound_at bigint",
          "blocked integer");

  public static final Table BROADCASTS =
      Table.of(
          "broadcasts",
          "task_id bigint",
          "app text",
          "rule text",
          "accepted_at bigint",
          "expires_at bigint",
          "recalled integer",
          "expired integer",
          "recall_deadline bigint",
          "due_at bigint",
          "collapse_keys text",
          "close_reason text",
          "webhook_events_mask integer");

  /// Holds paced runs. No chunk before `chunk` has a registration that waits to be released.
  public static final Table PACED_RUNS =
      Table.of(
          "paced_runs",
          "task_id bigint",
          "app text",
          "send_rate text",
          "audience bigint",
          "released bigint",
          "chunk integer",
          "running integer",
          "node integer",
          "leased_until bigint");

  /// Holds which tasks have a collapse key. A task that replaced none is listed once another
  /// replaces it.
  public static final Table COLLAPSE_KEYS =
      Table.of("collapse_keys", "app text", "collapse_key text", "task_id bigint");

  /// Holds which registrations have a tag, a platform and so on: numbers of registrations, by
  /// chunk.
  public static final Table SEGMENT_INDEX =
      Table.of("segment_index", "app text", "term text", "chunk integer", "numbers bytea");

  public static final Table BROADCAST_STATES =
      Table.of("broadcast_states", "task_id bigint", "chunk integer", "states bytea");

  public static final Table SCHEDULES =
      Table.of(
          "schedules",
          "id text",
          "app text",
          "push text",
          "cyclic integer",
          "created_at bigint",
          "ends_at bigint",
          "origin text",
          "detail text");

  public static final Table OCCURRENCES =
      Table.of(
          "occurrences",
          "id text",
          "schedule_id text",
          "app text",
          "due_at bigint",
          "status text",
          "detail text");

  /// Holds the events that wait for webhooks, numbered for each task from 1 without gaps.
  public static final Table WEBHOOK_EVENTS =
      Table.of(
          "webhook_events",
          "task_id bigint",
          "number bigint",
          "registration_id text",
          "event text",
          "at bigint",
          "cause text");

  /// Holds how far a task's webhook events were delivered: one row for each task that has a
  /// webhook.
  public static final Table WEBHOOK_QUEUES =
      Table.of(
          "webhook_queues",
          "task_id bigint",
          "enqueued bigint",
          "delivered bigint",
          "batch_end bigint",
          "attempt integer",
          "due_at bigint");

  public static final Table APP_LOCKS = Table.of("app_locks", "app text");

  private Tables() {}

  /// `SELECT` all columns of the table `FROM` it.
  public static String selectFrom(Table table) {
    return "SELECT " + String.join(", ", table.columnNames()) + " FROM " + table.name();
  }

  /// Returns all columns for a join, each with the table's name before it and named as it is.
  public static String qualified(Table table) {
    return qualified(table, "");
  }

  /// Returns all columns for a join, each named as it is behind a prefix.
  public static String qualified(Table table, String prefix) {
    return table.columnNames().stream()
        .map(column -> table.name() + "." + column + " AS " + prefix + column)
        .collect(Collectors.joining(", "));
  }
}
