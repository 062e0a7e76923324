// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.memory;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Occurrence;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Schedule;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.port.ScheduleStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class MemorySchedules implements ScheduleStore {
  private static final Comparator<Planned> ORDER =
      Comparator.comparing((Planned planned) -> planned.occurrence().dueAt())
          .thenComparing(planned -> planned.occurrence().id().value());

  private final Map<ScheduleId, Schedule> schedules = new LinkedHashMap<>();
  private final Map<ScheduleId, Planned> occurrences = new LinkedHashMap<>();

  @Override
  public synchronized boolean add(Schedule schedule, List<Occurrence> planned, int most) {
    if (pending(schedule.app()).size() >= most) {
      return false;
    }
    put(schedule, planned);
    return true;
  }

  private void put(Schedule schedule, List<Occurrence> planned) {
    schedules.put(schedule.id(), schedule);
    planned.forEach(one -> occurrences.put(one.id(), new Planned(schedule, one)));
  }

  /// The schedules with pending occurrences.
  private Set<ScheduleId> pending(AppId app) {
    return all(app)
        .filter(MemorySchedules::isPending)
        .map(one -> one.schedule().id())
        .collect(Collectors.toSet());
  }

  private static boolean isPending(Planned planned) {
    return planned.occurrence().fate() instanceof Fate.Pending;
  }

  @Override
  public synchronized Replaced replace(Schedule changed, List<Occurrence> planned, int most) {
    if (find(changed.app(), changed.id()).isEmpty()) {
      return Replaced.GONE;
    }
    Set<ScheduleId> pending = pending(changed.app());
    if (!planned.isEmpty() && !pending.contains(changed.id()) && pending.size() >= most) {
      return Replaced.TOO_MANY;
    }
    occurrences.values().removeIf(one -> isOf(changed.id(), one) && isPending(one));
    occurrences.replaceAll(
        (_, one) -> isOf(changed.id(), one) ? new Planned(changed, one.occurrence()) : one);
    put(changed, planned);
    return Replaced.DONE;
  }

  private static boolean isOf(ScheduleId id, Planned planned) {
    return planned.schedule().id().equals(id);
  }

  @Override
  public synchronized boolean remove(AppId app, ScheduleId id) {
    if (find(app, id).isEmpty()) {
      return false;
    }
    schedules.remove(id);
    occurrences.values().removeIf(one -> isOf(id, one));
    return true;
  }

  @Override
  public synchronized List<Schedule> live(Live filter, int skip, int limit) {
    return meant(filter)
        .sorted(
            Comparator.comparing(Schedule::createdAt)
                .thenComparing(schedule -> schedule.id().value()))
        .skip(skip)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int count(Live filter) {
    return (int) meant(filter).count();
  }

  private Stream<Schedule> meant(Live filter) {
    return schedules.values().stream()
        .filter(one -> one.app().equals(filter.app()))
        .filter(one -> one.push().options().source().origin().equals(filter.origin()))
        .filter(one -> one.endsAt().isAfter(filter.now()));
  }

  @Override
  public synchronized Optional<Schedule> find(AppId app, ScheduleId id) {
    return Optional.ofNullable(schedules.get(id)).filter(found -> found.app().equals(app));
  }

  @Override
  public synchronized List<Planned> ofSchedule(AppId app, ScheduleId schedule) {
    return all(app).filter(planned -> isOf(schedule, planned)).toList();
  }

  @Override
  public synchronized Optional<Planned> occurrence(AppId app, ScheduleId id) {
    return all(app).filter(planned -> planned.occurrence().id().equals(id)).findFirst();
  }

  @Override
  public synchronized List<Planned> list(Filter filter, int skip, int limit) {
    return meant(filter).skip(skip).limit(limit).toList();
  }

  @Override
  public synchronized int count(Filter filter) {
    return (int) meant(filter).count();
  }

  private Stream<Planned> meant(Filter filter) {
    return all(filter.app())
        .filter(planned -> !planned.occurrence().dueAt().isBefore(filter.from()))
        .filter(planned -> planned.occurrence().dueAt().isBefore(filter.to()));
  }

  @Override
  public synchronized List<Planned> due(Instant now, int limit) {
    return schedules.values().stream()
        .map(Schedule::app)
        .distinct()
        .flatMap(this::all)
        .filter(planned -> isOpen(planned.occurrence()))
        .filter(planned -> !planned.occurrence().dueAt().isAfter(now))
        .sorted(ORDER)
        .limit(limit)
        .toList();
  }

  private static boolean isOpen(Occurrence occurrence) {
    return switch (occurrence.fate()) {
      case Fate.Pending _, Fate.Firing _ -> true;
      case Fate.Fired _, Fate.Cancelled _, Fate.Dropped _ -> false;
    };
  }

  @Override
  public synchronized boolean move(ScheduleId id, Fate from, Fate to) {
    Planned stored = occurrences.get(id);
    if (stored == null || !stored.occurrence().fate().equals(from)) {
      return false;
    }
    occurrences.put(id, new Planned(stored.schedule(), stored.occurrence().with(to)));
    return true;
  }

  @Override
  public synchronized int clear(Instant limit, int count) {
    List<ScheduleId> old =
        schedules.values().stream()
            .filter(schedule -> schedule.endsAt().isBefore(limit))
            .map(Schedule::id)
            .filter(id -> of(id).noneMatch(MemorySchedules::isOpen))
            .limit(count)
            .toList();
    old.forEach(schedules::remove);
    occurrences.values().removeIf(planned -> old.contains(planned.schedule().id()));
    return old.size();
  }

  private Stream<Occurrence> of(ScheduleId schedule) {
    return occurrences.values().stream()
        .map(Planned::occurrence)
        .filter(occurrence -> occurrence.schedule().equals(schedule));
  }

  private Stream<Planned> all(AppId app) {
    return occurrences.values().stream()
        .filter(planned -> planned.schedule().app().equals(app))
        .sorted(ORDER);
  }
}
