// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.QuotaCounter;
import dev.boomerang.dialect.getui.push.OpenTasks.Opened;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.schedule.Schedules.Draft;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Pushes to everybody, or to the users that conditions pick, at once or later.
public final class AppPushes {
  /// Source: Getui "RestAPI V2", settings.schedule_time.
  public static final Duration MAX_SCHEDULE_AHEAD = Duration.ofDays(7);

  /// Says how long a prepared push waits for its second call.
  private static final Duration PREPARED_LIFETIME = Duration.ofDays(7);

  /// Names the request keys under which prepared pushes are launched; the rest of a key is the id
  /// of the schedule, so that a push is launched once.
  private static final String SCOPE = "getui-launch";

  private final Engine engine;
  private final OpenTasks openTasks;
  private final TaskRevoker revoker;
  private final TaskResolver taskResolver;
  private final QuotaCounter quotas;
  private final Clock clock;

  public AppPushes(
      Engine engine,
      OpenTasks openTasks,
      TaskRevoker revoker,
      TaskResolver taskResolver,
      QuotaCounter quotas,
      Clock clock) {
    this.engine = engine;
    this.openTasks = openTasks;
    this.revoker = revoker;
    this.taskResolver = taskResolver;
    this.quotas = quotas;
    this.clock = clock;
  }

  /// Pushes to a segment, or to everybody without one, at the time `at`, or now if it is empty. A
  /// revoking push happens at once, whatever `at` says.
  public GetuiTaskId send(PushRequest request, Optional<Segment> segment, Optional<Instant> at) {
    at.ifPresent(this::checkScheduleTime);
    Push push = PushMapper.of(request, GetuiTaskId.Kind.APP, audience(request, segment));
    return switch (request.instruction()) {
      case PushRequest.Revoke revoke -> revoke(request, push, revoke, segment);
      case PushRequest.Send _ when at.isPresent() -> {
        takeQuotas(request.app(), segment.isEmpty());
        yield name(scheduleOnce(push, at.get()));
      }
      case PushRequest.Send _ -> {
        takeQuotas(request.app(), segment.isEmpty());
        yield PushMapper.name(PushMapper.accepted(engine.submissions().submit(push)));
      }
    };
  }

  /// Counts an app push; throws [ErrorKind.QuotaExceeded] at the first quota that is used up. What
  /// was taken from the quotas before it stays taken.
  private void takeQuotas(AppId app, boolean toAll) {
    quotas.take(app, Quota.APP_MINUTE);
    if (toAll) {
      quotas.take(app, Quota.APP_DAY);
    }
    quotas.take(app, Quota.TAG_DAY);
    quotas.take(app, Quota.TOTAL_DAY);
  }

  /// Takes the old task back at once. The old task is looked up before the new one is stored, so
  /// that an unknown one leaves nothing behind.
  private GetuiTaskId revoke(
      PushRequest request, Push push, PushRequest.Revoke instruction, Optional<Segment> segment) {
    TaskRevoker.RevokeTarget target = revoker.target(request.app(), instruction);
    Opened opened = openTasks.open(PushMapper.withoutAudience(push));
    revoker.revoke(target, segment, opened.repeated());
    return PushMapper.name(opened.task());
  }

  /// Returns the audience; a push with a send rate needs one that is fixed.
  private static Audience audience(PushRequest request, Optional<Segment> segment) {
    if (segment.isPresent() || request.options().perSecond() > 0) {
      // A segment without conditions picks everyone who is here now.
      return new Audience.BySegment(segment.orElseGet(() -> new Segment.All(List.of())));
    }
    return Audience.Everyone.all(Optional.empty());
  }

  /// Refuses a time that is past, that is now, or that is more than [#MAX_SCHEDULE_AHEAD] away.
  private void checkScheduleTime(Instant at) {
    Instant now = clock.instant();
    if (!at.isAfter(now)) {
      throw new GetuiException(ErrorKind.Simple.SCHEDULE_PAST);
    }
    if (at.isAfter(now.plus(MAX_SCHEDULE_AHEAD))) {
      throw new GetuiException(ErrorKind.Simple.SCHEDULE_TOO_FAR);
    }
  }

  /// Schedules a push; the same request again finds the schedule that it made.
  private Schedule scheduleOnce(Push push, Instant at) {
    var draft = new Draft(push, new Trigger.Once(at), DialectDetail.NONE, true);
    return requireAccepted(
        push.options()
            .requestKey()
            .map(key -> engine.schedules().schedule(key, draft))
            .orElseGet(() -> engine.schedules().schedule(draft)));
  }

  private static GetuiTaskId name(Schedule schedule) {
    return GetuiTaskId.of(GetuiTaskId.Kind.APP, schedule.id(), schedule.createdAt());
  }

  /// Returns the schedule, or throws why there is none.
  private static Schedule requireAccepted(ScheduleResult scheduleResult) {
    return switch (scheduleResult) {
      case ScheduleResult.Accepted(var schedule, var _) -> schedule;
      case ScheduleResult.Refused(var why) -> throw new GetuiException(PushMapper.errorKind(why));
      case ScheduleResult.Past _ -> throw new GetuiException(ErrorKind.Simple.SCHEDULE_PAST);
      case ScheduleResult.TooFar _ -> throw new GetuiException(ErrorKind.Simple.SCHEDULE_TOO_FAR);
      case ScheduleResult.TooMany _ ->
          throw new GetuiException(ErrorKind.Simple.TOO_MANY_SCHEDULES);
    };
  }

  /// Stores a push, for seven days at least, until [#launch] is called with the name that this
  /// returns. A push with a time goes out at that time, if it has been launched before.
  public GetuiTaskId prepare(PushRequest request, Optional<Segment> segment, Optional<Instant> at) {
    at.ifPresent(this::checkScheduleTime);
    if (request.instruction() instanceof PushRequest.Revoke revoke) {
      // Only a check: the old task is looked up again at launch.
      revoker.target(request.app(), revoke);
    }
    Push push = PushMapper.of(request, GetuiTaskId.Kind.APP, audience(request, segment));
    var draft =
        new Draft(
            push,
            new Trigger.Once(at.orElseGet(() -> clock.instant().plus(PREPARED_LIFETIME))),
            new ScheduleDetail.Prepared(at.isPresent()).encode(),
            false);
    return name(requireAccepted(engine.schedules().schedule(draft)));
  }

  /// Sends a prepared push. A repeated call changes nothing.
  public GetuiTaskId launch(AppId app, String prepared) {
    Schedule schedule =
        taskResolver
            .schedule(app, prepared)
            .orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_TASK));
    switch (ScheduleDetail.of(schedule)) {
      case ScheduleDetail.Prepared(boolean scheduled) when scheduled -> launchLater(schedule);
      case ScheduleDetail.Prepared _ -> launchNow(schedule);
      case ScheduleDetail.Cancelled _ -> throw new GetuiException(ErrorKind.Simple.TASK_OVER);
      case ScheduleDetail.Launched _, ScheduleDetail.Timed _ -> {}
    }
    return name(schedule);
  }

  /// Sends a prepared push that has no time. The push is stored first and its task is noted in the
  /// schedule after that; if the server stops in between, the repeated call finds the same task by
  /// its request key.
  private void launchNow(Schedule schedule) {
    takeQuotas(schedule.app(), segment(schedule.push().audience()).isEmpty());
    Push push = schedule.push();
    var key = new RequestKey(SCOPE, schedule.id().value());
    Task task = submit(schedule, push.with(push.options().requestKey(Optional.of(key))));
    requireAccepted(
        engine
            .schedules()
            .replace(
                schedule.id(),
                new Draft(
                    push,
                    new Trigger.Once(clock.instant().plus(PREPARED_LIFETIME)),
                    new ScheduleDetail.Launched(task.id()).encode(),
                    false))
            .orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_TASK)));
  }

  /// Submits a prepared push, or does what a prepared revoking push is for, and returns its task.
  private Task submit(Schedule schedule, Push push) {
    Optional<PushRequest.Revoke> revoke = PushMapper.revoke(push.options().source());
    if (revoke.isEmpty()) {
      return PushMapper.accepted(engine.submissions().submit(push));
    }
    TaskRevoker.RevokeTarget target = revoker.target(schedule.app(), revoke.get());
    Opened opened = openTasks.open(PushMapper.withoutAudience(push));
    revoker.revoke(target, segment(push.audience()), opened.repeated());
    return opened.task();
  }

  /// Returns the segment that [#audience] was made of; empty if it was made of none.
  private static Optional<Segment> segment(Audience audience) {
    return switch (audience) {
      case Audience.BySegment(Segment segment) -> Optional.of(segment);
      case Audience.Everyone _, Audience.Targeted _ -> Optional.empty();
    };
  }

  /// Lets a prepared push go out at its time, by making its schedule active. Its quotas are counted
  /// now and not when it is prepared.
  private void launchLater(Schedule schedule) {
    if (!schedule.endsAt().isAfter(clock.instant())) {
      throw new GetuiException(ErrorKind.Simple.SCHEDULE_PAST);
    }
    takeQuotas(schedule.app(), segment(schedule.push().audience()).isEmpty());
    requireAccepted(
        engine
            .schedules()
            .replace(
                schedule.id(),
                new Draft(
                    schedule.push(), new Trigger.Once(schedule.endsAt()), DialectDetail.NONE, true))
            .orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_TASK)));
  }
}
