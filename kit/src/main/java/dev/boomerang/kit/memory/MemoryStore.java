// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

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
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.TemplateStore;
import dev.boomerang.port.UploadStore;
import dev.boomerang.port.WebhookOutbox;

/// Keeps a store in memory for as long as the object lives: for tests and benchmarks. It keeps
/// every rule of the ports but durability.
public final class MemoryStore implements Store {
  private final MemoryApps apps = new MemoryApps();
  private final MemoryRegistrations registrations = new MemoryRegistrations();
  private final MemorySegments segments = new MemorySegments(registrations);
  private final TaskTable taskTable = new TaskTable();
  private final MemoryRecalls recalls = new MemoryRecalls(taskTable);
  private final MemoryWebhookOutbox webhooks = new MemoryWebhookOutbox();
  private final MemoryDeliveries deliveries = new MemoryDeliveries(taskTable, webhooks);
  private final MemoryPacedRuns pacedRuns = new MemoryPacedRuns(deliveries);
  private final MemoryBroadcasts broadcasts =
      new MemoryBroadcasts(registrations, deliveries, pacedRuns);
  private final MemoryStatistics statistics =
      new MemoryStatistics(taskTable, deliveries, broadcasts);
  private final MemoryTasks tasks =
      new MemoryTasks(taskTable, deliveries, recalls, broadcasts, statistics, webhooks);
  private final MemoryTemplates templates = new MemoryTemplates();
  private final MemorySchedules schedules = new MemorySchedules();

  private final MemoryUploads uploads = new MemoryUploads();
  private final MemoryDocuments documents = new MemoryDocuments();

  public MemoryStore() {
    deliveries.join(broadcasts);
  }

  @Override
  public AppStore apps() {
    return CheckedTexts.over(AppStore.class, apps);
  }

  @Override
  public RegistrationStore registrations() {
    return CheckedTexts.over(RegistrationStore.class, registrations);
  }

  @Override
  public TaskStore tasks() {
    return CheckedTexts.over(TaskStore.class, tasks);
  }

  @Override
  public DeliveryStore deliveries() {
    return CheckedTexts.over(DeliveryStore.class, deliveries);
  }

  @Override
  public RecallStore recalls() {
    return CheckedTexts.over(RecallStore.class, recalls);
  }

  @Override
  public BroadcastStore broadcasts() {
    return CheckedTexts.over(BroadcastStore.class, broadcasts);
  }

  @Override
  public PacedRunStore pacedRuns() {
    return CheckedTexts.over(PacedRunStore.class, pacedRuns);
  }

  @Override
  public StatisticsStore statistics() {
    return CheckedTexts.over(StatisticsStore.class, statistics);
  }

  @Override
  public TemplateStore templates() {
    return CheckedTexts.over(TemplateStore.class, templates);
  }

  @Override
  public ScheduleStore schedules() {
    return CheckedTexts.over(ScheduleStore.class, schedules);
  }

  @Override
  public SegmentStore segments() {
    return CheckedTexts.over(SegmentStore.class, segments);
  }

  @Override
  public UploadStore uploads() {
    return CheckedTexts.over(UploadStore.class, uploads);
  }

  @Override
  public WebhookOutbox webhooks() {
    return CheckedTexts.over(WebhookOutbox.class, webhooks);
  }

  @Override
  public DocumentStore documents() {
    return CheckedTexts.over(DocumentStore.class, documents);
  }

  @Override
  public void check() {}

  @Override
  public void close() {}
}
