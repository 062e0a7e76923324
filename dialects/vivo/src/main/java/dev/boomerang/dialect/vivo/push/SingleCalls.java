// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.dialect.vivo.request.PushRequest;
import dev.boomerang.dialect.vivo.request.PushRequestReader;
import dev.boomerang.dialect.vivo.user.UserLookup;
import dev.boomerang.dialect.vivo.user.UserLookup.InvalidReason;
import dev.boomerang.dialect.vivo.user.UserLookup.User;
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
public final class SingleCalls {
  private static final int MAX_REG_ID = 512;
  private static final int MAX_ALIAS = 70;

  private final Submissions submissions;
  private final UserLookup users;
  private final PushRequestReader orders;
  private final IdempotencyWindow repeats;
  private final AppQuotas quotas;
  private final DailyDeviceLimit cap;

  public SingleCalls(
      Engine engine,
      UserLookup users,
      PushRequestReader orders,
      IdempotencyWindow repeats,
      AppQuotas quotas,
      DailyDeviceLimit cap) {
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
          .orElseThrow(() -> new VivoException(VivoError.NO_TARGET));
    }

    PushRequest told(PushRequest order) {
      return targetKind == TargetKind.ALIAS ? order.withReceiptAlias(text) : order;
    }
  }

  public ObjectNode send(AuthenticatedCall ask) {
    Name name = Name.read(ask.fields());
    PushRequest order = name.told(orders.read(ask, PushRequest.Kind.SINGLE));
    AppId app = ask.app().id();
    return repeats.submitOnce(
        IdempotencyWindow.callKey(ask, PushRequest.Kind.SINGLE.path(), order.requestId()),
        key -> send(app, name, order, key));
  }

  private ObjectNode send(AppId app, Name name, PushRequest order, RequestKey key) {
    User user = users.find(app, name.targetKind(), List.of(name.text()), order.test()).getFirst();
    user.invalidReason()
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
      return SubmitResponse.reply(
          submissions.withhold(push, Map.of(DailyDeviceLimit.CONTROLLED, 1)));
    }
    SubmitResult outcome = submissions.submit(push);
    return SubmitResponse.reply(
        outcome instanceof SubmitResult.RejectedByReview
            ? submissions.withhold(ReviewStatus.rejected(push))
            : outcome);
  }

  private static VivoException dead(String name, InvalidReason why) {
    ObjectNode json = VivoError.REG_ID.json();
    json.putObject("invalidUser").put("status", why.status()).put("userid", name);
    return new VivoException(json);
  }

  /// The user's devices; of these only those for tests, or of the profile's owner, if asked for.
  private List<Registration> fitting(PushRequest order, User user) {
    List<Registration> fitting =
        user.registrations().stream()
            .filter(each -> !order.test() || users.isTestDevice(each))
            .filter(each -> order.profile().isEmpty() || isOf(each, order.profile()))
            .toList();
    if (fitting.isEmpty()) {
      throw dead(user.name(), InvalidReason.UNKNOWN);
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
