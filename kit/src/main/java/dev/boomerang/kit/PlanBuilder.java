// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.Occurrence;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Push;
import dev.boomerang.model.Schedule;
import dev.boomerang.model.ScheduleDetail;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.port.ScheduleStore.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A schedule of the shop, to everyone, with its occurrences, all of them pending.
public final class PlanBuilder {
  private final ScheduleId id;
  private final List<Occurrence> occurrences = new ArrayList<>();
  private boolean cyclic = true;
  private ScheduleDetail detail = ScheduleDetail.NONE;
  private Push push =
      new Push(
          Given.SHOP,
          "",
          Audience.Everyone.all(Optional.empty()),
          Content.Notification.of("Hello", "It is time"),
          Push.Options.of("kit", Duration.ofDays(1)));

  PlanBuilder(ScheduleId id) {
    this.id = id;
  }

  public PlanBuilder of(AppId app) {
    push = new Push(app, push.name(), push.audience(), push.content(), push.options());
    return this;
  }

  public PlanBuilder pushing(Push newPush) {
    push = newPush;
    return this;
  }

  public PlanBuilder detailed(ScheduleDetail newDetail) {
    detail = newDetail;
    return this;
  }

  /// One firing, named as the schedule is.
  public PlanBuilder once(Instant at) {
    cyclic = false;
    occurrences.add(new Occurrence(id, id, at, new Fate.Pending()));
    return this;
  }

  public PlanBuilder due(Instant... times) {
    return due(List.of(times));
  }

  public PlanBuilder due(List<Instant> times) {
    times.forEach(
        at -> occurrences.add(new Occurrence(Given.aScheduleId(), id, at, new Fate.Pending())));
    return this;
  }

  public Schedule schedule() {
    Instant end =
        occurrences.stream().map(Occurrence::dueAt).max(Instant::compareTo).orElse(Given.NOW);
    return new Schedule(id, push.app(), push, cyclic, Given.NOW, end, detail);
  }

  public List<Occurrence> occurrences() {
    return List.copyOf(occurrences);
  }

  /// The id of the occurrence that was given as this one.
  public ScheduleId id(int number) {
    return occurrences.get(number).id();
  }

  public Planned planned(int number) {
    return new Planned(schedule(), occurrences.get(number));
  }

  public Planned planned(int number, Fate fate) {
    return new Planned(schedule(), occurrences.get(number).with(fate));
  }
}
