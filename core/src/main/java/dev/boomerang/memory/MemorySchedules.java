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
import java.util.stream.Stream;

final class MemorySchedules implements ScheduleStore {
  private static final Comparator<Planned> ORDER =
      Comparator.comparing((Planned planned) -> planned.occurrence().dueAt())
          .thenComparing(planned -> planned.occurrence().id().value());

  private final Map<ScheduleId, Schedule> schedules = new LinkedHashMap<>();
  private final Map<ScheduleId, Planned> occurrences = new LinkedHashMap<>();

  @Override
  public synchronized boolean add(Schedule schedule, List<Occurrence> planned, int most) {
    long pending =
        all(schedule.app())
            .filter(one -> one.occurrence().fate() instanceof Fate.Pending)
            .map(one -> one.schedule().id())
            .distinct()
            .count();
    if (pending >= most) {
      return false;
    }
    schedules.put(schedule.id(), schedule);
    planned.forEach(one -> occurrences.put(one.id(), new Planned(schedule, one)));
    return true;
  }

  @Override
  public synchronized Optional<Schedule> find(AppId app, ScheduleId id) {
    return Optional.ofNullable(schedules.get(id)).filter(found -> found.app().equals(app));
  }

  @Override
  public synchronized List<Planned> ofSchedule(AppId app, ScheduleId schedule) {
    return all(app).filter(planned -> planned.schedule().id().equals(schedule)).toList();
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
        schedules.keySet().stream()
            .filter(
                id ->
                    of(id)
                        .noneMatch(
                            occurrence ->
                                isOpen(occurrence) || !occurrence.dueAt().isBefore(limit)))
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
