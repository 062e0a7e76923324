// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.memory;

import dev.boomerang.port.AppStore;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.RecallStore;
import dev.boomerang.port.RegistrationStore;
import dev.boomerang.port.Store;
import dev.boomerang.port.TaskStore;

/// A store that lasts as long as the object: for tests and trials. It keeps every rule of the ports
/// but durability.
public final class MemoryStore implements Store {
  private final MemoryApps apps = new MemoryApps();
  private final MemoryRegistrations registrations = new MemoryRegistrations();
  private final MemoryRecalls recalls = new MemoryRecalls();
  private final MemoryTasks tasks = new MemoryTasks();
  private final MemoryDeliveries deliveries = new MemoryDeliveries(tasks);

  public MemoryStore() {
    tasks.join(deliveries, recalls);
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
  public void check() {}

  @Override
  public void close() {}
}
