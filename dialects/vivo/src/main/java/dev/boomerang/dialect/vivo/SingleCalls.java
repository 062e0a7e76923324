// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.Users.Invalid;
import dev.boomerang.dialect.vivo.Users.User;
import dev.boomerang.dialect.vivo.VivoDialect.Ask;
import dev.boomerang.dialect.vivo.error.VivoError;
import dev.boomerang.dialect.vivo.error.VivoFault;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/message/send`: one message for one user.
final class SingleCalls {
  private static final int MAX_REG_ID = 512;
  private static final int MAX_ALIAS = 70;

  private final Submissions submissions;
  private final Users users;
  private final Orders orders;
  private final Repeats repeats;
  private final Quotas quotas;
  private final DeviceCap cap;

  SingleCalls(
      Engine engine, Users users, Orders orders, Repeats repeats, Quotas quotas, DeviceCap cap) {
    this.submissions = engine.submissions();
    this.users = users;
    this.orders = orders;
    this.repeats = repeats;
    this.quotas = quotas;
    this.cap = cap;
  }

  /// Whom it is for. If both are given, the id counts.
  private record Name(TargetKind targetKind, String text) {
    static Name read(Fields body) {
      return body.text("regId", MAX_REG_ID)
          .filter(id -> !id.isBlank())
          .map(id -> new Name(TargetKind.REGISTRATION, id))
          .or(
              () ->
                  body.text("alias", MAX_ALIAS)
                      .filter(alias -> !alias.isBlank())
                      .map(alias -> new Name(TargetKind.ALIAS, alias)))
          .orElseThrow(() -> new VivoFault(VivoError.NO_TARGET));
    }

    Order told(Order order) {
      return targetKind == TargetKind.ALIAS ? order.toldAs(text) : order;
    }
  }

  ObjectNode send(Ask ask) {
    Name name = Name.read(ask.fields());
    Order order = name.told(orders.read(ask, Order.Kind.SINGLE));
    AppId app = ask.app().id();
    return repeats.task(
        Repeats.of(ask, Order.Kind.SINGLE.path(), order.requestId()),
        key -> send(app, name, order, key));
  }

  private ObjectNode send(AppId app, Name name, Order order, RequestKey key) {
    User user = users.look(app, name.targetKind(), List.of(name.text()), order.test()).getFirst();
    user.invalid()
        .ifPresent(
            why -> {
              throw dead(user.name(), why);
            });
    List<Registration> fitting = fitting(order, user);
    quotas.takePushes(app, order.system(), 1);
    List<Registration> free = cap.take(fitting, order.system(), order.test());
    boolean everyDevice = free.size() == user.registrations().size();
    Push push = order.push(app, everyDevice ? named(name) : devices(free), key);
    if (free.isEmpty()) {
      return Submitted.reply(submissions.withhold(push, Map.of(DeviceCap.CONTROLLED, 1)));
    }
    SubmitResult outcome = submissions.submit(push);
    return Submitted.reply(
        outcome instanceof SubmitResult.RejectedByReview
            ? submissions.withhold(Verdicts.rejected(push))
            : outcome);
  }

  private static VivoFault dead(String name, Invalid why) {
    ObjectNode json = VivoError.REG_ID.json();
    json.putObject("invalidUser").put("status", why.status()).put("userid", name);
    return new VivoFault(json);
  }

  /// The user's devices; of these only those for tests, or of the profile's owner, if asked for.
  private List<Registration> fitting(Order order, User user) {
    List<Registration> fitting =
        user.registrations().stream()
            .filter(each -> !order.test() || users.isForTests(each))
            .filter(each -> order.profile().isEmpty() || isOf(each, order.profile()))
            .toList();
    if (fitting.isEmpty()) {
      throw dead(user.name(), Invalid.UNKNOWN);
    }
    return fitting;
  }

  private static Audience named(Name name) {
    return new Audience.Targeted(
        name.targetKind(), List.of(Target.of(name.text())), Optional.empty());
  }

  private static Audience devices(List<Registration> some) {
    List<Target> targets = some.stream().map(each -> Target.of(each.id().value())).toList();
    return new Audience.Targeted(TargetKind.REGISTRATION, targets, Optional.empty());
  }

  private static boolean isOf(Registration each, Optional<String> profile) {
    return each.profile().userId().equals(profile);
  }
}
