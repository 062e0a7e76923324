// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.SuccessResponse;
import dev.boomerang.dialect.vivo.base.TaskDetail;
import dev.boomerang.dialect.vivo.base.TaskResolver;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.dialect.vivo.push.IdempotencyWindow.CallKey;
import dev.boomerang.dialect.vivo.request.PushRequest;
import dev.boomerang.dialect.vivo.request.PushRequestReader;
import dev.boomerang.dialect.vivo.user.User;
import dev.boomerang.dialect.vivo.user.User.InvalidReason;
import dev.boomerang.dialect.vivo.user.UserLookup;
import dev.boomerang.dialect.vivo.user.UserSelector;
import dev.boomerang.engine.accept.AddTargetsResult;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers `/message/saveListPayload` and `/message/pushToList`: a message is stored first, then
/// sent to lists of users in any number of calls.
public final class ListCalls {
  private static final int MIN_USERS = 2;
  private static final int MAX_USERS = 1_000;

  private static final Audience.Targeted NOBODY = byDevices(List.of());

  private final Submissions submissions;
  private final TaskResolver taskResolver;
  private final UserLookup userLookup;
  private final PushRequestReader pushRequestReader;
  private final IdempotencyWindow idempotencyWindow;
  private final AppQuotas quotas;
  private final DailyDeviceLimit dailyDeviceLimit;

  public ListCalls(
      Submissions submissions,
      TaskResolver taskResolver,
      UserLookup userLookup,
      PushRequestReader pushRequestReader,
      IdempotencyWindow idempotencyWindow,
      AppQuotas quotas,
      DailyDeviceLimit dailyDeviceLimit) {
    this.submissions = submissions;
    this.taskResolver = taskResolver;
    this.userLookup = userLookup;
    this.pushRequestReader = pushRequestReader;
    this.idempotencyWindow = idempotencyWindow;
    this.quotas = quotas;
    this.dailyDeviceLimit = dailyDeviceLimit;
  }

  public ObjectNode save(AuthenticatedCall call) {
    PushRequest request = pushRequestReader.read(call, PushRequest.Kind.LIST);
    AppId app = call.appId();
    return idempotencyWindow.submitOnce(
        CallKey.of(call, PushRequest.Kind.LIST.path(), request.requestId()),
        requestKey -> {
          quotas.takeListPayload(app);
          return SubmitResponse.of(submissions.open(request.push(app, NOBODY, requestKey)));
        });
  }

  public ObjectNode push(AuthenticatedCall call) {
    Fields body = call.fields();
    String requestId = PushRequestReader.requestId(body);
    Task task = taskResolver.require(call);
    UserSelector selector = readSelector(body);
    boolean test = PushRequestReader.isTest(body) || TaskDetail.of(task.source()).test();
    return idempotencyWindow.executeOnce(
        CallKey.of(call, "pushToList", requestId), () -> push(task, selector, test));
  }

  /// Returns the users of a list. If a call has both registration ids and aliases, the ids count.
  private static UserSelector readSelector(Fields body) {
    List<String> ids = readNames(body, "regIds");
    if (!ids.isEmpty()) {
      return new UserSelector(TargetKind.REGISTRATION, ids);
    }
    List<String> aliases = readNames(body, "aliases");
    if (aliases.isEmpty()) {
      throw new VivoException(VivoError.NO_LIST);
    }
    return new UserSelector(TargetKind.ALIAS, aliases);
  }

  private static List<String> readNames(Fields body, String field) {
    List<String> names = body.texts(field, MAX_USERS, UserSelector.MAX_NAME);
    if (!names.isEmpty() && names.size() < MIN_USERS) {
      throw body.invalid(field, Kind.OUT_OF_RANGE, "must have 2 to 1000 entries");
    }
    return List.copyOf(new LinkedHashSet<>(names));
  }

  private ObjectNode push(Task task, UserSelector selector, boolean test) {
    boolean system = TaskDetail.of(task.source()).system();
    List<User> users = userLookup.find(task.app(), selector, test);
    int reachable = (int) users.stream().filter(User::isReachable).count();
    quotas.takePushes(task.app(), system, reachable);
    var targets = new ArrayList<Target>();
    Map<String, Integer> skipped = new HashMap<>();
    for (User user : users) {
      List<Registration> devices = dailyDeviceLimit.take(devices(user, test), system, test);
      devices.forEach(each -> targets.add(Target.of(each.id().value())));
      if (devices.isEmpty()) {
        String cause =
            user.invalidReason().map(InvalidReason::cause).orElse(DailyDeviceLimit.CONTROLLED);
        skipped.merge(cause, 1, Integer::sum);
      }
    }
    add(task, targets, skipped);
    ObjectNode json = SuccessResponse.create();
    User.writeInvalid(users, json.putArray("invalidUsers"));
    return json;
  }

  private List<Registration> devices(User user, boolean test) {
    return user.isReachable()
        ? user.registrations().stream()
            .filter(each -> !test || userLookup.isTestDevice(each))
            .toList()
        : List.of();
  }

  /// Adds targets to a task, in several steps if necessary: an alias may have many devices, so they
  /// may be more than one step takes. If it fails between two steps, the same call again adds the
  /// rest.
  private void add(Task task, List<Target> targets, Map<String, Integer> skipped) {
    Map<String, Integer> uncounted = skipped;
    int from = 0;
    do {
      int to = Math.min(from + MAX_USERS, targets.size());
      add(task, byDevices(targets.subList(from, to)), uncounted);
      uncounted = Map.of();
      from = to;
    } while (from < targets.size());
  }

  private void add(Task task, Audience.Targeted audience, Map<String, Integer> skipped) {
    switch (submissions.add(task.app(), task.id(), audience, skipped)) {
      case AddTargetsResult.Added _ -> {}
      case AddTargetsResult.Closed _ ->
          throw new VivoException(VivoError.TASK, "it takes no more users");
      case AddTargetsResult.NotFound() -> throw TaskResolver.unknownTask();
      case AddTargetsResult.Refused(var why) -> throw SubmitResponse.refusal(why);
    }
  }

  private static Audience.Targeted byDevices(List<Target> targets) {
    return new Audience.Targeted(TargetKind.REGISTRATION, targets, Optional.empty());
  }
}
