// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Maps push requests to the engine's pushes, and the engine's results to ours. A task's source
/// keeps which kind of task it is, and what a revoking task takes back.
public final class PushMapper {
  public static final String ORIGIN = "getui";

  /// Is the lifetime of a push for users who are connected now: as long as delivering it takes.
  private static final Duration ONLINE_ONLY_LIFETIME = Duration.ofSeconds(1);

  private PushMapper() {}

  /// Returns the engine's push for a request. Throws [ErrorKind.Simple#NO_VENDOR] for one that may
  /// go by a vendor's channel only.
  static Push of(PushRequest request, GetuiTaskId.Kind kind, Audience audience) {
    PushRequest.Options options = request.options();
    if (options.strategy() == Strategy.VENDOR_ONLY) {
      // There is no vendor's channel yet.
      throw new GetuiException(ErrorKind.Simple.NO_VENDOR);
    }
    // Single and list pushes may have a speed as well, which does nothing.
    boolean isPaced = kind == GetuiTaskId.Kind.APP && options.perSecond() > 0;
    return new Push(
        request.app(),
        request.group(),
        audience,
        content(request.instruction()),
        Push.Options.of(source(request, kind, audience), lifetime(options))
            .requestKey(request.requestKey())
            .vendorHints(options.hints())
            .replacing(replacing(options))
            .strategy(options.strategy())
            .pace(
                isPaced
                    ? Optional.of(new SendRate.PerSecond(options.perSecond()))
                    : Optional.empty()));
  }

  /// Returns what the push replaces. A notification replaces the earlier one with the same id,
  /// whichever dialect that came by: the id is the app's own.
  private static Map<Platform, OverrideTarget> replacing(PushRequest.Options options) {
    Map<Platform, OverrideTarget> targetByPlatform = new EnumMap<>(Platform.class);
    options
        .collapseIds()
        .notifyId()
        .ifPresent(
            id -> {
              for (Platform platform : Platform.values()) {
                targetByPlatform.put(platform, new OverrideTarget.Key(id));
              }
            });
    options
        .collapseIds()
        .collapseId()
        .ifPresent(id -> targetByPlatform.put(Platform.IOS, new OverrideTarget.Key(id)));
    return targetByPlatform;
  }

  /// Returns the lifetime. The engine has none of zero, by which Getui's callers mean users who are
  /// connected now.
  private static Duration lifetime(PushRequest.Options options) {
    return options.lifetime().isZero() ? ONLINE_ONLY_LIFETIME : options.lifetime();
  }

  /// Returns the task's source, whose detail tells later calls what kind of task it is.
  private static Source source(PushRequest request, GetuiTaskId.Kind kind, Audience audience) {
    Optional<PushRequest.Revoke> revoke =
        switch (request.instruction()) {
          case PushRequest.Revoke it -> Optional.of(it);
          case PushRequest.Send _ -> Optional.empty();
        };
    return Source.of(ORIGIN, kind(kind, audience)).with(new TaskDetail(kind, revoke).encode());
  }

  /// Returns the engine's kind, by which reports of all dialects sort tasks. An app push to a
  /// segment is not a broadcast there.
  private static Source.Kind kind(GetuiTaskId.Kind kind, Audience audience) {
    return switch (kind) {
      case SINGLE -> Source.Kind.SIMPLE;
      case LIST -> Source.Kind.MULTIPLE;
      case APP ->
          audience instanceof Audience.Everyone ? Source.Kind.BROADCAST : Source.Kind.MULTIPLE;
    };
  }

  /// Returns the content; a revoking task has none for anybody.
  private static Content content(PushRequest.Instruction instruction) {
    return switch (instruction) {
      case PushRequest.Send(Content content) -> content;
      case PushRequest.Revoke _ -> new Content.DataMessage("", Map.of());
    };
  }

  /// Returns what a task takes back; empty if it is not a revoking one.
  static Optional<PushRequest.Revoke> revoke(Source source) {
    return TaskDetail.of(source).flatMap(TaskDetail::revoke);
  }

  /// Returns the same push as an open task. It has no send rate: only a push with an audience can
  /// be slow.
  static Push withoutAudience(Push push) {
    return new Push(
        push.app(),
        push.name(),
        targets(List.of()),
        push.content(),
        push.options().pace(Optional.empty()));
  }

  /// Returns the kind of a task, also if another dialect made it.
  static GetuiTaskId.Kind kind(Task task) {
    return TaskDetail.of(task.source())
        .map(TaskDetail::kind)
        .orElseGet(
            () ->
                switch (task.source().kind()) {
                  case SIMPLE, TEMPLATE -> GetuiTaskId.Kind.SINGLE;
                  case MULTIPLE -> GetuiTaskId.Kind.LIST;
                  case BROADCAST -> GetuiTaskId.Kind.APP;
                });
  }

  /// Returns the name by which callers know a task; its day is the one on which the task was
  /// accepted.
  static GetuiTaskId name(Task task) {
    return GetuiTaskId.of(kind(task), task.id(), task.validity().acceptedAt());
  }

  /// Returns these users as an audience; the empty list is that of an open task.
  static Audience.Targeted targets(List<Registration> registrations) {
    return new Audience.Targeted(
        Audience.TargetKind.REGISTRATION,
        registrations.stream().map(registration -> Target.of(registration.id().value())).toList(),
        Optional.empty());
  }

  /// Returns the task that a submission made. A repeated request has the task that it made the
  /// first time.
  static Task accepted(SubmitResult submitResult) {
    return switch (submitResult) {
      case SubmitResult.Accepted(Task task) -> task;
      case SubmitResult.Repeated(Task first) -> first;
      case SubmitResult.IdTaken(Task first) -> first;
      case SubmitResult.Refused refused -> throw new GetuiException(errorKind(refused));
    };
  }

  /// Returns the error that callers are told. Two of the engine's reasons never come here.
  static ErrorKind.Simple errorKind(SubmitResult.Refused refused) {
    return switch (refused) {
      case SubmitResult.NobodyMatches _ -> ErrorKind.Simple.NOBODY;
      case SubmitResult.NoTarget _ -> ErrorKind.Simple.NO_TARGET;
      case SubmitResult.TooManyTargets _ -> ErrorKind.Simple.TOO_MANY_TARGETS;
      case SubmitResult.PayloadTooLong _ -> ErrorKind.Simple.TOO_LARGE;
      case SubmitResult.RejectedByReview _ -> ErrorKind.Simple.SENSITIVE;
      case SubmitResult.LifetimeOutOfRange _ -> ErrorKind.Simple.BAD_LIFETIME;
      case SubmitResult.NothingToReplace _ -> ErrorKind.Simple.UNKNOWN_OLD_TASK;
      case SubmitResult.NotForSendRate _, SubmitResult.IdTaken _ ->
          throw new IllegalStateException("ours cannot be refused for this: " + refused.reason());
    };
  }
}
