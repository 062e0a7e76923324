// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.engine.Submission;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Push;
import dev.boomerang.model.Registration;
import dev.boomerang.model.Replacing;
import dev.boomerang.model.Source;
import dev.boomerang.model.Strategy;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Orders as the engine's pushes, and its answers as ours. What kind of task it is, and what a
/// revoking one takes back, is kept among the task's hints.
final class Pushes {
  static final String ORIGIN = "getui";
  static final String KIND = "getui.kind";
  static final String REVOKED = "getui.revoke";
  static final String FORCE = "getui.revoke.force";

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
        Push.Options.of(Source.of(ORIGIN, source(kind, audience)), lifetime(terms))
            .requestKey(order.requestKey())
            .vendorHints(hints(order, kind))
            .replacing(replacing(terms))
            .strategy(terms.strategy())
            .pace(isPaced ? Optional.of(new Pace.PerSecond(terms.perSecond())) : Optional.empty()));
  }

  /// A notification takes the place of the one before that has the same id, by whichever dialect
  /// that came: the id is the app's own.
  private static Map<Platform, Replacing> replacing(Order.Terms terms) {
    Map<Platform, Replacing> replacing = new EnumMap<>(Platform.class);
    Optional.ofNullable(terms.hints().get(Order.NOTIFY_ID))
        .ifPresent(
            id -> {
              for (Platform platform : Platform.values()) {
                replacing.put(platform, new Replacing.Named(id));
              }
            });
    Optional.ofNullable(terms.hints().get(Order.COLLAPSE_ID))
        .ifPresent(id -> replacing.put(Platform.IOS, new Replacing.Named(id)));
    return replacing;
  }

  private static Duration lifetime(Order.Terms terms) {
    return terms.lifetime().isZero() ? NOW : terms.lifetime();
  }

  private static Source.Kind source(TaskName.Kind kind, Audience audience) {
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

  private static Map<String, String> hints(Order order, TaskName.Kind kind) {
    var hints = new HashMap<>(order.terms().hints());
    hints.put(KIND, kind.wire());
    if (order.what() instanceof Order.Revoke(String oldTask, boolean force)) {
      hints.put(REVOKED, oldTask);
      hints.put(FORCE, Boolean.toString(force));
    }
    return hints;
  }

  /// What a task was ordered to take back.
  static Optional<Order.Revoke> revoke(Map<String, String> hints) {
    return Optional.ofNullable(hints.get(REVOKED))
        .map(old -> new Order.Revoke(old, Boolean.parseBoolean(hints.get(FORCE))));
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
    return Optional.ofNullable(task.vendorHints().get(KIND))
        .flatMap(TaskName.Kind::parse)
        .orElseGet(
            () ->
                switch (task.source().kind()) {
                  case SIMPLE, TEMPLATE -> TaskName.Kind.SINGLE;
                  case MULTIPLE -> TaskName.Kind.LIST;
                  case BROADCAST -> TaskName.Kind.APP;
                });
  }

  static TaskName name(Task task) {
    return TaskName.of(kind(task), task.id(), task.lifespan().acceptedAt());
  }

  static Audience.Named to(List<Registration> people) {
    return new Audience.Named(
        Audience.By.REGISTRATION,
        people.stream().map(person -> Target.of(person.id().value())).toList(),
        Optional.empty());
  }

  /// The task there is now. A request that was made before has the task it made then.
  static Task accepted(Submission submission) {
    return switch (submission) {
      case Submission.Accepted(Task task) -> task;
      case Submission.Repeated(Task first) -> first;
      case Submission.IdTaken(Task first) -> first;
      case Submission.Refused refused -> throw new GetuiFault(trouble(refused));
    };
  }

  static Trouble.Plain trouble(Submission.Refused refused) {
    return switch (refused) {
      case Submission.NobodyMatches _ -> Trouble.Plain.NOBODY;
      case Submission.NoTarget _ -> Trouble.Plain.NO_TARGET;
      case Submission.TooManyTargets _ -> Trouble.Plain.TOO_MANY_TARGETS;
      case Submission.PayloadTooLong _ -> Trouble.Plain.TOO_LARGE;
      case Submission.RejectedByReview _ -> Trouble.Plain.SENSITIVE;
      case Submission.LifetimeOutOfRange _ -> Trouble.Plain.BAD_LIFETIME;
      case Submission.NothingToReplace _ -> Trouble.Plain.UNKNOWN_OLD_TASK;
      case Submission.NotForPace _, Submission.IdTaken _ ->
          throw new IllegalStateException("ours cannot be refused for this: " + refused.reason());
    };
  }
}
