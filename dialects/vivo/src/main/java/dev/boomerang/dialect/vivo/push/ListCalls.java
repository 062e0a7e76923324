// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect;
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
import dev.boomerang.engine.accept.AddTargetsResult;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/message/saveListPayload` and `/message/pushToList`: a message that is kept, then sent to as
/// many lists of users as its caller likes.
public final class ListCalls {
  private static final int FEWEST = 2;
  private static final int MOST = 1_000;
  private static final int MAX_ID = 512;

  private static final Audience.Targeted NOBODY =
      new Audience.Targeted(TargetKind.REGISTRATION, List.of(), Optional.empty());

  private final Submissions submissions;
  private final Tasks tasks;
  private final UserLookup users;
  private final PushRequestReader orders;
  private final IdempotencyWindow repeats;
  private final AppQuotas quotas;
  private final DailyDeviceLimit cap;

  public ListCalls(
      Engine engine,
      UserLookup users,
      PushRequestReader orders,
      IdempotencyWindow repeats,
      AppQuotas quotas,
      DailyDeviceLimit cap) {
    this.submissions = engine.submissions();
    this.tasks = engine.tasks();
    this.users = users;
    this.orders = orders;
    this.repeats = repeats;
    this.quotas = quotas;
    this.cap = cap;
  }

  /// Whom a call names. If both are given, ids count.
  private record Names(TargetKind targetKind, List<String> texts) {
    static Names read(Fields body) {
      List<String> ids = list(body, "regIds");
      List<String> aliases = ids.isEmpty() ? list(body, "aliases") : List.of();
      if (ids.isEmpty() && aliases.isEmpty()) {
        throw new VivoException(VivoError.NO_LIST);
      }
      return ids.isEmpty()
          ? new Names(TargetKind.ALIAS, aliases)
          : new Names(TargetKind.REGISTRATION, ids);
    }

    private static List<String> list(Fields body, String field) {
      List<String> names = body.texts(field, MOST, MAX_ID);
      if (!names.isEmpty() && names.size() < FEWEST) {
        throw body.invalid(field, Kind.OUT_OF_RANGE, "must have 2 to 1000 entries");
      }
      return List.copyOf(new LinkedHashSet<>(names));
    }
  }

  public ObjectNode save(AuthenticatedCall ask) {
    PushRequest order = orders.read(ask, PushRequest.Kind.LIST);
    AppId app = ask.app().id();
    return repeats.submitOnce(
        IdempotencyWindow.callKey(ask, PushRequest.Kind.LIST.path(), order.requestId()),
        key -> {
          quotas.takeListPayload(app);
          return SubmitResponse.reply(submissions.open(order.push(app, NOBODY, key)));
        });
  }

  public ObjectNode push(AuthenticatedCall ask) {
    Fields body = ask.fields();
    String requestId = PushRequestReader.requestId(body);
    Task task = task(ask);
    Names names = Names.read(body);
    boolean test = PushRequestReader.isTest(body) || PushRequestReader.detail(task.source()).test();
    return repeats.answerOnce(
        IdempotencyWindow.callKey(ask, "pushToList", requestId), () -> push(task, names, test));
  }

  private ObjectNode push(Task task, Names names, boolean test) {
    boolean system = PushRequestReader.detail(task.source()).system();
    List<User> named = users.find(task.app(), names.targetKind(), names.texts(), test);
    int good = (int) named.stream().filter(User::isReachable).count();
    quotas.takePushes(task.app(), system, good);
    var targets = new ArrayList<Target>();
    Map<String, Integer> passedOver = new HashMap<>();
    for (User user : named) {
      List<Registration> devices = cap.take(devices(user, test), system, test);
      devices.forEach(each -> targets.add(Target.of(each.id().value())));
      if (devices.isEmpty()) {
        String cause =
            user.invalidReason().map(InvalidReason::cause).orElse(DailyDeviceLimit.CONTROLLED);
        passedOver.merge(cause, 1, Integer::sum);
      }
    }
    add(task, targets, passedOver);
    ObjectNode json = VivoDialect.done();
    UserLookup.tell(named, json.putArray("invalidUsers"));
    return json;
  }

  private List<Registration> devices(User user, boolean test) {
    return user.isReachable()
        ? user.registrations().stream().filter(each -> !test || users.isTestDevice(each)).toList()
        : List.of();
  }

  /// An alias may stand for many devices, so these may be more than go at once. Where it stops half
  /// way, the same call again adds the rest.
  private void add(Task task, List<Target> targets, Map<String, Integer> passedOver) {
    Map<String, Integer> counted = passedOver;
    int from = 0;
    do {
      int to = Math.min(from + MOST, targets.size());
      List<Target> some = targets.subList(from, to);
      add(task, new Audience.Targeted(TargetKind.REGISTRATION, some, Optional.empty()), counted);
      counted = Map.of();
      from = to;
    } while (from < targets.size());
  }

  private void add(Task task, Audience.Targeted audience, Map<String, Integer> passedOver) {
    switch (submissions.add(task.app(), task.id(), audience, passedOver)) {
      case AddTargetsResult.Added _ -> {}
      case AddTargetsResult.Closed _ ->
          throw new VivoException(VivoError.TASK, "it takes no more users");
      case AddTargetsResult.NotFound() -> throw unknownTask();
      case AddTargetsResult.Refused(var why) -> throw SubmitResponse.fault(why);
    }
  }

  private Task task(AuthenticatedCall ask) {
    String id = ask.fields().requiredText("taskId", MAX_ID).strip();
    return TaskId.parse(id)
        .flatMap(parsed -> tasks.find(ask.app().id(), parsed))
        .orElseThrow(ListCalls::unknownTask);
  }

  public static VivoException unknownTask() {
    return new VivoException(VivoError.TASK, "there is no such task");
  }
}
