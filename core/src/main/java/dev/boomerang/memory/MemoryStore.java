// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.memory;

import dev.boomerang.port.AppStore;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.CallbackStore;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DocumentStore;
import dev.boomerang.port.PaceStore;
import dev.boomerang.port.RecallStore;
import dev.boomerang.port.RegistrationStore;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.SegmentStore;
import dev.boomerang.port.Store;
import dev.boomerang.port.TallyStore;
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.TemplateStore;
import dev.boomerang.port.UploadStore;

/// A store that lasts as long as the object: for tests and trials. It keeps every rule of the ports
/// but durability.
public final class MemoryStore implements Store {
  private final MemoryApps apps = new MemoryApps();
  private final MemoryRegistrations registrations = new MemoryRegistrations();
  private final MemorySegments segments = new MemorySegments(registrations);
  private final MemoryTasks tasks = new MemoryTasks();
  private final MemoryRecalls recalls = new MemoryRecalls(tasks);
  private final MemoryCallbacks callbacks = new MemoryCallbacks();
  private final MemoryDeliveries deliveries = new MemoryDeliveries(tasks, callbacks);
  private final MemoryPaces paces = new MemoryPaces(deliveries);
  private final MemoryBroadcasts broadcasts =
      new MemoryBroadcasts(registrations, deliveries, paces);
  private final MemoryTallies tallies = new MemoryTallies(tasks, deliveries, broadcasts);
  private final MemoryTemplates templates = new MemoryTemplates();
  private final MemorySchedules schedules = new MemorySchedules();

  private final MemoryUploads uploads = new MemoryUploads();
  private final MemoryDocuments documents = new MemoryDocuments();

  public MemoryStore() {
    tasks.join(deliveries, recalls, broadcasts, tallies, callbacks);
    deliveries.join(broadcasts);
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
  public PaceStore paces() {
    return paces;
  }

  @Override
  public TallyStore tallies() {
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
  public CallbackStore callbacks() {
    return callbacks;
  }

  @Override
  public DocumentStore documents() {
    return documents;
  }

  @Override
  public void check() {}

  @Override
  public void close() {}
}
