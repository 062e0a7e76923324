// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.port.AppStore;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DocumentStore;
import dev.boomerang.port.PacedRunStore;
import dev.boomerang.port.RecallStore;
import dev.boomerang.port.RegistrationStore;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.SegmentStore;
import dev.boomerang.port.StatisticsStore;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.StoreFailure;
import dev.boomerang.port.StoreListener;
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.TemplateStore;
import dev.boomerang.port.UploadStore;
import dev.boomerang.port.WebhookOutbox;
import dev.boomerang.store.sql.app.SqlAppStore;
import dev.boomerang.store.sql.app.SqlDocumentStore;
import dev.boomerang.store.sql.app.SqlTemplateStore;
import dev.boomerang.store.sql.app.SqlUploadStore;
import dev.boomerang.store.sql.broadcast.BroadcastIndex;
import dev.boomerang.store.sql.broadcast.SqlBroadcastStore;
import dev.boomerang.store.sql.broadcast.SqlPacedRunStore;
import dev.boomerang.store.sql.jdbc.Database;
import dev.boomerang.store.sql.jdbc.SqlErrors;
import dev.boomerang.store.sql.migration.SchemaMigration;
import dev.boomerang.store.sql.registration.SqlRegistrationStore;
import dev.boomerang.store.sql.registration.SqlSegmentStore;
import dev.boomerang.store.sql.schedule.SqlScheduleStore;
import dev.boomerang.store.sql.statistics.SqlStatisticsStore;
import dev.boomerang.store.sql.task.LostDeliveries;
import dev.boomerang.store.sql.task.SqlDeliveryStore;
import dev.boomerang.store.sql.task.SqlRecallStore;
import dev.boomerang.store.sql.task.SqlTaskStore;
import dev.boomerang.store.sql.transaction.AppLock;
import dev.boomerang.store.sql.transaction.FailureMonitor;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.Transactions;
import dev.boomerang.store.sql.transaction.WriteProbe;
import dev.boomerang.store.sql.transaction.Writer;
import dev.boomerang.store.sql.webhook.SqlWebhookOutbox;
import java.sql.SQLException;
import java.util.Optional;

/// Implements the store on a [Database]. Times are kept in whole milliseconds.
public final class SqlStore implements Store {
  private final Database database;
  private final FailureMonitor writes = new FailureMonitor("writes");
  private final Writer writer;
  private final WriteProbe probe;
  private final LostDeliveries lost;
  private final AppStore apps;
  private final RegistrationStore registrations;
  private final TaskStore tasks;
  private final DeliveryStore deliveries;
  private final RecallStore recalls;
  private final SqlBroadcastStore broadcasts;
  private final PacedRunStore pacedRuns;
  private final StatisticsStore statistics;
  private final TemplateStore templates;
  private final ScheduleStore schedules;
  private final UploadStore uploads;
  private final WebhookOutbox webhooks;
  private final DocumentStore documents;
  private final SegmentStore segments;

  private SqlStore(Database database, StoreListener listener) {
    this.database = database;
    var transactions = new Transactions(database);
    this.writer = new Writer(transactions, writes, listener, database.writerThreads());
    var queryRunner = new QueryRunner(transactions, new FailureMonitor("reads"));
    this.probe = new WriteProbe(writer, writes);
    this.lost = new LostDeliveries(queryRunner, writer, database.batchSql());
    this.apps = new SqlAppStore(queryRunner, writer);
    this.registrations = new SqlRegistrationStore(queryRunner, writer, database.batchSql());
    var broadcastIndex = new BroadcastIndex(database.batchSql());
    this.tasks = new SqlTaskStore(queryRunner, writer, database.batchSql(), broadcastIndex);
    this.broadcasts =
        new SqlBroadcastStore(queryRunner, writer, database.batchSql(), broadcastIndex);
    this.deliveries =
        new SqlDeliveryStore(queryRunner, writer, database.batchSql(), broadcastIndex, broadcasts);
    this.webhooks = new SqlWebhookOutbox(queryRunner, writer, database.batchSql());
    this.segments = new SqlSegmentStore(queryRunner, database.batchSql());
    this.pacedRuns = new SqlPacedRunStore(queryRunner, writer, database.batchSql(), broadcastIndex);
    this.statistics = new SqlStatisticsStore(queryRunner, database.batchSql());
    this.recalls = new SqlRecallStore(queryRunner, writer);
    var appLock = new AppLock(database.batchSql());
    this.templates = new SqlTemplateStore(queryRunner, writer, appLock);
    this.uploads = new SqlUploadStore(queryRunner, writer, appLock);
    this.documents = new SqlDocumentStore(queryRunner, writer);
    this.schedules = new SqlScheduleStore(queryRunner, writer, appLock, database.batchSql());
  }

  /// Brings the schema up to date and begins work. The store closes the database, also if it cannot
  /// open.
  public static Store open(Database database, StoreListener listener) {
    boolean open = false;
    try {
      new SchemaMigration(database).migrate();
      var store = new SqlStore(database, listener);
      store.lost.start();
      open = true;
      return store;
    } finally {
      if (!open) {
        database.close();
      }
    }
  }

  @Override
  public AppStore apps() {
    return apps;
  }

  @Override
  public RegistrationStore registrations() {
    return registrations;
  }

  @Override
  public TaskStore tasks() {
    return tasks;
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public RecallStore recalls() {
    return recalls;
  }

  @Override
  public BroadcastStore broadcasts() {
    return broadcasts;
  }

  @Override
  public PacedRunStore pacedRuns() {
    return pacedRuns;
  }

  @Override
  public StatisticsStore statistics() {
    return statistics;
  }

  @Override
  public TemplateStore templates() {
    return templates;
  }

  @Override
  public ScheduleStore schedules() {
    return schedules;
  }

  @Override
  public SegmentStore segments() {
    return segments;
  }

  @Override
  public UploadStore uploads() {
    return uploads;
  }

  @Override
  public WebhookOutbox webhooks() {
    return webhooks;
  }

  @Override
  public DocumentStore documents() {
    return documents;
  }

  @Override
  public void check() {
    Optional<SQLException> ailment = database.checkHealth();
    if (ailment.isPresent()) {
      SQLException fault = ailment.get();
      StoreFailure cause = SqlErrors.failureOf(fault);
      writes.failed(cause, WriteProbe.HEAVY, String.valueOf(fault.getMessage()));
      throw new StoreException(cause, String.valueOf(fault.getMessage()), fault);
    }
    probe.write();
  }

  @Override
  public Optional<StoreFailure> lastWriteFailure() {
    return writes.outage();
  }

  @Override
  public void close() {
    lost.close();
    probe.close();
    writer.close();
    database.close();
  }
}
