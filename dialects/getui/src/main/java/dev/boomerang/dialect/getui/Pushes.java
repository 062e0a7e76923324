// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Trouble;
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

/// Orders as the engine's pushes, and its answers as ours. What kind of task it is, and what a
/// revoking one takes back, is kept with the task's source.
final class Pushes {
  static final String ORIGIN = "getui";

  /// A push for those who are connected now lives no longer than it takes to hand it over.
  private static final Duration NOW = Duration.ofSeconds(1);

  private Pushes() {}

  static Push of(Order order, TaskName.Kind kind, Audience audience) {
    Order.Terms terms = order.terms();
    if (terms.strategy() == Strategy.VENDOR_ONLY) {
      // There is no vendor's channel yet.
      throw new GetuiFault(Trouble.Plain.NO_VENDOR);
    }
    boolean isPaced = kind == TaskName.Kind.APP && terms.perSecond() > 0;
    return new Push(
        order.app(),
        order.group(),
        audience,
        content(order.what()),
        Push.Options.of(source(order, kind, audience), lifetime(terms))
            .requestKey(order.requestKey())
            .vendorHints(terms.hints())
            .replacing(replacing(terms))
            .strategy(terms.strategy())
            .pace(
                isPaced
                    ? Optional.of(new SendRate.PerSecond(terms.perSecond()))
                    : Optional.empty()));
  }

  /// A notification takes the place of the one before that has the same id, by whichever dialect
  /// that came: the id is the app's own.
  private static Map<Platform, OverrideTarget> replacing(Order.Terms terms) {
    Map<Platform, OverrideTarget> overrideTarget = new EnumMap<>(Platform.class);
    terms
        .places()
        .notifyId()
        .ifPresent(
            id -> {
              for (Platform platform : Platform.values()) {
                overrideTarget.put(platform, new OverrideTarget.Key(id));
              }
            });
    terms
        .places()
        .collapseId()
        .ifPresent(id -> overrideTarget.put(Platform.IOS, new OverrideTarget.Key(id)));
    return overrideTarget;
  }

  private static Duration lifetime(Order.Terms terms) {
    return terms.lifetime().isZero() ? NOW : terms.lifetime();
  }

  private static Source source(Order order, TaskName.Kind kind, Audience audience) {
    Optional<Order.Revoke> revoke =
        switch (order.what()) {
          case Order.Revoke it -> Optional.of(it);
          case Order.Say _ -> Optional.empty();
        };
    return Source.of(ORIGIN, kind(kind, audience)).with(new TaskDetail(kind, revoke).encode());
  }

  private static Source.Kind kind(TaskName.Kind kind, Audience audience) {
    return switch (kind) {
      case SINGLE -> Source.Kind.SIMPLE;
      case LIST -> Source.Kind.MULTIPLE;
      case APP ->
          audience instanceof Audience.Everyone ? Source.Kind.BROADCAST : Source.Kind.MULTIPLE;
    };
  }

  /// A revoking task says nothing to anybody.
  private static Content content(Order.What what) {
    return switch (what) {
      case Order.Say(Content content) -> content;
      case Order.Revoke _ -> new Content.DataMessage("", Map.of());
    };
  }

  /// What a task was ordered to take back.
  static Optional<Order.Revoke> revoke(Source source) {
    return TaskDetail.of(source).flatMap(TaskDetail::revoke);
  }

  /// The same, as an open task. It has no pace: what goes out slowly is what has an audience.
  static Push toNobody(Push push) {
    return new Push(
        push.app(),
        push.name(),
        to(List.of()),
        push.content(),
        push.options().pace(Optional.empty()));
  }

  /// Also of tasks that came in by another door.
  static TaskName.Kind kind(Task task) {
    return TaskDetail.of(task.source())
        .map(TaskDetail::kind)
        .orElseGet(
            () ->
                switch (task.source().kind()) {
                  case SIMPLE, TEMPLATE -> TaskName.Kind.SINGLE;
                  case MULTIPLE -> TaskName.Kind.LIST;
                  case BROADCAST -> TaskName.Kind.APP;
                });
  }

  static TaskName name(Task task) {
    return TaskName.of(kind(task), task.id(), task.validity().acceptedAt());
  }

  static Audience.Targeted to(List<Registration> people) {
    return new Audience.Targeted(
        Audience.TargetKind.REGISTRATION,
        people.stream().map(person -> Target.of(person.id().value())).toList(),
        Optional.empty());
  }

  /// The task there is now. A request that was made before has the task it made then.
  static Task accepted(SubmitResult submitResult) {
    return switch (submitResult) {
      case SubmitResult.Accepted(Task task) -> task;
      case SubmitResult.Repeated(Task first) -> first;
      case SubmitResult.IdTaken(Task first) -> first;
      case SubmitResult.Refused refused -> throw new GetuiFault(trouble(refused));
    };
  }

  static Trouble.Plain trouble(SubmitResult.Refused refused) {
    return switch (refused) {
      case SubmitResult.NobodyMatches _ -> Trouble.Plain.NOBODY;
      case SubmitResult.NoTarget _ -> Trouble.Plain.NO_TARGET;
      case SubmitResult.TooManyTargets _ -> Trouble.Plain.TOO_MANY_TARGETS;
      case SubmitResult.PayloadTooLong _ -> Trouble.Plain.TOO_LARGE;
      case SubmitResult.RejectedByReview _ -> Trouble.Plain.SENSITIVE;
      case SubmitResult.LifetimeOutOfRange _ -> Trouble.Plain.BAD_LIFETIME;
      case SubmitResult.NothingToReplace _ -> Trouble.Plain.UNKNOWN_OLD_TASK;
      case SubmitResult.NotForSendRate _, SubmitResult.IdTaken _ ->
          throw new IllegalStateException("ours cannot be refused for this: " + refused.reason());
    };
  }
}
