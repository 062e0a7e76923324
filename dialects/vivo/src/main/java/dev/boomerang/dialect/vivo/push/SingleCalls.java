// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.dialect.vivo.push.IdempotencyWindow.CallKey;
import dev.boomerang.dialect.vivo.request.PushRequest;
import dev.boomerang.dialect.vivo.request.PushRequestReader;
import dev.boomerang.dialect.vivo.user.User;
import dev.boomerang.dialect.vivo.user.User.InvalidReason;
import dev.boomerang.dialect.vivo.user.UserLookup;
import dev.boomerang.dialect.vivo.user.UserSelector;
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

/// Answers `/message/send`, which sends one message to one user.
public final class SingleCalls {
  private static final int MAX_REG_ID = 512;
  private static final int MAX_ALIAS = 70;

  private final Submissions submissions;
  private final UserLookup userLookup;
  private final PushRequestReader pushRequestReader;
  private final IdempotencyWindow idempotencyWindow;
  private final AppQuotas quotas;
  private final DailyDeviceLimit dailyDeviceLimit;

  public SingleCalls(
      Submissions submissions,
      UserLookup userLookup,
      PushRequestReader pushRequestReader,
      IdempotencyWindow idempotencyWindow,
      AppQuotas quotas,
      DailyDeviceLimit dailyDeviceLimit) {
    this.submissions = submissions;
    this.userLookup = userLookup;
    this.pushRequestReader = pushRequestReader;
    this.idempotencyWindow = idempotencyWindow;
    this.quotas = quotas;
    this.dailyDeviceLimit = dailyDeviceLimit;
  }

  /// The user that a call names. If it has both a registration id and an alias, the id counts.
  private record Recipient(TargetKind targetKind, String name) {
    static Recipient read(Fields body) {
      return body.text("regId", MAX_REG_ID)
          .filter(id -> !id.isBlank())
          .map(id -> new Recipient(TargetKind.REGISTRATION, id))
          .or(
              () ->
                  body.text("alias", MAX_ALIAS)
                      .filter(alias -> !alias.isBlank())
                      .map(alias -> new Recipient(TargetKind.ALIAS, alias)))
          .orElseThrow(() -> new VivoException(VivoError.NO_TARGET));
    }

    UserSelector selector() {
      return new UserSelector(targetKind, List.of(name));
    }

    /// Returns the request with receipts that name the user as the caller does.
    PushRequest nameInReceipts(PushRequest request) {
      return targetKind == TargetKind.ALIAS ? request.withReceiptAlias(name) : request;
    }
  }

  public ObjectNode send(AuthenticatedCall call) {
    Recipient recipient = Recipient.read(call.fields());
    PushRequest request =
        recipient.nameInReceipts(pushRequestReader.read(call, PushRequest.Kind.SINGLE));
    return idempotencyWindow.submitOnce(
        CallKey.of(call, PushRequest.Kind.SINGLE.path(), request.requestId()),
        requestKey -> send(call.appId(), recipient, request, requestKey));
  }

  private ObjectNode send(
      AppId app, Recipient recipient, PushRequest request, RequestKey requestKey) {
    User user = userLookup.find(app, recipient.selector(), request.test()).getFirst();
    user.invalidReason()
        .ifPresent(
            why -> {
              throw invalidUser(user, why);
            });
    List<Registration> matching = matchingDevices(request, user);
    quotas.takePushes(app, request.system(), 1);
    List<Registration> allowed = dailyDeviceLimit.take(matching, request.system(), request.test());
    boolean allDevices = allowed.size() == user.registrations().size();
    Push push = request.push(app, allDevices ? byName(recipient) : byDevices(allowed), requestKey);
    if (allowed.isEmpty()) {
      return SubmitResponse.of(submissions.withhold(push, Map.of(DailyDeviceLimit.CONTROLLED, 1)));
    }
    SubmitResult result = submissions.submit(push);
    return SubmitResponse.of(
        result instanceof SubmitResult.RejectedByReview
            ? submissions.withhold(ReviewStatus.rejected(push))
            : result);
  }

  private static VivoException invalidUser(User user, InvalidReason why) {
    ObjectNode json = VivoError.REG_ID.json();
    why.write(user.name(), json.putObject("invalidUser"));
    return new VivoException(json);
  }

  /// Returns the user's devices: for a test only the test devices, and for a profile only those on
  /// which it is logged in. Throws if there are none.
  private List<Registration> matchingDevices(PushRequest request, User user) {
    List<Registration> matching =
        user.registrations().stream()
            .filter(each -> !request.test() || userLookup.isTestDevice(each))
            .filter(each -> request.profile().isEmpty() || hasUser(each, request.profile()))
            .toList();
    if (matching.isEmpty()) {
      throw invalidUser(user, InvalidReason.UNKNOWN);
    }
    return matching;
  }

  private static boolean hasUser(Registration each, Optional<String> profile) {
    return each.profile().userId().equals(profile);
  }

  private static Audience byName(Recipient recipient) {
    return new Audience.Targeted(
        recipient.targetKind(), List.of(Target.of(recipient.name())), Optional.empty());
  }

  private static Audience byDevices(List<Registration> devices) {
    List<Target> targets = devices.stream().map(each -> Target.of(each.id().value())).toList();
    return new Audience.Targeted(TargetKind.REGISTRATION, targets, Optional.empty());
  }
}
