// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import dev.boomerang.engine.accept.SubmitResult.LifetimeOutOfRange;
import dev.boomerang.engine.accept.SubmitResult.NoTarget;
import dev.boomerang.engine.accept.SubmitResult.NotForSendRate;
import dev.boomerang.engine.accept.SubmitResult.PayloadTooLong;
import dev.boomerang.engine.accept.SubmitResult.Refused;
import dev.boomerang.engine.accept.SubmitResult.RejectedByReview;
import dev.boomerang.engine.accept.SubmitResult.TooManyTargets;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Target;
import dev.boomerang.port.ContentReviewer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks what a push may be: its lifetime, targets, send rate and length, and what a reviewer says
/// of it. It asks no store.
public record PushRules(Limits limits, ContentReviewer contentReviewer) {

  /// Returns why a push would be refused whenever it is handed in; empty if it would not.
  Optional<Refused> refusal(Push push) {
    Optional<Refused> targets =
        switch (push.audience()) {
          case Audience.Targeted(var _, var list, var _) -> targets(push.app(), list);
          case Audience.Everyone _, Audience.BySegment _ -> Optional.empty();
        };
    return lifetime(push)
        .or(() -> targets)
        .or(() -> pace(push))
        .or(() -> tooLong(push.content()))
        .or(() -> objection(push.app(), push.content()));
  }

  /// Returns what [#refusal] would, for a push whose targets are named later; its audience is not
  /// checked.
  Optional<Refused> refusalOfOpen(Push push) {
    return lifetime(push)
        .or(
            () ->
                push.options().sendRate().map(_ -> new NotForSendRate("an open task has no pace")))
        .or(() -> tooLong(push.content()))
        .or(() -> objection(push.app(), push.content()));
  }

  /// A paced push is stored once, with one message.
  private static Optional<Refused> pace(Push push) {
    return push.options().sendRate().isPresent()
            && push.audience() instanceof Audience.Targeted(var _, var targets, var _)
            && targets.stream()
                .anyMatch(each -> each.content().isPresent() || each.messageId().isPresent())
        ? Optional.of(
            new NotForSendRate("a paced push has no content and no message id for a single target"))
        : Optional.empty();
  }

  private Optional<Refused> lifetime(Push push) {
    var lifetime = push.options().lifetime();
    return lifetime.isPositive() && lifetime.compareTo(limits.maxLifetime()) <= 0
        ? Optional.empty()
        : Optional.of(new LifetimeOutOfRange(limits.maxLifetime()));
  }

  /// Returns why these targets would be refused; empty if they would not.
  Optional<Refused> targets(AppId app, List<Target> targets) {
    if (targets.isEmpty()) {
      return Optional.of(new NoTarget());
    }
    if (targets.size() > limits.maxTargets()) {
      return Optional.of(new TooManyTargets(limits.maxTargets()));
    }
    return targets.stream()
        .flatMap(target -> target.content().stream())
        .flatMap(own -> tooLong(own).or(() -> objection(app, own)).stream())
        .findFirst();
  }

  private Optional<Refused> objection(AppId app, Content content) {
    return contentReviewer.objection(app, texts(content)).map(RejectedByReview::new);
  }

  private static List<String> texts(Content content) {
    return switch (content) {
      case Content.Notification n -> List.of(n.title(), n.body());
      case Content.DataMessage d -> List.of(d.body());
      case Content.NotificationWithData(var notification, var data) ->
          List.of(notification.title(), notification.body(), data.body());
      case Content.PerPlatform(var otherwise, var own) ->
          Stream.concat(Stream.of(otherwise), own.values().stream())
              .flatMap(each -> texts(each).stream())
              .distinct()
              .toList();
    };
  }

  private Optional<Refused> tooLong(Content content) {
    int bytes = PayloadSize.of(content);
    return bytes > limits.maxPayloadBytes()
        ? Optional.of(new PayloadTooLong(bytes, limits.maxPayloadBytes()))
        : Optional.empty();
  }
}
