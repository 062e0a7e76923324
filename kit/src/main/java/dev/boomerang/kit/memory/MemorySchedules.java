// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
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
  private static final Comparator<ScheduledOccurrence> ORDER =
      Comparator.comparing(
              (ScheduledOccurrence scheduledOccurrence) -> scheduledOccurrence.occurrence().dueAt())
          .thenComparing(scheduledOccurrence -> scheduledOccurrence.occurrence().id().value());

  private final Map<ScheduleId, Schedule> schedules = new LinkedHashMap<>();
  private final Map<ScheduleId, ScheduledOccurrence> occurrences = new LinkedHashMap<>();

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
    planned.forEach(one -> occurrences.put(one.id(), new ScheduledOccurrence(schedule, one)));
  }

  /// Returns the schedules with pending occurrences.
  private Set<ScheduleId> pending(AppId app) {
    return all(app)
        .filter(MemorySchedules::isPending)
        .map(one -> one.schedule().id())
        .collect(Collectors.toSet());
  }

  private static boolean isPending(ScheduledOccurrence scheduledOccurrence) {
    return scheduledOccurrence.occurrence().status() instanceof OccurrenceStatus.Pending;
  }

  @Override
  public synchronized ReplaceResult replace(Schedule changed, List<Occurrence> planned, int most) {
    if (find(changed.app(), changed.id()).isEmpty()) {
      return ReplaceResult.GONE;
    }
    Set<ScheduleId> pending = pending(changed.app());
    if (!planned.isEmpty() && !pending.contains(changed.id()) && pending.size() >= most) {
      return ReplaceResult.TOO_MANY;
    }
    occurrences.values().removeIf(one -> isOf(changed.id(), one) && isPending(one));
    occurrences.replaceAll(
        (_, one) ->
            isOf(changed.id(), one) ? new ScheduledOccurrence(changed, one.occurrence()) : one);
    put(changed, planned);
    return ReplaceResult.DONE;
  }

  private static boolean isOf(ScheduleId id, ScheduledOccurrence scheduledOccurrence) {
    return scheduledOccurrence.schedule().id().equals(id);
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
  public synchronized List<Schedule> listActive(ActiveFilter filter, int skip, int limit) {
    return meant(filter)
        .sorted(
            Comparator.comparing(Schedule::createdAt)
                .thenComparing(schedule -> schedule.id().value()))
        .skip(skip)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int count(ActiveFilter filter) {
    return (int) meant(filter).count();
  }

  private Stream<Schedule> meant(ActiveFilter filter) {
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
  public synchronized List<ScheduledOccurrence> ofSchedule(AppId app, ScheduleId schedule) {
    return all(app).filter(scheduledOccurrence -> isOf(schedule, scheduledOccurrence)).toList();
  }

  @Override
  public synchronized Optional<ScheduledOccurrence> occurrence(AppId app, ScheduleId id) {
    return all(app)
        .filter(scheduledOccurrence -> scheduledOccurrence.occurrence().id().equals(id))
        .findFirst();
  }

  @Override
  public synchronized List<ScheduledOccurrence> list(Filter filter, int skip, int limit) {
    return meant(filter).skip(skip).limit(limit).toList();
  }

  @Override
  public synchronized int count(Filter filter) {
    return (int) meant(filter).count();
  }

  private Stream<ScheduledOccurrence> meant(Filter filter) {
    return all(filter.app())
        .filter(
            scheduledOccurrence ->
                !scheduledOccurrence.occurrence().dueAt().isBefore(filter.from()))
        .filter(
            scheduledOccurrence -> scheduledOccurrence.occurrence().dueAt().isBefore(filter.to()));
  }

  @Override
  public synchronized List<ScheduledOccurrence> due(Instant now, int limit) {
    return schedules.values().stream()
        .map(Schedule::app)
        .distinct()
        .flatMap(this::all)
        .filter(scheduledOccurrence -> isOpen(scheduledOccurrence.occurrence()))
        .filter(scheduledOccurrence -> !scheduledOccurrence.occurrence().dueAt().isAfter(now))
        .sorted(ORDER)
        .limit(limit)
        .toList();
  }

  private static boolean isOpen(Occurrence occurrence) {
    return switch (occurrence.status()) {
      case OccurrenceStatus.Pending _, OccurrenceStatus.Firing _ -> true;
      case OccurrenceStatus.Fired _, OccurrenceStatus.Cancelled _, OccurrenceStatus.Dropped _ ->
          false;
    };
  }

  @Override
  public synchronized boolean compareAndSetStatus(
      ScheduleId id, OccurrenceStatus from, OccurrenceStatus to) {
    ScheduledOccurrence stored = occurrences.get(id);
    if (stored == null || !stored.occurrence().status().equals(from)) {
      return false;
    }
    occurrences.put(
        id, new ScheduledOccurrence(stored.schedule(), stored.occurrence().withStatus(to)));
    return true;
  }

  @Override
  public synchronized int purge(Instant limit, int count) {
    List<ScheduleId> old =
        schedules.values().stream()
            .filter(schedule -> schedule.endsAt().isBefore(limit))
            .map(Schedule::id)
            .filter(id -> of(id).noneMatch(MemorySchedules::isOpen))
            .limit(count)
            .toList();
    old.forEach(schedules::remove);
    occurrences
        .values()
        .removeIf(scheduledOccurrence -> old.contains(scheduledOccurrence.schedule().id()));
    return old.size();
  }

  private Stream<Occurrence> of(ScheduleId schedule) {
    return occurrences.values().stream()
        .map(ScheduledOccurrence::occurrence)
        .filter(occurrence -> occurrence.schedule().equals(schedule));
  }

  private Stream<ScheduledOccurrence> all(AppId app) {
    return occurrences.values().stream()
        .filter(scheduledOccurrence -> scheduledOccurrence.schedule().app().equals(app))
        .sorted(ORDER);
  }
}
