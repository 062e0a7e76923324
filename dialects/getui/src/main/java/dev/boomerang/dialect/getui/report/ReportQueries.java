// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.push.TaskResolver;
import dev.boomerang.engine.deliver.Connections;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.engine.report.Statistics;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.StatisticsStore;
import dev.boomerang.port.TaskStore;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Adds up numbers of tasks, groups and days. Every number is a sum over deliveries in their
/// present state.
public final class ReportQueries {
  /// Limits the tasks of a group that are in memory at once.
  private static final int PAGE_SIZE = 500;

  /// Is the step in milliseconds in which the vendor's numbers of connected users come.
  private static final long TEN_MINUTES = Duration.ofMinutes(10).toMillis();

  /// Limits the tasks of one group that are added up.
  private static final int MAX_TASKS = 20_000;

  /// Lists the final statuses of a delivery that did not reach its user, or was taken back.
  private static final Set<DeliveryStatus> ENDED =
      EnumSet.of(
          DeliveryStatus.EXPIRED,
          DeliveryStatus.FAILED,
          DeliveryStatus.RECALLED,
          DeliveryStatus.OVERRIDDEN,
          DeliveryStatus.STOPPED);

  private final Tasks tasks;
  private final Statistics statistics;
  private final Registrations registrations;
  private final Connections connections;
  private final TaskResolver taskResolver;
  private final ZoneId zone;
  private final Clock clock;

  public ReportQueries(
      Tasks tasks,
      Statistics statistics,
      Registrations registrations,
      Connections connections,
      TaskResolver taskResolver,
      ZoneId zone,
      Clock clock) {
    this.tasks = tasks;
    this.statistics = statistics;
    this.registrations = registrations;
    this.connections = connections;
    this.taskResolver = taskResolver;
    this.zone = zone;
    this.clock = clock;
  }

  /// Counts deliveries. `targets`: all of them. `sent`: sent to a device. `received`: on the
  /// device. `shown`: known to have been seen, also if it was opened or removed since.
  public record Numbers(long targets, long sent, long received, long shown, long clicked) {
    public static final Numbers NONE = new Numbers(0, 0, 0, 0, 0);

    /// Returns the sum of each number by itself; a user with two tasks counts twice.
    Numbers plus(Numbers more) {
      return new Numbers(
          targets + more.targets,
          sent + more.sent,
          received + more.received,
          shown + more.shown,
          clicked + more.clicked);
    }
  }

  /// Returns the numbers of a task; empty if the app has no such task, or its push is still to
  /// come.
  public Optional<Numbers> ofTask(AppId app, String name) {
    return taskResolver.task(app, name).map(this::of);
  }

  /// Returns the numbers of one task. What was shown is counted from present states, since no total
  /// is kept of it.
  private Numbers of(Task task) {
    Tasks.View view = tasks.view(task.app(), task.id()).orElseThrow();
    DeliveryCounts deliveryCounts = statistics.ofTask(task.app(), task.id());
    Map<DeliveryStatus, Integer> counts = view.counts();
    int shown =
        counts.getOrDefault(DeliveryStatus.SHOWN, 0)
            + counts.getOrDefault(DeliveryStatus.OPENED, 0)
            + counts.getOrDefault(DeliveryStatus.DISMISSED, 0);
    return new Numbers(
        view.total(),
        deliveryCounts.pushed(),
        deliveryCounts.arrived(),
        shown,
        deliveryCounts.opened());
  }

  /// Counts a task's deliveries that ended without reaching their user, by final status.
  public Map<DeliveryStatus, Integer> failures(AppId app, String name) {
    Map<DeliveryStatus, Integer> counts =
        taskResolver
            .task(app, name)
            .flatMap(task -> tasks.view(app, task.id()))
            .map(Tasks.View::counts)
            .orElse(Map.of());
    var failures = new EnumMap<DeliveryStatus, Integer>(DeliveryStatus.class);
    for (DeliveryStatus deliveryStatus : ENDED) {
      Optional.ofNullable(counts.get(deliveryStatus))
          .ifPresent(count -> failures.put(deliveryStatus, count));
    }
    return failures;
  }

  /// Returns the numbers of all tasks with this group name.
  public Numbers ofGroup(AppId app, String group) {
    Numbers sum = Numbers.NONE;
    var filter =
        new TaskStore.Filter(
            app,
            EnumSet.allOf(Source.Kind.class),
            Instant.EPOCH,
            // The end is exclusive: a task that was accepted just now belongs to the group too.
            clock.instant().plusSeconds(1),
            Optional.of(group));
    List<Task> page;
    int skip = 0;
    do {
      page = tasks.list(filter, skip, PAGE_SIZE);
      for (Task task : page) {
        sum = sum.plus(of(task));
      }
      skip += PAGE_SIZE;
      // Tasks beyond the limit are left out without a word: the caller waits for the answer.
    } while (page.size() == PAGE_SIZE && skip < MAX_TASKS);
    return sum;
  }

  /// Returns the numbers of everything that was accepted on this day. Only a notification that was
  /// opened or removed is known to have been shown.
  public Numbers ofDay(AppId app, LocalDate day) {
    DeliveryCounts deliveryCounts =
        statistics.sum(
            new StatisticsStore.Filter(
                app,
                startOf(day),
                startOf(day.plusDays(1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    return new Numbers(
        deliveryCounts.total(),
        deliveryCounts.pushed(),
        deliveryCounts.arrived(),
        deliveryCounts.opened() + deliveryCounts.ignored(),
        deliveryCounts.opened());
  }

  /// Counts users who registered on a day, and until its end; users who have left since are not
  /// counted.
  public record Registered(long onDay, long total) {}

  /// Returns how many users registered on a day, and from the first one to the end of that day.
  public Registered registered(AppId app, LocalDate day) {
    Instant end = startOf(day.plusDays(1));
    return new Registered(
        sum(registrations.countRegistered(app, startOf(day), end)),
        sum(registrations.countRegistered(app, Instant.EPOCH, end)));
  }

  private static long sum(Map<Platform, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  /// Returns when a day begins in the zone of the settings, which is not always at 0:00.
  private Instant startOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /// Reads a day that must not lie ahead; `form` names the pattern of `format` in errors.
  public LocalDate pastDate(String text, DateTimeFormatter format, String form) {
    try {
      LocalDate date = LocalDate.parse(text, format);
      if (date.isAfter(today())) {
        throw new InvalidFieldException("date", Kind.OUT_OF_RANGE, "must not lie ahead");
      }
      return date;
    } catch (DateTimeParseException _) {
      throw new InvalidFieldException("date", Kind.MALFORMED, "must be " + form);
    }
  }

  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /// Writes how many users are connected to this node now, under the ten minutes that have begun.
  /// Earlier numbers are not recorded.
  public void writeOnline(AppId app, ObjectNode json) {
    long now = clock.millis();
    json.put(Long.toString(now - now % TEN_MINUTES), connections.size(app));
  }
}
