// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.migration;

import java.util.List;

/// The statements of each schema step. Times are Unix milliseconds. No foreign keys: what belongs
/// together is written and cleared together, and a check per row would be paid by every push.
///
/// [SchemaMigration] keeps a checksum of each step in the database and refuses one that other
/// statements made. Until 0.1.0 is released a step may still be edited, at the price of every store
/// made before; from then on none is, and a change is a new step at the end of the list.
final class SchemaSteps {
  private SchemaSteps() {}

  static final List<String> FIRST =
      List.of(
          """
          CREATE TABLE apps (
            id {key} PRIMARY KEY,
            workspace_id text NOT NULL,
            name text NOT NULL,
            created_at {long} NOT NULL,
            identity_mode {key} NOT NULL
          ){clustered}
          """,
          """
          CREATE TABLE app_keys (
            kind text NOT NULL,
            id {key} NOT NULL,
            app text NOT NULL,
            sealed text NOT NULL,
            active integer NOT NULL,
            PRIMARY KEY (kind, id)
          ){clustered}
          """,
          """
          CREATE TABLE registrations (
            id {key} PRIMARY KEY,
            app {key} NOT NULL,
            platform text NOT NULL,
            device_id {key},
            user_id {key},
            alias {key},
            details text NOT NULL,
            secret_hash text NOT NULL,
            notifications_on integer NOT NULL,
            blocked integer NOT NULL,
            created_at {long} NOT NULL,
            bound_at {long} NOT NULL,
            seen_at {long} NOT NULL,
            version {long} NOT NULL,
            number {long} NOT NULL
          ){clustered}
          """,
          // The number is the registration's position in bitmaps, so it is dense and never given
          // twice.
          "CREATE UNIQUE INDEX registrations_number ON registrations (number)",
          """
          CREATE UNIQUE INDEX registrations_device ON registrations (app, device_id)
            WHERE device_id IS NOT NULL
          """,
          "CREATE INDEX registrations_created ON registrations (app, created_at, platform)",
          """
          CREATE INDEX registrations_user ON registrations (app, user_id)
            WHERE user_id IS NOT NULL
          """,
          """
          CREATE INDEX registrations_alias ON registrations (app, alias)
            WHERE alias IS NOT NULL
          """,
          """
          CREATE TABLE removed_registrations (
            id {key} PRIMARY KEY,
            app {key} NOT NULL,
            removed_at {long} NOT NULL
          ){clustered}
          """,
          "CREATE INDEX removed_registrations_age ON removed_registrations (removed_at)",
          """
          CREATE TABLE tasks (
            id {long} PRIMARY KEY,
            app {key} NOT NULL,
            name text NOT NULL,
            origin text NOT NULL,
            kind {key} NOT NULL,
            template text,
            content text NOT NULL,
            vendor_hints text NOT NULL,
            accepted_at {long} NOT NULL,
            expires_at {long} NOT NULL,
            deliveries integer NOT NULL,
            unmatched integer NOT NULL,
            fingerprint text NOT NULL,
            request_scope {key},
            request_key {key},
            collapse_keys text NOT NULL,
            open_strategy {key},
            webhook text,
            skipped text NOT NULL,
            source_detail text NOT NULL
          )
          """,
          // Listed kinds only: simple pushes are too many.
          """
          CREATE INDEX tasks_listed ON tasks (app, id)
            WHERE kind IN ('multiple', 'broadcast')
          """,
          // This covers tasks of any kind: a query by name wants the few that have it.
          "CREATE INDEX tasks_named ON tasks (app, name, id) WHERE name <> ''",
          """
          CREATE UNIQUE INDEX tasks_request ON tasks (app, request_scope, request_key)
            WHERE request_key IS NOT NULL
          """,
          """
          CREATE TABLE messages (
            task_id {long} NOT NULL,
            number integer NOT NULL,
            app {key} NOT NULL,
            target {key} NOT NULL,
            message_id {key},
            deliveries integer NOT NULL,
            content text,
            PRIMARY KEY (task_id, number)
          ){clustered}
          """,
          """
          CREATE UNIQUE INDEX messages_name ON messages (app, message_id, target)
            WHERE message_id IS NOT NULL
          """,
          """
          CREATE TABLE deliveries (
            task_id {long} NOT NULL,
            registration_id {key} NOT NULL,
            app text NOT NULL,
            statistics_key text NOT NULL,
            message integer NOT NULL,
            expires_at {long} NOT NULL,
            status text NOT NULL,
            state text NOT NULL,
            timeline text NOT NULL,
            mailbox_state integer,
            not_before {long},
            due_at {long},
            webhook_events_mask integer NOT NULL,
            PRIMARY KEY (task_id, registration_id)
          ){clustered}
          """,
          """
          CREATE INDEX deliveries_mailbox ON deliveries (registration_id, mailbox_state, task_id)
            WHERE mailbox_state IS NOT NULL
          """,
          "CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL",
          // Deferred deliveries.
          """
          CREATE INDEX deliveries_deferred ON deliveries (not_before)
            WHERE not_before IS NOT NULL
          """,
          """
          CREATE TABLE recalls (
            id {long} PRIMARY KEY,
            app text NOT NULL,
            task_id {long} NOT NULL,
            scope {key} NOT NULL,
            asked_at {long} NOT NULL,
            swept integer NOT NULL
          )
          """,
          "CREATE INDEX recalls_unswept ON recalls (id) WHERE swept = 0",
          "CREATE UNIQUE INDEX recalls_scope ON recalls (task_id, scope)",
          """
          CREATE TABLE templates (
            id {long} PRIMARY KEY,
            app {key} NOT NULL,
            name {key} NOT NULL,
            description text NOT NULL,
            variables text NOT NULL,
            content text NOT NULL,
            created_at {long} NOT NULL,
            changed_at {long} NOT NULL
          )
          """,
          "CREATE UNIQUE INDEX templates_name ON templates (app, name)",
          "CREATE INDEX templates_listed ON templates (app, id)",
          """
          CREATE TABLE schedules (
            id {key} PRIMARY KEY,
            app {key} NOT NULL,
            push text NOT NULL,
            cyclic integer NOT NULL,
            created_at {long} NOT NULL,
            ends_at {long} NOT NULL,
            origin {key} NOT NULL,
            detail text NOT NULL
          ){clustered}
          """,
          "CREATE INDEX schedules_end ON schedules (ends_at)",
          "CREATE INDEX schedules_listed ON schedules (app, origin, ends_at)",
          """
          CREATE TABLE occurrences (
            id {key} PRIMARY KEY,
            schedule_id {key} NOT NULL,
            app {key} NOT NULL,
            due_at {long} NOT NULL,
            status {key} NOT NULL,
            detail text NOT NULL
          ){clustered}
          """,
          "CREATE INDEX occurrences_of_schedule ON occurrences (schedule_id, due_at, id)",
          "CREATE INDEX occurrences_listed ON occurrences (app, due_at, id)",
          """
          CREATE INDEX occurrences_open ON occurrences (due_at, id)
            WHERE status IN ('pending', 'firing')
          """,
          """
          CREATE INDEX occurrences_pending ON occurrences (app, schedule_id)
            WHERE status = 'pending'
          """,
          """
          CREATE TABLE broadcasts (
            task_id {long} PRIMARY KEY,
            app {key} NOT NULL,
            rule text NOT NULL,
            accepted_at {long} NOT NULL,
            expires_at {long} NOT NULL,
            recalled integer NOT NULL,
            expired integer NOT NULL,
            recall_deadline {long},
            due_at {long},
            collapse_keys text NOT NULL,
            close_reason text NOT NULL,
            webhook_events_mask integer NOT NULL
          )
          """,
          // Broadcasts that may replace others; few.
          "CREATE INDEX broadcasts_overriding ON broadcasts (app, task_id) WHERE collapse_keys <>"
              + " ''",
          """
          CREATE TABLE paced_runs (
            task_id {long} PRIMARY KEY,
            app {key} NOT NULL,
            send_rate text NOT NULL,
            audience {long} NOT NULL,
            released {long} NOT NULL,
            chunk integer NOT NULL,
            running integer NOT NULL,
            node integer NOT NULL,
            leased_until {long} NOT NULL
          )
          """,
          "CREATE INDEX paced_runs_running ON paced_runs (app, task_id) WHERE running = 1",
          """
          CREATE TABLE collapse_keys (
            app {key} NOT NULL,
            collapse_key {key} NOT NULL,
            task_id {long} NOT NULL,
            PRIMARY KEY (app, collapse_key, task_id)
          ){clustered}
          """,
          "CREATE INDEX collapse_keys_of_task ON collapse_keys (task_id)",
          """
          CREATE TABLE segment_index (
            app {key} NOT NULL,
            term {key} NOT NULL,
            chunk integer NOT NULL,
            numbers {bytes} NOT NULL,
            PRIMARY KEY (app, term, chunk)
          )
          """,
          // Broadcasts that may still be delivered or recalled.
          "CREATE INDEX broadcasts_open ON broadcasts (app, task_id) WHERE due_at IS NOT NULL",
          "CREATE INDEX broadcasts_due ON broadcasts (due_at) WHERE due_at IS NOT NULL",
          """
          CREATE TABLE broadcast_states (
            task_id {long} NOT NULL,
            chunk integer NOT NULL,
            states {bytes} NOT NULL,
            PRIMARY KEY (task_id, chunk)
          )
          """,
          """
          CREATE TABLE statistics (
            app {key} NOT NULL,
            hour {long} NOT NULL,
            kind {key} NOT NULL,
            platform {key} NOT NULL,
            channel {key} NOT NULL,
            shard integer NOT NULL,
            total {long} NOT NULL,
            pushed {long} NOT NULL,
            arrived {long} NOT NULL,
            opened {long} NOT NULL,
            ignored {long} NOT NULL,
            PRIMARY KEY (app, hour, kind, platform, channel, shard)
          ){clustered}
          """,
          """
          CREATE TABLE task_statistics (
            task_id {long} NOT NULL,
            shard integer NOT NULL,
            total {long} NOT NULL,
            pushed {long} NOT NULL,
            arrived {long} NOT NULL,
            opened {long} NOT NULL,
            ignored {long} NOT NULL,
            PRIMARY KEY (task_id, shard)
          ){clustered}
          """,
          """
          CREATE TABLE uploads (
            app {key} NOT NULL,
            id {key} NOT NULL,
            kind {key} NOT NULL,
            name text NOT NULL,
            created_at {long} NOT NULL,
            expires_at {long} NOT NULL,
            content text NOT NULL,
            PRIMARY KEY (app, id)
          )
          """,
          "CREATE INDEX uploads_expiry ON uploads (expires_at)",
          """
          CREATE TABLE webhook_queues (
            task_id {long} PRIMARY KEY,
            enqueued {long} NOT NULL,
            delivered {long} NOT NULL,
            batch_end {long} NOT NULL,
            attempt integer NOT NULL,
            due_at {long}
          )
          """,
          // Queues that have events.
          """
          CREATE INDEX webhook_queues_due ON webhook_queues (due_at)
            WHERE due_at IS NOT NULL
          """,
          """
          CREATE TABLE webhook_events (
            task_id {long} NOT NULL,
            number {long} NOT NULL,
            registration_id text NOT NULL,
            event text NOT NULL,
            at {long} NOT NULL,
            cause text NOT NULL,
            PRIMARY KEY (task_id, number)
          ){clustered}
          """,
          """
          CREATE TABLE documents (
            app {key} NOT NULL,
            name {key} NOT NULL,
            content text NOT NULL,
            version {long} NOT NULL,
            PRIMARY KEY (app, name)
          )
          """,
          "CREATE TABLE counters (name {key} PRIMARY KEY, value {long} NOT NULL){clustered}",
          "INSERT INTO counters VALUES ('registration', 0)",
          // A writer of what is limited per app locks its row.
          "CREATE TABLE app_locks (app {key} PRIMARY KEY){clustered}",
          // Each open store has one row, which it writes to see whether writing works.
          """
          CREATE TABLE write_probes (
            probe {key} PRIMARY KEY,
            writes {long} NOT NULL,
            filler {bytes} NOT NULL
          )
          """,
          // The highest id among what was deleted: ids must not come back.
          "CREATE TABLE id_watermark (highest_id {long} NOT NULL)",
          "INSERT INTO id_watermark VALUES (0)");
}
