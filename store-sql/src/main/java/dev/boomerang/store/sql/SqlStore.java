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
import java.sql.SQLException;
import java.util.Optional;

/// The store on a [Database]. Times are kept in whole milliseconds.
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
  private final SqlBroadcasts broadcasts;
  private final PacedRunStore paces;
  private final StatisticsStore tallies;
  private final TemplateStore templates;
  private final ScheduleStore schedules;
  private final UploadStore uploads;
  private final WebhookOutbox callbacks;
  private final DocumentStore documents;
  private final SegmentStore segments;

  private SqlStore(Database database, StoreListener listener) {
    this.database = database;
    var transactions = new Transactions(database);
    this.writer = new Writer(transactions, writes, listener, database.lanes());
    var reader = new Reader(transactions, new FailureMonitor("reads"));
    this.probe = new WriteProbe(writer, writes);
    this.lost = new LostDeliveries(reader, writer, database.bulk());
    this.apps = new SqlApps(reader, writer);
    this.registrations = new SqlRegistrations(reader, writer, database.bulk());
    var known = new Known(database.bulk());
    this.tasks = new SqlTasks(reader, writer, database.bulk(), known);
    this.broadcasts = new SqlBroadcasts(reader, writer, database.bulk(), known);
    this.deliveries = new SqlDeliveries(reader, writer, database.bulk(), known, broadcasts);
    this.callbacks = new SqlCallbacks(reader, writer, database.bulk());
    this.segments = new SqlSegments(reader, database.bulk());
    this.paces = new SqlPaces(reader, writer, database.bulk(), known);
    this.tallies = new SqlTallies(reader, database.bulk());
    this.recalls = new SqlRecalls(reader, writer);
    var turns = new Turns(database.bulk());
    this.templates = new SqlTemplates(reader, writer, turns);
    this.uploads = new SqlUploads(reader, writer, turns);
    this.documents = new SqlDocuments(reader, writer);
    this.schedules = new SqlSchedules(reader, writer, turns, database.bulk());
  }

  /// Brings the schema up to date and begins work. The store closes the database, also if it cannot
  /// open.
  public static Store open(Database database, StoreListener listener) {
    boolean open = false;
    try {
      new Schema(database).bringUp();
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
    return paces;
  }

  @Override
  public StatisticsStore statistics() {
    return tallies;
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
    return callbacks;
  }

  @Override
  public DocumentStore documents() {
    return documents;
  }

  @Override
  public void check() {
    Optional<SQLException> ailment = database.ailment();
    if (ailment.isPresent()) {
      SQLException fault = ailment.get();
      StoreFailure cause = Faults.failureOf(fault);
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
