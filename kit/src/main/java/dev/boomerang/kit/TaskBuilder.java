// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Callback;
import dev.boomerang.model.Content;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Slot;
import dev.boomerang.model.Source;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// A notification of the shop, accepted now, that lives for a day, until told otherwise.
public final class TaskBuilder {
  private final TaskId id;
  private AppId app = Given.SHOP;
  private Content content = Content.Notification.of("Hello", "It is ready");
  private Instant acceptedAt = Given.NOW;
  private Duration lifetime = Duration.ofDays(1);
  private Task.Reached reached = new Task.Reached(1, 0);
  private Map<String, String> vendorHints = Map.of();
  private final Map<Platform, Slot> slots = new EnumMap<>(Platform.class);
  private Source source = Source.of("kit");
  private Optional<Callback> callback = Optional.empty();

  TaskBuilder(TaskId id) {
    this.id = id;
  }

  public TaskBuilder of(AppId newApp) {
    app = newApp;
    return this;
  }

  public TaskBuilder saying(Content newContent) {
    content = newContent;
    return this;
  }

  public TaskBuilder acceptedAt(Instant time) {
    acceptedAt = time;
    return this;
  }

  public TaskBuilder living(Duration newLifetime) {
    lifetime = newLifetime;
    return this;
  }

  public TaskBuilder reaching(int deliveries, int unreached) {
    reached = new Task.Reached(deliveries, unreached);
    return this;
  }

  public TaskBuilder hinting(Map<String, String> hints) {
    vendorHints = hints;
    return this;
  }

  /// Taking this place on these platforms.
  public TaskBuilder in(Slot slot, Platform... platforms) {
    for (Platform platform : platforms) {
      slots.put(platform, slot);
    }
    return this;
  }

  public TaskBuilder from(Source newSource) {
    source = newSource;
    return this;
  }

  /// What becomes of it is told to somebody.
  public TaskBuilder telling(Callback whom) {
    callback = Optional.of(whom);
    return this;
  }

  public Task build() {
    return new Task(
        id,
        app,
        "task " + id,
        source,
        content,
        new Task.Lifespan(acceptedAt, acceptedAt.plus(lifetime)),
        reached,
        "fingerprint " + id,
        vendorHints,
        slots,
        callback);
  }
}
